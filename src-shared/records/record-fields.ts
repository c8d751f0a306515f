import { GRADE_CODES } from '../domain/grading.ts';
import { HandlingCode, Tlp } from '../domain/marking.ts';
import { PartialDate } from '../domain/partial-date.ts';
import type { AnyRecord, Claim, Handling, Source } from '../domain/record.ts';

/**
 * The schema of a record (domain/record.ts) once more, as plain tests with the fields in canonical order (RFC 8785 §3.2.3): what passes can be
 * written by JSON.stringify, and a million records are judged in seconds. The schema stays the definition: what does not pass here is judged
 * by it, and a property test holds that nothing passes here that it refuses.
 */
export type Fields = readonly Field[];
type Field = {
  readonly name: string;
  readonly isValid: (value: unknown) => boolean;
  readonly isOptional?: boolean;
  /** Of a value that is an object itself. */
  readonly fields?: Fields;
};

const HEX_64 = /^[0-9a-f]{64}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const PROPERTY = /^[a-z][A-Za-z0-9]{0,63}$/;
const TYPE = /^[a-z][a-z0-9-]{0,63}$/;
const SALT = /^[A-Za-z0-9_-]{22}$/;
const MAX_TEXT = 65_536;
/** R2; the third forbidden name does not look like one of a property. */
const FORBIDDEN: ReadonlySet<string> = new Set(['constructor', 'prototype']);
const HANDLING_CODES: ReadonlySet<unknown> = new Set(HandlingCode.options);
const LABELS: ReadonlySet<unknown> = new Set(Tlp.options);
const SCHEMES: ReadonlyMap<unknown, { readonly source: string; readonly information: string }> = new Map(
  Object.entries(GRADE_CODES),
);

const isId = matching(HEX_64);
const isSubject = matching(UUID);
const isDate = (value: unknown): boolean => PartialDate.safeParse(value).success;

const GRADE: Fields = [
  { name: 'information', isValid: textOf(1, 1) },
  { name: 'scheme', isValid: (value) => SCHEMES.has(value) },
  { name: 'source', isValid: textOf(1, 1) },
];
const SOURCE: Fields = [
  { name: 'basis', isValid: oneOf('fact', 'assessment') },
  { name: 'collectedOn', isValid: isDate, isOptional: true },
  { name: 'grade', isValid: isGrade, isOptional: true, fields: GRADE },
  { name: 'reference', isValid: textOf(1, 512) },
];
const HANDLING: Fields = [
  { name: 'caveat', isValid: textOf(1, 2048), isOptional: true },
  { name: 'codes', isValid: listOf((value) => HANDLING_CODES.has(value), 0, 8) },
  { name: 'legalBases', isValid: listOf(textOf(1, 64), 0, 16) },
  { name: 'purposes', isValid: listOf(textOf(1, 256), 0, 16) },
  { name: 'reviewOn', isValid: matching(DAY), isOptional: true },
  { name: 'tlp', isValid: (value) => LABELS.has(value) },
];
/** One claim that is not withheld. */
export const CLAIM: Fields = [
  { name: 'property', isValid: isPropertyName },
  { name: 'salt', isValid: matching(SALT), isOptional: true },
  { name: 'validFrom', isValid: isDate, isOptional: true },
  { name: 'validTo', isValid: isDate, isOptional: true },
  { name: 'value', isValid: isClaimValue },
];
const WITHHELD: Fields = [{ name: 'withheld', isValid: isId }];

const COMMON: Fields = [
  { name: 'author', isValid: isId },
  { name: 'claims', isValid: listOf((value) => fits(CLAIM, value) || fits(WITHHELD, value), 0, 8192) },
  { name: 'commitment', isValid: oneOf('claims', 'record') },
  { name: 'created', isValid: matching(INSTANT) },
  { name: 'handling', isValid: isHandling, fields: HANDLING },
  { name: 'subject', isValid: isSubject },
  { name: 'supersedes', isValid: listOf(isId, 0, 1024) },
  { name: 'v', isValid: (value) => value === 1 },
];
const SOURCED: Field = { name: 'source', isValid: (value) => fits(SOURCE, value), fields: SOURCE };
const TYPED: Field = { name: 'type', isValid: matching(TYPE) };
const ENDS: Fields = [
  { name: 'from', isValid: isSubject },
  { name: 'to', isValid: isSubject },
];

