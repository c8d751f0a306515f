const LONG = 16;

/** Details of an entry on one line: `records 12 · batch 9`; ids are shortened. */
export function detailWords(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name} ${valueWords(value)}`)
    .join(' · ');
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueWords).join(', ');
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return /^[0-9a-f-]{32,}$/.test(text) ? text.slice(0, LONG) : text;
}
