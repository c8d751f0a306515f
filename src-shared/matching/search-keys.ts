import type { ValueType } from '../catalogue/property.ts';
import type { ClaimValue } from '../domain/record.ts';
import { foldWords, formsOf } from './fold-words.ts';
import { storedSpellings } from './identifier-spellings.ts';

/**
 * V82: the keys that an entity is found by. A key is a rank (one digit) and a text; what is found is what has a key that begins with what was
 * typed, in ascending order of the keys. So one range of an ordered index is the answer, best first, whatever the size of the store.
 */
export const RANKS = { label: '0', name: '1', alias: '2', identifier: '3', ending: '4', text: '5' } as const;
export type Rank = keyof typeof RANKS;

export type KeyedValue = {
  readonly where: 'names' | 'aliases' | 'identifiers' | 'texts';
  readonly valueType: ValueType;
  readonly value: ClaimValue;
};

/** Longer texts are cut: what is longer is compared with the words of the entity. */
const KEY_LENGTH = 48;
/** A word further back in a name is found by the full text. */
const MOST_ROTATIONS = 8;
const MOST_KEYS = 128;
/** Fewer characters than these end too many numbers. */
export const LEAST_ENDING = 3;

/** Every key of an entity, the best first; the rest of an entity with very many names is found by the full text. */
export function searchKeys(label: string, values: readonly KeyedValue[]): readonly string[] {
  const keys: Keys = { ranks: new Map(), endings: new Set() };
  const isNamed = values.some(({ where }) => where === 'names');
  for (const form of formsOf(foldWords(label))) {
    const [whole, ...others] = rotationsOf(form, isNamed ? MOST_ROTATIONS : 1);
    add(keys, RANKS.label, whole === undefined ? [] : [whole]);
    add(keys, RANKS.name, others);
  }
  for (const value of values) addValue(keys, value);
  const found = [...keys.ranks].map(([text, rank]) => rank + text);
  return [...found, ...[...keys.endings].map((text) => RANKS.ending + text)].slice(0, MOST_KEYS);
}

/** The words of a value as the full text has them: in its own script, in Latin letters and, for identifiers, in one. */
export function searchWords({ valueType, value }: Pick<KeyedValue, 'valueType' | 'value'>): string {
  const text = textOfValue(value);
  const forms = formsOf(foldWords(text));
  return (IDENTIFIERS.has(valueType) ? [...forms, ...storedSpellings(valueType, text)] : forms).join(' ');
}

/** The text of a value that search looks at: of an imported attribute its value, not the name of its column. */
function textOfValue(value: ClaimValue): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return String(value);
  return 'value' in value ? String(value['value']) : Object.values(value).join(' ');
}

/** The beginning of a text that a key holds; never half of a character. */
export function cutToKey(text: string): string {
  if (text.length <= KEY_LENGTH) return text;
  const cut = text.slice(0, KEY_LENGTH);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** Character by character; none is cut in half. */
export function reversed(text: string): string {
  return Array.from(text).toReversed().join('');
}

const IDENTIFIERS: ReadonlySet<ValueType> = new Set<ValueType>(['phone', 'email', 'url', 'iban', 'identifier']);

type Keys = { readonly ranks: Map<string, string>; readonly endings: Set<string> };

function addValue(keys: Keys, { where, valueType, value }: KeyedValue): void {
  if (where === 'texts') return;
  const text = textOfValue(value);
  if (where === 'identifiers') {
    addIdentifier(keys, storedSpellings(valueType, text));
    return;
  }
  const rank = where === 'names' ? RANKS.name : RANKS.alias;
  for (const form of formsOf(foldWords(text))) add(keys, rank, rotationsOf(form, MOST_ROTATIONS));
}

/** People remember how a number begins and how it ends: its last digits are found by the number spelled backwards. */
function addIdentifier(keys: Keys, spellings: readonly string[]): void {
  add(keys, RANKS.identifier, spellings.map(cutToKey));
  const [whole] = spellings;
  if (whole !== undefined && whole.length >= LEAST_ENDING && /\d/.test(whole))
    keys.endings.add(cutToKey(reversed(whole)));
}

/** A text that has a key keeps it when it is the better one: values come in the order of their ranks. */
function add(keys: Keys, rank: string, texts: readonly string[]): void {
  for (const text of texts) if (!keys.ranks.has(text)) keys.ranks.set(text, rank);
}

/** The text beginning at each of its words, what stood before put behind: “Marta Kowalska” is also found as “kowalska marta”. */
function rotationsOf(form: string, most: number): readonly string[] {
  const rotations = [cutToKey(form)];
  for (let at = form.indexOf(' '); at >= 0 && rotations.length < most; at = form.indexOf(' ', at + 1)) {
    rotations.push(cutToKey(`${form.slice(at + 1)} ${form.slice(0, at)}`));
  }
  return rotations;
}
