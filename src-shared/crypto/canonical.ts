import { failure } from '../errors.ts';
import type { ChirographError } from '../errors.ts';
import { toBytes } from './hash.ts';

/** docs/formats/bundle.md §1. */
export type CanonicalRule = 'J1' | 'J2' | 'J3' | 'J4' | 'J5' | 'J6';

const MAX_DEPTH = 32;
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The canonical form of plain data (RFC 8785). Fields that are undefined are left out.
 * Throws `json.malformed` for what has no canonical form: NaN, infinities, lone surrogates, functions, class instances, over-deep data.
 */
export function canonicalText(value: unknown): string {
  return textOf(value, refuseJson);
}

/** `canonicalText` in UTF-8. */
export function canonicalBytes(value: unknown): Uint8Array {
  return toBytes(canonicalText(value));
}

/**
 * Parses bytes that must be canonical JSON (J1–J6). `refuse` makes the error from the rule that was broken, so that a card, a record and a
 * manifest each name their own. Objects come back with their keys in canonical order.
 */
export function parseCanonical(
  bytes: Uint8Array,
  maxBytes: number,
  refuse: (rule: CanonicalRule) => ChirographError = refuseJson,
): unknown {
  const { text, value } = readJson(bytes, maxBytes, refuse);
  refuseOtherForm(text, value, refuse);
  return value;
}

/** J1–J4: the text of the bytes and what it says; whether it is canonical has still to be asked. */
export function readJson(
  bytes: Uint8Array,
  maxBytes: number,
  refuse: (rule: CanonicalRule) => ChirographError,
): { readonly text: string; readonly value: unknown } {
  if (bytes.length > maxBytes) throw refuse('J1');
  if (isTooDeep(bytes)) throw refuse('J2');
  const text = decode(bytes, refuse);
  return { text, value: parse(text, refuse) };
}

/** J2, J5, J6 of a text that was read. */
export function refuseOtherForm(text: string, value: unknown, refuse: (rule: CanonicalRule) => ChirographError): void {
  if (textOf(value, refuse) !== text) throw refuse('J6');
}

function refuseJson(rule: CanonicalRule): ChirographError {
  return failure('json.malformed', { rule });
}

function decode(bytes: Uint8Array, refuse: (rule: CanonicalRule) => ChirographError): string {
  try {
    return DECODER.decode(bytes);
  } catch {
    throw refuse('J3');
  }
}

function parse(text: string, refuse: (rule: CanonicalRule) => ChirographError): unknown {
  if (text.startsWith('\uFEFF')) throw refuse('J3');
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw refuse('J4');
  }
}

/** With all keys in order JSON.stringify is the canonical form, and five times as fast as writing it here. */
function textOf(value: unknown, refuse: (rule: CanonicalRule) => ChirographError): string {
  return isInOrder(value, 0, refuse) ? JSON.stringify(value) : write(value);
}

/** One walk: refuses what has no canonical form, and tells whether JSON.stringify would write it. */
function isInOrder(value: unknown, depth: number, refuse: (rule: CanonicalRule) => ChirographError): boolean {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw refuse('J6');
    return true;
  }
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw refuse('J6');
    return true;
  }
  if (depth === MAX_DEPTH) throw refuse('J2');
  if (Array.isArray(value)) {
    let inOrder = true;
    for (const item of value) inOrder = isInOrder(item, depth + 1, refuse) && inOrder;
    return inOrder;
  }
  if (!isPlain(value)) throw refuse('J6');
  return areFieldsInOrder(value, depth, refuse);
}

function areFieldsInOrder(
  value: Readonly<Record<string, unknown>>,
  depth: number,
  refuse: (rule: CanonicalRule) => ChirographError,
): boolean {
  let inOrder = true;
  let last: string | undefined;
  for (const key of Object.keys(value)) {
    if (FORBIDDEN_KEYS.has(key)) throw refuse('J5');
    if (!key.isWellFormed()) throw refuse('J6');
    if (value[key] === undefined) continue;
    if (last !== undefined && key < last) inOrder = false;
    last = key;
    inOrder = isInOrder(value[key], depth + 1, refuse) && inOrder;
  }
  return inOrder;
}

function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (!isPlain(value)) return JSON.stringify(value);
  // UTF-16 code unit order is both the default of sort() and the order of RFC 8785 §3.2.3
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${write(value[key])}`).join(',')}}`;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** J2 on the raw bytes: no parser ever sees a text nested deeper than allowed. */
function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  let inText = false;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (inText) {
      if (byte === BACKSLASH) i += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return false;
}
