import { findCode } from '../../../src-shared/catalogue/code-list.ts';
import { processingPurposes } from '../../../src-shared/catalogue/lists/processing-purposes.ts';
import type { PendingRelease } from '../../../src-shared/contract/keys.ts';
import type { Parsed } from '../../../src-shared/contract/methods.ts';
import { countOf, formatInstant, listOf } from '../../strings/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { legalBasis } from './release-request.ts';

interface Props {
  readonly pending: PendingRelease;
  readonly request: Parsed<'release.preview'>;
}

/** Who asked to release what, to whom and on what terms, and who has approved it. */
export function RequestFacts({ pending, request }: Props) {
  const { given, needed } = pending;
  return (
    <>
      <dl className="facts">
        <dt>Case</dt>
        <dd>
          <bdi>{pending.caseTitle}</bdi>
        </dd>
        <dt>To</dt>
        <dd>
          <bdi>{listOf(pending.recipients.map(({ name }) => name))}</bdi>
        </dd>
        <dt>What for</dt>
        <dd>{findCode(processingPurposes, request.purposeCode)?.label ?? request.purposeCode}</dd>
        <dt>Purpose</dt>
        <dd>
          <bdi>{pending.purpose}</bdi>
        </dd>
        <dt>Legal basis</dt>
        <dd>{request.legalBases.map((code) => legalBasis(code)?.label ?? code).join('; ')}</dd>
        <dt>Asked by</dt>
        <dd>
          <bdi>{pending.by}</bdi>, {formatInstant(pending.at)}
          {request.answers.length > 0 && `, who answered ${countOf(request.answers.length, 'question')} with yes`}
        </dd>
        <dt>Approved by</dt>
        <dd>
          {given.length === 0
            ? 'Nobody yet'
            : given.map(({ user, kid }) => (
                <span key={kid}>
                  <bdi>{user}</bdi> <small dir="ltr">{kid}</small>{' '}
                </span>
              ))}
          ({given.length} of {needed})
        </dd>
      </dl>
      {request.include.length > 0 && (
        <Notice tone="warn" title={`Discloses ${listOf(request.include)}.`}>
          The partner will learn identifying details of protected people. Only if it is strictly necessary.
        </Notice>
      )}
    </>
  );
}
