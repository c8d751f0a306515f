import { toBytes, joinBytes } from '../../../src-shared/crypto/hash.ts';
import { northmark } from '../../support/bundle-samples.ts';
import { block, body, bundle, frame, header, stored, three, u32 } from '../craft.ts';
import type { HostileInput } from '../input.ts';

/** JSON that two readers could read differently, or that costs a reader too much, at every door where JSON comes in (J1–J6, R1, R2). */

type Rule = 'J2' | 'J3' | 'J4' | 'J5' | 'J6';

const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);

/** Rows: 28 depth, 29 prototype, 30 everything else. */
const TEXTS: readonly (readonly [rule: Rule, name: string, text: string | readonly number[]])[] = [
  ['J2', 'depth-33', nested('[', ']', 33)],
  ['J2', 'depth-33-objects', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`],
  ['J2', 'depth-open', '['.repeat(4000)],
  ['J2', 'depth-open-objects', '{"a":'.repeat(800)],
  ['J2', 'depth-after-text', `["\\"",${nested('[', ']', 33)}]`],
  ['J3', 'byte-order-mark', '\uFEFF{}'],
  ['J3', 'lone-continuation', [0x22, 0x80, 0x22]],
  ['J3', 'overlong', [0x22, 0xc0, 0xaf, 0x22]],
  ['J3', 'surrogate-in-utf8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ['J3', 'beyond-unicode', [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22]],
  ['J3', 'cut-character', [0x22, 0xe2, 0x82, 0x22]],
  ['J3', 'utf16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
  ['J4', 'nothing', ''],
  ['J4', 'trailing-comma', '{"a":1,}'],
  ['J4', 'comment', '{"a":1}//'],
  ['J4', 'two-values', '{}{}'],
  ['J4', 'nan', '{"a":NaN}'],
  ['J4', 'leading-zero', '{"a":01}'],
  ['J4', 'raw-control', '{"a":"\u0001"}'],
  ['J4', 'single-quotes', "{'a':1}"],
  ['J4', 'unclosed', '{"a":1'],
  ['J4', 'nul-behind', '{}\u0000'],
  ['J5', 'proto', '{"__proto__":{"isAdmin":true}}'],
  ['J5', 'proto-deep', '{"a":{"b":[{"__proto__":1}]}}'],
  ['J5', 'proto-escaped', '{"\\u005f_proto__":1}'],
  ['J5', 'constructor', '{"constructor":{"prototype":{"isAdmin":true}}}'],
  ['J5', 'prototype', '{"prototype":1}'],
  ['J6', 'duplicate-key', '{"a":1,"a":2}'],
  ['J6', 'keys-out-of-order', '{"b":1,"a":2}'],
  ['J6', 'white-space', '{ "a":1}'],
  ['J6', 'newline-behind', '{}\n'],
  ['J6', 'minus-zero', '{"a":-0}'],
  ['J6', 'beyond-double', '{"a":1e400}'],
  ['J6', 'inexact-integer', '{"a":9007199254740993}'],
  ['J6', 'exponent', '{"a":1e2}'],
  ['J6', 'lone-surrogate', '{"a":"\\ud800"}'],
  ['J6', 'lone-surrogate-key', '{"\\udc00":1}'],
  ['J6', 'escaped-letter', '{"\\u0061":1}'],
];

type Entry = Pick<HostileInput, 'name' | 'rows'> & { readonly rule: Rule; readonly bytes: Uint8Array };

function rowsOf(rule: Rule): readonly number[] {
  if (rule === 'J2') return [28];
  return [rule === 'J5' ? 29 : 30];
}

const entries: readonly Entry[] = TEXTS.map(([rule, name, text]) => ({
  name,
  rule,
  rows: rowsOf(rule),
  bytes: typeof text === 'string' ? toBytes(text) : Uint8Array.from(text),
}));

/** A manifest, rightly signed, that is this text. */
function asManifest(bytes: Uint8Array): Uint8Array {
  return frame(bytes, northmark.card.kid, northmark.sign('chirograph/bundle/v1', bytes), body([three]));
}

/** A bundle, rightly signed, one group of which has this header. */
function asHeader(bytes: Uint8Array): Uint8Array {
  const contents = joinBytes(u32(0), u32(1), block(bytes));
  return bundle({ body: stored(contents) }, contents);
}

/** A bundle, rightly signed, one record of which is this text. */
function asRecord(bytes: Uint8Array): Uint8Array {
  const contents = joinBytes(u32(0), u32(1), block(header(three)), u32(0), u32(0), block(bytes));
  return bundle({ body: stored(contents) }, contents);
}

export const texts: readonly HostileInput[] = entries.flatMap(({ name, rule, rows, bytes }) => [
  { door: 'card' as const, name: `text-${name}`, rows, refusal: `card.malformed ${rule}`, bytes },
  {
    door: 'inner' as const,
    name: `manifest-text-${name}`,
    rows,
    refusal: `bundle.malformed ${rule}`,
    bytes: asManifest(bytes),
  },
  {
    door: 'inner' as const,
    name: `header-text-${name}`,
    rows,
    refusal: `bundle.malformed ${rule}`,
    bytes: asHeader(bytes),
  },
  {
    door: 'inner' as const,
    name: `record-text-${name}`,
    rows,
    refusal: `record.malformed ${rule === 'J5' ? 'R2' : 'R1'}`,
    bytes: asRecord(bytes),
  },
]);
