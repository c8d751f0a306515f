import { z } from 'zod';

/**
 * A date as precise as it is known, in a subset of EDTF (ISO 8601-2): `1984`, `1984-03`, `1984-03-17`, each optionally `~` (about) or
 * `?` (uncertain), a range of two such (`1984/1986`), or a minute of a day `2026-03-01T21:48Z`. Never completed, never rounded.
 */
const DAY = String.raw`\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?[~?]?`;
const MINUTE = String.raw`\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d{2}:\d{2})?`;
const FORM = new RegExp(`^(${DAY}|${DAY}/${DAY}|${MINUTE})$`);

export const PartialDate = z.string().regex(FORM).refine(hasRealDays).brand<'PartialDate'>();
export type PartialDate = z.infer<typeof PartialDate>;

function hasRealDays(text: string): boolean {
  return [...text.matchAll(/(\d{4})-(\d{2})-(\d{2})/g)].every(([, year, month, day]) => {
    const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
    return Number(day) <= lastDay;
  });
}
