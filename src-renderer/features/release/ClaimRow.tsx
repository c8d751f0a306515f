import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { ruleText } from '../../strings/rules.ts';
import { KeepMenu } from './KeepMenu.tsx';
import type { Keep } from './keep.ts';

type Record = ReleaseSubject['records'][number];

interface Props {
  readonly subject: ReleaseSubject;
  readonly record: Record;
  readonly claim: Record['claims'][number];
  readonly keep: Keep | undefined;
}

/** One value: struck through when it stays home, with the reason in words, and with what keeps it home. */
export function ClaimRow({ subject, record, claim, keep }: Props) {
  const isRecordStaying = record.verdict.action === 'withhold';
  const isWithheld = claim.verdict.action === 'withhold';
  const isStaying = isRecordStaying || isWithheld;
  return (
    <tr data-staying={isStaying}>
      <th scope="row">{claim.label}</th>
      <td>
        {isStaying ? (
          <del>
            <bdi>{claim.display}</bdi>
          </del>
        ) : (
          <bdi>{claim.display}</bdi>
        )}
      </td>
      <td>{!isStaying ? 'leaves' : isRecordStaying ? 'stays' : `stays: ${ruleText(claim.verdict.rule)}`}</td>
      <td>
        {keep !== undefined && (!isStaying || keep.keptFor(subject, record, claim) !== undefined) && (
          <KeepMenu subject={subject} record={record} claim={claim} keep={keep} />
        )}
      </td>
    </tr>
  );
}
