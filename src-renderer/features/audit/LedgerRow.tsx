import type { z } from 'zod';
import { findCode } from '../../../src-shared/catalogue/code-list.ts';
import { legalBases } from '../../../src-shared/catalogue/lists/legal-bases.ts';
import { processingPurposes } from '../../../src-shared/catalogue/lists/processing-purposes.ts';
import type { Disclosure } from '../../../src-shared/contract/views.ts';
import { countOf, formatDay, formatInstant } from '../../strings/format.ts';
import { Tag } from '../../ui/Tag.tsx';

interface Props {
  readonly row: z.infer<typeof Disclosure>;
}

/** One subject, as one partner holds it since one release. */
export function LedgerRow({ row }: Props) {
  const bases = row.legalBases.map((code) => findCode(legalBases, code)?.label ?? code).join('; ');
  const purpose = row.purposeCode && (findCode(processingPurposes, row.purposeCode)?.label ?? row.purposeCode);
  return (
    <div className="ledger-row">
      <div>
        <b>
          <bdi>{row.subjectLabel}</bdi>
        </b>
        <span className="muted">
          {countOf(row.records, 'record')}
          {row.withheldClaims > 0 && `, ${countOf(row.withheldClaims, 'value')} withheld`}
        </span>
      </div>
      <div>
        <bdi>{row.partnerName}</bdi>
        <span className="muted">
          number {row.sequence}, {formatInstant(row.releasedAt)}, by <bdi>{row.releasedBy}</bdi>
        </span>
      </div>
      <div>
        <bdi>{row.purpose}</bdi>
        <span className="muted">
          {purpose !== undefined && `For: ${purpose}. `}
          On: {bases}.
        </span>
        {(row.answers > 0 || row.kept > 0) && (
          <span className="muted">
            {[
              row.answers > 0 && `${countOf(row.answers, 'question')} answered with yes`,
              row.kept > 0 && `${countOf(row.kept, 'value')} kept home by the officer`,
            ]
              .filter((part) => part !== false)
              .join(', ')}
          </span>
        )}
      </div>
      <div className="ledger-end">
        <Tag tone={row.isLeft ? 'warning' : row.isConfirmed ? 'good' : 'neutral'}>{receiptWords(row)}</Tag>
        <span className="muted">Not imported after {formatDay(row.validUntil)}</span>
      </div>
    </div>
  );
}

function receiptWords({ isConfirmed, isLeft }: Props['row']): string {
  if (isLeft) return 'Nothing was taken';
  return isConfirmed ? 'Receipt' : 'No receipt yet';
}
