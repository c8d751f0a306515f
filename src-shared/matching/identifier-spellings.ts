import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { foldText } from '../catalogue/fold-text.ts';
import type { ValueType } from '../catalogue/property.ts';

/** An identifier in any notation (V84): spaces, hyphens and dots do not count, nor whether a number has its country code. */

const ASCII = /^[\x20-\x7e]*$/;
const NUMBER = /^\+\d{7,15}$/;
const CALLING_CODES: ReadonlySet<string> = new Set(getCountries().map((country) => getCountryCallingCode(country)));
const LONGEST_CODE = 3;
/** A part of a number without its country code says little until it is this long. */
const LEAST_NATIONAL = 6;

/** Plates of Bulgaria, Russia and Ukraine use only the letters that Latin script has too. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  е: 'e',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
  і: 'i',
};

/** Letters and digits of an identifier in lower case: what two spellings of one plate, number or handle have in common. */
export function stripIdentifier(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '');
  return (foldText(text).match(/[\p{L}\p{N}]+/gu) ?? []).join('');
}

/** What a stored identifier is found by, the whole of it first. */
export function storedSpellings(valueType: ValueType, text: string): readonly string[] {
  const stripped = stripIdentifier(text.replace(/\(0\)/, ''));
  const spellings = [withLatinLetters(stripped), stripped, stripped.replace(/^00(?=\d)/, '')];
  if (valueType === 'phone' || NUMBER.test(text)) spellings.push(...nationalSpellings(text, stripped));
  return distinct(spellings);
}

/** What a typed identifier may be meant as. Nothing typed is nothing. */
export function typedSpellings(text: string): readonly string[] {
  const stripped = stripIdentifier(text);
  const spellings = [stripped, withLatinLetters(stripped), stripped.replace(/^00(?=\d)/, '')];
  if (/^\d{4,}$/.test(stripped)) {
    const national = nationalSpellings(text, stripped).filter((spelling) => spelling.length >= LEAST_NATIONAL);
    spellings.push(...national, ...(/^8\d{9,}$/.test(stripped) ? [stripped.slice(1)] : []));
  }
  return distinct(spellings);
}

/** The number behind the country code, or behind the 0 that is dialled before it within a country. */
function nationalSpellings(text: string, stripped: string): readonly string[] {
  const isInternational = /^\s*\(?(\+|00)/.test(text);
  if (!isInternational) return stripped.startsWith('0') ? [stripped.replace(/^0+/, '')] : [];
  const digits = stripped.replace(/^00/, '');
  for (let length = 1; length <= LONGEST_CODE; length += 1) {
    if (CALLING_CODES.has(digits.slice(0, length))) return [digits, digits.slice(length)];
  }
  return [digits];
}

/** The Latin letter that a Cyrillic one looks like on a plate; any other letter is itself. */
export function latinLookAlike(letter: string): string {
  return LOOK_ALIKES[letter] ?? letter;
}

/** Cyrillic look-alikes as Latin letters where that makes all of it Latin; otherwise unchanged, as in a handle that is a word. */
function withLatinLetters(stripped: string): string {
  if (ASCII.test(stripped)) return stripped;
  const latinLetters = Array.from(stripped, latinLookAlike).join('');
  return /^[a-z0-9]*$/.test(latinLetters) ? latinLetters : stripped;
}

function distinct(spellings: readonly string[]): readonly string[] {
  return [...new Set(spellings)].filter((spelling) => spelling !== '');
}
