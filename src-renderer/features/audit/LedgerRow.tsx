import type { z } from 'zod';
import { findCode } from '../../../src-shared/catalogue/code-list.ts';
import { legalBases } from '../../../src-shared/catalogue/lists/legal-bases.ts';
import type { Disclosure } from '../../../src-shared/contract/views.ts';
import { countOf, formatInstant } from '../../strings/format.ts';
import { Tag } from '../../ui/Tag.tsx';

interface Props {
  readonly row: z.infer<typeof Disclosure>;
}

/** One subject, as one partner holds it since one release. */
export function LedgerRow({ row }: Props) {
  const bases = row.legalBases.map((code) => findCode(legalBases, code)?.label ?? code).join('; ');
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
          number {row.sequence}, {formatInstant(row.releasedAt)}
        </span>
      </div>
      <div>
        <bdi>{row.purpose}</bdi>
        <span className="muted">{bases}</span>
      </div>
      <Tag tone={row.isConfirmed ? 'good' : 'neutral'}>{row.isConfirmed ? 'Receipt' : 'No receipt yet'}</Tag>
    </div>
  );
}
