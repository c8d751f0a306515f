const INSTANT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const UNITS = ['bytes', 'kB', 'MB', 'GB'] as const;

/** `20 Nov 2026, 16:42` in the machine's own time zone. */
export function formatInstant(instant: string): string {
  return INSTANT.format(new Date(instant));
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

/** `20 Nov 2026` in the machine's own time zone. */
export function formatDay(instant: string): string {
  return DAY.format(new Date(instant));
}

const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

/** `16:42` in the machine's own time zone. */
export function formatTime(instant: string): string {
  return TIME.format(new Date(instant));
}

/** `1,284` */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

/** `1 entity`, `34 entities`: never a number without its word. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `2 values`, `1 whole record and 2 values of others`, `nothing`: what was kept back. */
export function withheldWords(records: number, values: number): string {
  const parts = [
    records > 0 && countOf(records, 'whole record'),
    values > 0 && `${countOf(values, 'value')}${records > 0 ? ' of others' : ''}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'nothing' : listOf(parts);
}

/** `1 evidence file (2.1 MB)` */
export function filesWords(files: number, bytes: number): string {
  return `${countOf(files, 'evidence file')} (${formatSize(bytes)})`;
}

/** `2.1 MB` */
export function formatSize(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const scaled = bytes / 1000 ** power;
  return `${power === 0 ? scaled : scaled.toFixed(1)} ${UNITS[power]}`;
}

/** `a`, `a and b`, `a, b and c` */
export function listOf(words: readonly string[]): string {
  const last = words.at(-1);
  if (last === undefined) return '';
  return words.length === 1 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
