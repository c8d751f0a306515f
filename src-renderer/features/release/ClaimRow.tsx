import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { ruleText } from '../../strings/rules.ts';

interface Props {
  readonly claim: ReleaseSubject['records'][number]['claims'][number];
  /** The whole record stays home, so no value of it leaves whatever its own verdict. */
  readonly isRecordStaying: boolean;
}

/** One value: struck through when it stays home, with the reason in words. */
export function ClaimRow({ claim, isRecordStaying }: Props) {
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
    </tr>
  );
}
