import { z } from 'zod';

/** The edge of a period as a person types it: a year, a month or a day. */
export const PeriodEdge = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/);

/** From the beginning of `from` to the end of `to`; either may be open. What has no date at all passes when `undated`. */
export const Period = z.strictObject({
  from: PeriodEdge.optional(),
  to: PeriodEdge.optional(),
  undated: z.boolean(),
});
export type Period = z.infer<typeof Period>;

export const ANY_TIME: Period = { undated: true };

export type Dated = { readonly firstOn?: string | undefined; readonly lastOn?: string | undefined };

/** True when nothing is left out. */
export function isAnyTime({ from, to }: Period): boolean {
  return from === undefined && to === undefined;
}

/**
 * Whether something may have been there in a period, as far as its partial dates say: a date is as long as its year, month or day, and of two
 * dates the digits that both have are compared. Texts in order are days in order, so the store says the same in SQL (docs/formats/vault.md, V46).
 */
export function overlaps(period: Period, { firstOn, lastOn }: Dated): boolean {
  if (isAnyTime(period)) return true;
  const first = unmarked((firstOn ?? lastOn)?.split('/')[0]);
  const last = unmarked((lastOn ?? firstOn)?.split('/').at(-1));
  if (first === undefined || last === undefined) return period.undated;
  const { from, to } = period;
  return (
    (from === undefined || from.slice(0, last.length) <= last) && (to === undefined || first.slice(0, to.length) <= to)
  );
}

function unmarked(date: string | undefined): string | undefined {
  return date?.replaceAll(/[~?]/g, '');
}
