import { readFileSync, readdirSync } from 'node:fs';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalBytes, canonicalText, parseCanonical } from '../../../src-shared/crypto/canonical.ts';
import { toBytes } from '../../../src-shared/crypto/hash.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import { refusalOf } from '../../support/bundle-samples.ts';
import { sharedData } from '../../support/shared-data.ts';

const LIMIT = 1_000_000;

function refusalOfText(text: string): string {
  return refusalOf(() => parseCanonical(toBytes(text), LIMIT));
}

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

/** J5 forbids three names of fields, which fast-check likes to try; a test of its own refuses them. */
function hasAllowedKeys(value: unknown): boolean {
  return !/"(__proto__|constructor|prototype)":/.test(JSON.stringify(value));
}

const vectors = sharedData('vectors/jcs/testdata/');
describe.runIf(vectors !== undefined)('RFC 8785 test data', () => {
  const names = vectors === undefined ? [] : readdirSync(`${vectors}input`);
  test('the RFC has six pairs', () => expect(names).toHaveLength(6));
  test.each(names)('[J6] the canonical form of %s', (name) => {
    const output = new Uint8Array(readFileSync(`${vectors}output/${name}`));
    const input: unknown = JSON.parse(readFileSync(`${vectors}input/${name}`, 'utf8'));
    expect(canonicalBytes(input)).toEqual(output);
    expect(canonicalBytes(parseCanonical(output, LIMIT))).toEqual(output);
  });
});

test('[J6] the canonical form equals that of another implementation', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }).filter(hasAllowedKeys), (value) => {
      expect(canonicalText(value)).toBe(canonicalize(value));
    }),
    { numRuns: 500 },
  );
});

test('[J6] what was written canonically is read as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6, stringUnit: 'grapheme' }).filter(hasAllowedKeys), (value) => {
      const bytes = canonicalBytes(value);
      expect(canonicalBytes(parseCanonical(bytes, LIMIT))).toEqual(bytes);
    }),
    { numRuns: 500 },
  );
});

test('any bytes give a value or json.malformed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.string().map(toBytes), fc.json().map(toBytes)), (bytes) => {
      try {
        expect(canonicalBytes(parseCanonical(bytes, LIMIT))).toEqual(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(ChirographError);
      }
    }),
    { numRuns: 2000 },
  );
});

test('[J1] one byte more than allowed is refused', () => {
  expect(refusalOf(() => parseCanonical(toBytes('"ab"'), 4))).toBe('none');
  expect(refusalOf(() => parseCanonical(toBytes('"abc"'), 4))).toBe('json.malformed J1');
});

test.each<readonly [rule: string, name: string, text: string]>([
  ['none', 'depth 32', nested(32)],
  ['J2', 'depth 33', nested(33)],
  ['J2', 'a bomb of opening brackets', '['.repeat(500_000)],
  ['J2', 'a bomb of opening braces', '{"a":'.repeat(100_000)],
  ['none', 'brackets inside a text', `"${'['.repeat(50)}"`],
  ['none', 'an escaped quote before brackets', `"\\"${'['.repeat(50)}"`],
  ['J3', 'a byte-order mark', '\uFEFF{}'],
  ['J4', 'nothing', ''],
  ['J4', 'a trailing comma', '[1,]'],
  ['J4', 'a comment', '[1/*a*/]'],
  ['J4', 'two values', '{}{}'],
  ['J4', 'a bare word', 'undefined'],
  ['J4', 'NaN', '[NaN]'],
  ['J4', 'a leading plus', '[+1]'],
  ['J4', 'a leading zero', '[01]'],
  ['J4', 'a raw control character', '"\u0001"'],
  ['J4', 'an unclosed text', '"a'],
  ['J5', '__proto__', '{"__proto__":1}'],
  ['J5', 'constructor', '{"a":{"constructor":{}}}'],
  ['J5', 'prototype in an array', '[{"prototype":1}]'],
  ['J5', '__proto__ spelt with an escape', '{"\\u005f_proto__":1}'],
  ['J6', 'a duplicate key', '{"a":1,"a":2}'],
  ['J6', 'an equal duplicate key', '{"a":1,"a":1}'],
  ['J6', 'keys out of order', '{"b":1,"a":2}'],
  ['J6', 'number-like keys out of order', '{"9":1,"10":2}'],
  ['none', 'number-like keys in order', '{"10":2,"9":1}'],
  ['none', 'keys in UTF-16 order', '{"\u{1F600}":1,"\uFB33":2}'],
  ['J6', 'keys in code point order', '{"\uFB33":2,"\u{1F600}":1}'],
  ['J6', 'white space', '{ "a":1}'],
  ['J6', 'a final newline', '{}\n'],
  ['J6', 'minus zero', '[-0]'],
  ['J6', 'minus zero with a point', '[-0.0]'],
  ['J6', 'a number too large', '[1e400]'],
  ['J6', 'a number that is not a double', '[9007199254740993]'],
  ['J6', 'a number with a useless fraction', '[1.0]'],
  ['J6', 'a number with an exponent', '[1e2]'],
  ['none', 'the largest exact integer', '[9007199254740991]'],
  ['J6', 'an escaped lone surrogate', '"\\ud800"'],
  ['J6', 'an escaped low surrogate', '"\\udc00"'],
  ['J6', 'a lone surrogate as key', '{"\\ud800":1}'],
  ['J6', 'an escaped letter', '"\\u0061"'],
  ['J6', 'an escaped slash', '"\\/"'],
  ['J6', 'upper-case escape digits', '"\\u001F"'],
  ['none', 'lower-case escape digits', '"\\u001f"'],
  ['J6', 'a long escape with a short form', '"\\u000a"'],
])('[J1–J6] %s: %s', (rule, _name, text) => {
  expect(refusalOfText(text)).toBe(rule === 'none' ? 'none' : `json.malformed ${rule}`);
});

test.each([
  ['a lone continuation byte', [0x22, 0x80, 0x22]],
  ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
  ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ['a cut character', [0x22, 0xe2, 0x82, 0x22]],
  ['beyond Unicode', [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22]],
])('[J3] invalid UTF-8 is refused, not replaced: %s', (_name, bytes) => {
  expect(refusalOf(() => parseCanonical(Uint8Array.from(bytes), LIMIT))).toBe('json.malformed J3');
});

test.each([
  ['NaN', Number.NaN],
  ['infinity', [Number.POSITIVE_INFINITY]],
  ['a lone surrogate', { a: '\uD800' }],
  ['a date', { a: new Date(0) }],
  ['a function', { a: () => 1 }],
  ['a map', new Map()],
  ['bytes', new Uint8Array(2)],
  ['undefined in a list', [undefined]],
  ['a big integer', [1n]],
])('[J6] %s has no canonical form', (_name, value) => {
  expect(refusalOf(() => canonicalText(value))).toBe('json.malformed J6');
});

test('[J6] minus zero is written as zero and undefined fields are left out', () => {
  expect(canonicalText({ b: -0, a: undefined, '10': 1, '9': 2 })).toBe('{"10":1,"9":2,"b":0}');
});