/** The kinds of version 1; a record of any other is judged by the schema alone. */
const FIELDS_OF_KINDS: ReadonlyMap<unknown, Fields> = new Map([
  kind('entity', [TYPED, SOURCED]),
  kind('link', [TYPED, SOURCED, ...ENDS, { name: 'directed', isValid: (value) => typeof value === 'boolean' }]),
  kind('same', [SOURCED, ...ENDS]),
  kind('not-same', [SOURCED, ...ENDS]),
  kind('retract', [
    { name: 'targets', isValid: listOf(isId, 1, 8192) },
    { name: 'action', isValid: oneOf('correct', 'suppress', 'erase') },
  ]),
  kind('case', [{ ...SOURCED, isOptional: true }]),
  kind('chart', [{ name: 'case', isValid: isSubject }]),
]);

/** True for a record whose fields are in canonical order everywhere; false also for one that only the schema can judge. */
export function isExactRecord(value: unknown): value is AnyRecord {
  if (!isObject(value)) return false;
  const fields = fieldsOf(value['kind']);
  return fields !== undefined && fits(fields, value);
}

/** True for a `handling` whose fields are in canonical order. */
export function isExactHandling(value: unknown): value is Handling {
  return isHandling(value);
}

/** True for a `source` whose fields are in canonical order. */
export function isExactSource(value: unknown): value is Source {
  return fits(SOURCE, value);
}

/** True for the name of a type (record.md §2). */
export function isTypeName(value: string): boolean {
  return TYPE.test(value);
}

/** True for a claim whose fields are in canonical order. */
export function isExactClaim(value: unknown): value is Claim {
  return fits(CLAIM, value);
}

/** The fields of a kind; undefined for a kind that only the schema knows. */
export function fieldsOf(kindOfRecord: unknown): Fields | undefined {
  return FIELDS_OF_KINDS.get(kindOfRecord);
}

/** A copy with the fields in canonical order, without undefined ones; undefined when there are others, or a part that is no plain object. */
export function ordered(fields: Fields, value: unknown): Record<string, unknown> | undefined {
  if (!isObject(value)) return undefined;
  const copy: Record<string, unknown> = {};
  let left = 0;
  for (const name in value) if (value[name] !== undefined) left += 1;
  for (const { name, fields: inner } of fields) {
    const part = value[name];
    if (part === undefined) continue;
    copy[name] = inner === undefined ? part : ordered(inner, part);
    left -= 1;
  }
  return left === 0 ? copy : undefined;
}

/** The value of a claim as it will be read again: fields in order, and no negative zero, which JSON does not know. */
export function orderedValue(value: unknown): unknown {
  if (typeof value === 'number') return value + 0;
  if (!isObject(value)) return value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(
    names.flatMap((name) => (value[name] === undefined ? [] : [[name, orderedValue(value[name])]])),
  );
}

function kind(name: string, fields: Fields): readonly [string, Fields] {
  const all: Fields = [...COMMON, ...fields, { name: 'kind', isValid: (value) => value === name }];
  return [name, all.toSorted((one, other) => (one.name < other.name ? -1 : 1))];
}

/** Exactly these fields, in this order. */
function fits(fields: Fields, value: unknown): boolean {
  if (!isObject(value)) return false;
  const names = Object.keys(value);
  let at = 0;
  for (const { name, isValid, isOptional } of fields) {
    if (names[at] !== name) {
      if (isOptional === true) continue;
      return false;
    }
    if (!isValid(value[name])) return false;
    at += 1;
  }
  return at === names.length;
}

function isGrade(value: unknown): boolean {
  if (!isObject(value) || !fits(GRADE, value)) return false;
  const codes = SCHEMES.get(value['scheme']);
  return (
    codes !== undefined &&
    codes.source.includes(String(value['source'])) &&
    codes.information.includes(String(value['information']))
  );
}

/** R6 with the fields. */
function isHandling(value: unknown): boolean {
  if (!isObject(value) || !fits(HANDLING, value)) return false;
  const codes = value['codes'];
  return value['caveat'] !== undefined || (Array.isArray(codes) && !codes.includes('H3') && !codes.includes('C'));
}

/** True for the name of a property (R2). */
export function isPropertyName(value: unknown): boolean {
  return typeof value === 'string' && PROPERTY.test(value) && !FORBIDDEN.has(value);
}

function isClaimValue(value: unknown): boolean {
  if (isScalar(value)) return true;
  if (!isObject(value)) return false;
  let last = '';
  for (const name of Object.keys(value)) {
    if (name <= last || !isPropertyName(name) || !isScalar(value[name])) return false;
    last = name;
  }
  return true;
}

function isScalar(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_TEXT;
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

function matching(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value);
}

function textOf(min: number, max: number): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && value.length >= min && value.length <= max;
}

function oneOf(...values: readonly string[]): (value: unknown) => boolean {
  return (value) => values.some((one) => one === value);
}

function listOf(isItem: (value: unknown) => boolean, min: number, max: number): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.length >= min && value.length <= max && value.every(isItem);
}

/** A plain object: what JSON.parse makes, or a literal. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
