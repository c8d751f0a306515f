import { friendlyFormatIBAN } from 'ibantools';
import type { ClaimValue } from '../domain/record.ts';
import { codeList } from './lists.ts';
import { propertyKind } from './kinds.ts';
import { findCode } from './code-list.ts';

/** A value as a person reads it: codes by their label, countries by name, pairs written out. The stored value is never changed. */
export function displayValue(type: string, property: string, value: ClaimValue): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object') return displayPair(value);
  const kind = propertyKind(type, property);
  if (kind?.valueType === 'code') return labelOfCode(kind.list ?? '', value);
  if (kind?.valueType === 'country') return labelOfCode('country', value);
  if (kind?.valueType === 'iban') return friendlyFormatIBAN(value) ?? value;
  return value;
}

/** Most texts: nothing in them would be changed. */
const PLAIN_LINE = /^[!-~]+(?: [!-~]+)*$/u;

/** Text from a case as one safe line: control and direction-override characters become spaces, so nothing can spoof its surroundings. */
export function oneLine(text: string, maximum = 120): string {
  if (text.length <= maximum && PLAIN_LINE.test(text)) return text;
  const line = text
    .replaceAll(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length <= maximum ? line : `${characters.slice(0, maximum - 1).join('')}…`;
}

function labelOfCode(list: string, code: string): string {
  const found = codeList(list);
  return (found && findCode(found, code)?.label) ?? code;
}

function displayPair(value: Readonly<Record<string, string | number | boolean>>): string {
  if ('name' in value && 'value' in value) return `${value['name']}: ${value['value']}`;
  if ('latitude' in value && 'longitude' in value) return `${value['latitude']}, ${value['longitude']}`;
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${part}`)
    .join(', ');
}
