import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from '../../../src-shared/crypto/canonical.ts';
import {
  addElement,
  addLiveRecord,
  contentWith,
  newContentSum,
  recordElement,
  removeElement,
  rowElement,
  ZERO_HASH,
} from '../../../src-main/store/head.ts';

/** V51, written again from its text. */

const KEY = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
const STATES = ['live', 'superseded', 'retracted', 'suppressed'] as const;

function byTheRule(element: Uint8Array): bigint {
  const key = Buffer.alloc(64);
  key.set(KEY);
  const padding = Buffer.alloc(64 - (element.length % 64));
  padding[0] = 0x80;
  const digest = createHash('sha256').update(key).update(element).update(padding).update(KEY).digest('hex');
  return BigInt(`0x${digest}`);
}

const hex = (sum: bigint): string => (sum % (1n << 256n)).toString(16).padStart(64, '0');
const record = fc.record({
  id: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  state: fc.nat(3),
  body: fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 10_000 })),
});

test('[V51] the content is the sum of one hash for each record and row', () => {
  fc.assert(
    fc.property(fc.array(record), fc.array(fc.tuple(fc.string(), fc.integer())), (records, rows) => {
      const sum = newContentSum(KEY);
      let expected = 0n;
      for (const { id, state, body } of records) {
        const isBytes = state % 2 === 0;
        const stored = isBytes ? Buffer.from(body) : body;
        if (state === 0) addLiveRecord(sum, id, stored);
        else addElement(sum, recordElement(id, STATES[state] ?? '', stored));
        expected += byTheRule(Buffer.concat([Uint8Array.of(0, state), id, Buffer.from(body)]));
      }
      for (const [name, value] of rows) {
        addElement(sum, rowElement('settings', [name, value]));
        expected += byTheRule(Buffer.concat([Uint8Array.of(1), Buffer.from(canonicalText(['settings', name, value]))]));
      }
      expect(contentWith(ZERO_HASH, sum)).toBe(hex(expected));
    }),
  );
});

test('[V51] what is taken away leaves nothing, in any order', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1 }), (records) => {
      const sum = newContentSum(KEY);
      const elements = records.map(({ id, state, body }) => recordElement(id, STATES[state] ?? '', body));
      for (const element of elements) addElement(sum, element);
      for (const element of elements.toReversed()) removeElement(sum, element);
      expect(contentWith(ZERO_HASH, sum)).toBe(ZERO_HASH);
    }),
  );
});

test('[V51] state, id and body each change the element, and none can pass for another', () => {
  const id = new Uint8Array(32).fill(1);
  const elements = [
    ...STATES.map((state) => recordElement(id, state, 'body')),
    recordElement(new Uint8Array(32).fill(2), 'live', 'body'),
    recordElement(id, 'live', 'bodx'),
    recordElement(id, 'live', 'body\u0080'),
    recordElement(id, 'live', 'body\u0000'),
    rowElement('body', []),
  ];
  expect(new Set(elements.map(contentOfOne)).size).toBe(elements.length);
});

function contentOfOne(element: ReturnType<typeof recordElement>): string {
  const sum = newContentSum(KEY);
  addElement(sum, element);
  return contentWith(ZERO_HASH, sum);
}
