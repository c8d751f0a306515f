import type { Output } from '../../../src-shared/contract/methods.ts';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import { call } from '../../api/client.ts';

const PAGE = 1000;

/** Every disclosure, read page by page; undefined when it was cancelled on the way. */
export async function wholeLedger(
  agency: AgencyId | undefined,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<Output<'ledger.list'>['disclosures'] | undefined> {
  const rows: Output<'ledger.list'>['disclosures'] = [];
  for (let isMore = true; isMore;) {
    const filter = agency === undefined ? {} : { agency };
    const page = await call('ledger.list', { ...filter, from: rows.length, limit: PAGE });
    if (signal.aborted) return undefined;
    rows.push(...page.disclosures);
    onProgress(rows.length, page.total);
    isMore = page.disclosures.length === PAGE;
  }
  return rows;
}
