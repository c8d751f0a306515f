/**
 * Finds withheld values in text that would leave (docs/policy.md, P7, P8, P14). Cost: proportional to the text, whatever the number of values,
 * because values are looked up by their first word or first characters.
 */

export interface WithheldValue {
  readonly kind: 'name' | 'identifier' | 'date';
  readonly value: string;
}

export interface WithheldFinder {
  /** Whole names, identifiers and dates. */
  findIn(text: string): boolean;
  /** The same, and single words of a withheld name: for free text. */
  findInFreeText(text: string): boolean;
}

const SHORTEST_NAME = 3;
const SHORTEST_WORD = 4;
const SHORTEST_IDENTIFIER = 5;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

export function withheldFinder(
  values: readonly WithheldValue[],
  foldToAscii: (text: string) => string,
): WithheldFinder {
  const names = new Map<string, string[]>();
  const words = new Set<string>();
  const compact = new Map<string, string[]>();
  for (const { kind, value } of values) {
    if (kind === 'name') addName(value);
    else
      for (const form of kind === 'date' ? dateForms(value) : identifierForms(value))
        addTo(compact, form.slice(0, SHORTEST_IDENTIFIER), form);
  }
  return {
    findIn: (text) => containsName(text) || containsCompact(text),
    findInFreeText: (text) =>
      containsName(text) ||
      containsCompact(text) ||
      variants(text).some((form) => wordsOf(form).some((word) => words.has(word))),
  };

  function addName(value: string): void {
    if (UNSPACED.test(value)) {
      const form = compactForm(value);
      if (form.length >= 2) addTo(compact, form.slice(0, 2), form);
    }
    for (const form of variants(value)) {
      const parts = wordsOf(form);
      const first = parts[0];
      if (first === undefined || parts.join('').length < SHORTEST_NAME) continue;
      addTo(names, first, parts.join(' '));
      for (const part of parts) if (part.length >= SHORTEST_WORD) words.add(part);
    }
  }

  function containsName(text: string): boolean {
    return variants(text).some((form) => {
      const parts = wordsOf(form);
      return parts.some((part, at) =>
        (names.get(part) ?? []).some((name) => parts.slice(at, at + name.split(' ').length).join(' ') === name),
      );
    });
  }

  function containsCompact(text: string): boolean {
    const form = compactForm(text);
    for (let at = 0; at < form.length - 1; at += 1) {
      const found = [
        ...(compact.get(form.slice(at, at + 2)) ?? []),
        ...(compact.get(form.slice(at, at + SHORTEST_IDENTIFIER)) ?? []),
      ];
      if (found.some((value) => form.startsWith(value, at))) return true;
    }
    return false;
  }

  function variants(text: string): string[] {
    const plain = fold(text);
    const ascii = fold(foldToAscii(text));
    return plain === ascii ? [plain] : [plain, ascii];
  }
}

function addTo(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

function compactForm(text: string): string {
  return wordsOf(fold(text)).join('');
}

/** An identifier without punctuation, and a long number also without its country code or trunk zero. */
function identifierForms(value: string): string[] {
  const form = compactForm(value);
  const forms = [form];
  if (/^\d{10,}$/.test(form)) forms.push(form.slice(-9));
  return forms.filter((one) => one.length >= SHORTEST_IDENTIFIER);
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ');

/** A full date in the orders and words people write it in; a year or month alone is not searched for. */
function dateForms(value: string): string[] {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(value) ?? [];
  if (year === undefined || month === undefined || day === undefined) return [];
  const name = MONTHS[Number(month) - 1] ?? '';
  const short = String(Number(day));
  const numeric = [
    `${year}${month}${day}`,
    `${day}${month}${year}`,
    `${month}${day}${year}`,
    `${short}${Number(month)}${year}`,
  ];
  const worded = [name, name.slice(0, 3)].flatMap((word) => [
    `${day}${word}${year}`,
    `${short}${word}${year}`,
    `${word}${short}${year}`,
    `${word}${day}${year}`,
  ]);
  return [...numeric, ...worded];
}
