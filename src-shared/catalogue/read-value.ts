import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { PartialDate } from '../domain/partial-date.ts';
import type { ClaimValue } from '../domain/record.ts';
import type { PlainClaim } from './claim.ts';
import { recogniseCode } from './code-list.ts';
import { codeList } from './lists.ts';
import { recogniseCountry } from './lists/countries.ts';
import type { ProblemRule } from './problem.ts';
import type { PropertyKind, ValueType } from './property.ts';

export type ReadContext = { readonly defaultCountry?: string | undefined };

/**
 * What became of a value: stored (perhaps with a claim derived from it), kept verbatim as an `attribute` because it is not such a value,
 * or refused because it is no value at all.
 */
export type Reading =
  | { readonly value: ClaimValue; readonly warnings?: readonly ProblemRule[]; readonly derived?: PlainClaim }
  | { readonly keepAsText: ProblemRule }
  | { readonly refuse: ProblemRule };

/** Longest text that a claim can hold, in UTF-16 units (record.md R7). */
const MAXIMUM = 65_536;

type TextReader = (text: string, property: PropertyKind, context: ReadContext) => Reading;

/** Reads what a form or a file gave for a property. Spelling is normalised only where the meaning cannot change (codes, countries, dates). */
export function readValue(property: PropertyKind, raw: unknown, context: ReadContext): Reading {
  if (typeof raw === 'string') {
    if (!raw.isWellFormed() || raw.includes('\0')) return { refuse: 'value.not-text' };
    const text = raw.trim();
    if (text === '') return { refuse: 'value.empty' };
    return text.length > MAXIMUM
      ? { refuse: 'value.too-long' }
      : textReaders[property.valueType](text, property, context);
  }
  if (typeof raw === 'number' && Number.isFinite(raw)) return readNumber(property, raw, context);
  if (typeof raw === 'boolean' && property.valueType === 'truth') return { value: raw };
  if (typeof raw === 'object' && raw !== null) return readPair(property.valueType, raw);
  return { refuse: 'value.not-a-value' };
}

const textReaders: { readonly [T in ValueType]: TextReader } = {
  text: keep,
  name: keep,
  longText: keep,
  identifier: keep,
  date: readDate,
  country: (text) => {
    const code = recogniseCountry(text);
    return code === undefined ? { keepAsText: 'country.kept-as-text' } : { value: code };
  },
  phone: readPhone,
  email: (text) => (/^[^\s@]+@[^\s@]+\.[^\s@.]+$/u.test(text) ? { value: text } : warned(text, 'email.not-an-address')),
  url: (text) =>
    /^(https?:\/\/)?[^\s/:?#]+\.[^\s/:?#.]+(:\d+)?([/?#]\S*)?$/iu.test(text)
      ? { value: text }
      : warned(text, 'url.not-an-address'),
  iban: (text) => (isValidIBAN(electronicFormatIBAN(text) ?? '') ? { value: text } : warned(text, 'iban.check-digits')),
  number: (text) =>
    /^[+-]?\d+(\.\d+)?$/u.test(text) ? { value: Number(text) } : { keepAsText: 'number.kept-as-text' },
  code: readCode,
  truth: readTruth,
  coordinates: readCoordinates,
  attribute: () => ({ refuse: 'value.not-a-value' }),
};

function keep(text: string): Reading {
  return { value: text };
}

function warned(text: string, rule: ProblemRule): Reading {
  return { value: text, warnings: [rule] };
}

/** `1984/03/17`, `1984.03.17` and `17.03.1984` can only mean one day; `03/04/1984` can mean two and stays text. */
function readDate(text: string): Reading {
  const spelt = text
    .replace(/^(\d{4})[/.](\d{2})[/.](\d{2})$/u, '$1-$2-$3')
    .replace(/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/u, (_, day: string, month: string, year: string) => {
      return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    });
  const date = PartialDate.safeParse(spelt);
  return date.success ? { value: date.data } : { keepAsText: 'date.kept-as-text' };
}

/** The number stays as the source wrote it; the international form is a claim beside it (ITU-T E.164). */
function readPhone(text: string, _: PropertyKind, context: ReadContext): Reading {
  const country = context.defaultCountry?.toUpperCase();
  const number = parsePhoneNumberFromString(
    text,
    country !== undefined && isPhoneCountry(country) ? country : undefined,
  );
  if (number === undefined || !number.isPossible()) return warned(text, 'phone.not-a-number');
  const isAssumed = parsePhoneNumberFromString(text) === undefined;
  const warnings: ProblemRule[] = [];
  if (isAssumed) warnings.push('phone.country-assumed');
  if (!number.isValid()) warnings.push('phone.not-valid');
  return { value: text, warnings, derived: { property: 'e164', value: number.number } };
}

function isPhoneCountry(code: string): code is CountryCode {
  return isSupportedCountry(code);
}

function readCode(text: string, property: PropertyKind): Reading {
  const list = codeList(property.list ?? '');
  const code = list && recogniseCode(list, text)?.code;
  if (code !== undefined) return { value: code };
  return property.isStrict ? { refuse: 'code.unknown' } : { keepAsText: 'code.kept-as-text' };
}

function readTruth(text: string): Reading {
  const word = text.toLowerCase();
  if (['true', 'yes', 'y', '1', 'sí', 'si', 'oui', 'ja', 'da'].includes(word)) return { value: true };
  if (['false', 'no', 'n', '0', 'non', 'nein', 'nu'].includes(word)) return { value: false };
  return { keepAsText: 'truth.kept-as-text' };
}

function readCoordinates(text: string): Reading {
  const [, latitude, longitude] = /^(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)$/u.exec(text) ?? [];
  if (latitude === undefined || longitude === undefined) return { keepAsText: 'coordinates.kept-as-text' };
  const reading = readPair('coordinates', { latitude: Number(latitude), longitude: Number(longitude) });
  return 'refuse' in reading ? { keepAsText: 'coordinates.kept-as-text' } : reading;
}

/** A number given for a text property is that number written out; `1` and `0` for a truth are its usual spellings in tables. */
function readNumber(property: PropertyKind, value: number, context: ReadContext): Reading {
  if (property.valueType === 'number') return { value };
  return textReaders[property.valueType](String(value), property, context);
}

function readPair(valueType: ValueType, raw: object): Reading {
  if (valueType === 'attribute' && hasOnly(raw, 'name', 'value') && isText(raw.name) && isText(raw.value)) {
    return { value: { name: raw.name, value: raw.value } };
  }
  if (valueType === 'coordinates' && hasOnly(raw, 'latitude', 'longitude')) {
    const { latitude, longitude } = raw;
    if (isWithin(latitude, 90) && isWithin(longitude, 180)) return { value: { latitude, longitude } };
  }
  return { refuse: 'value.not-a-value' };
}

function hasOnly<K extends string>(raw: object, ...names: readonly K[]): raw is Record<K, unknown> {
  const keys = Object.keys(raw);
  return keys.length === names.length && names.every((name) => keys.includes(name));
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0') && value.length <= MAXIMUM;
}

function isWithin(value: unknown, limit: number): value is number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= limit;
}
