import type { z } from 'zod';
import type { ImportWarning, RejectedRow } from '../../../src-shared/contract/views.ts';
import { countOf, formatCount } from '../../strings/format.ts';
import { ruleText } from '../../strings/rules.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';

interface Props {
  readonly rejected: readonly z.infer<typeof RejectedRow>[];
  readonly total: number;
  readonly warnings: readonly z.infer<typeof ImportWarning>[];
}

const SHOWN = 200;

/** Rows that cannot be used and things to look at, each with its line and reason. */
export function RejectedRows({ rejected, total, warnings }: Props) {
  return (
    <>
      {warnings.length > 0 && (
        <section>
          <SectionHead title="To look at" aside={warnings.length} level={3} />
          <table className="rows" aria-label="To look at">
            <tbody>
              {warnings.map((warning) => (
                <tr key={`${warning.rule} ${warning.detail}`}>
                  <td>
                    {ruleText(warning.rule)} {warning.detail !== '' && <bdi>({warning.detail})</bdi>}
                  </td>
                  <td data-muted>
                    {countOf(warning.count, 'time')}, first in line {warning.line}
                  </td>
                  <td data-muted dir="ltr">
                    {warning.rule}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {total > 0 && (
        <section>
          <SectionHead title="Rows left out" aside={formatCount(total)} level={3} />
          <div className="import-rejected">
            <table className="rows" aria-label="Rows left out">
              <tbody>
                {rejected.slice(0, SHOWN).map((row) => (
                  <tr key={`${row.line} ${row.rule} ${row.detail}`}>
                    <td data-muted>line {row.line}</td>
                    <td>
                      {ruleText(row.rule)} {row.detail !== '' && <bdi>({row.detail})</bdi>}
                    </td>
                    <td data-muted dir="ltr">
                      {row.rule}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {total > SHOWN && <p className="import-safe">The first {SHOWN} are shown.</p>}
        </section>
      )}
    </>
  );
}
