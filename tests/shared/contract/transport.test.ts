import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame, parseFrame } from '../../../src-shared/contract/transport.ts';
import { ChirographError } from '../../../src-shared/errors.ts';

const message = { name: 'partner.add', input: { bytes: new Uint8Array([0, 255, 10, 13]), note: 'ü' } };

test('a call with bytes comes back as it went', () => {
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), fc.uint8Array({ maxLength: 2000 }), (name, other, bytes) => {
      const call = { name, input: { bytes, other: JSON.parse(JSON.stringify(other)) } };
      expect(parseFrame(encodeFrame(call, 'input'), 'input')).toEqual(call);
    }),
  );
});

test('a call without bytes comes back without bytes, and one with none of them with an empty list', () => {
  const without = { name: 'vault.status', input: {} };
  const empty = { name: 'partner.add', input: { bytes: new Uint8Array() } };
  expect(parseFrame(encodeFrame(without, 'input'), 'input')).toEqual(without);
  expect(parseFrame(encodeFrame(empty, 'input'), 'input')).toEqual(empty);
});

test('a refusal is a frame too', () => {
  const reply = { ok: false, error: { code: 'internal', details: { incident: 'x' } } };
  expect(parseFrame(encodeFrame(reply, 'value'), 'value')).toEqual(reply);
});

test('a frame that was cut anywhere or padded is refused', () => {
  const frame = encodeFrame(message, 'input');
  for (let length = 0; length < frame.length; length++) {
    expect(() => parseFrame(frame.slice(0, length), 'input')).toThrow(ChirographError);
  }
  expect(() => parseFrame(Uint8Array.of(...frame, 0), 'input')).toThrow(ChirographError);
});

test('any bytes give a message or a refusal', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        expect(parseFrame(bytes, 'input')).toBeTypeOf('object');
      } catch (error) {
        expect(error).toBeInstanceOf(ChirographError);
      }
    }),
  );
});

test.each(['null', '[]', '{"message":[],"bytes":null}', '{"message":{},"bytes":"0"}', '{"message":{},"bytes":1}'])(
  'a head that is %s is refused',
  (json) => {
    const head = new TextEncoder().encode(json);
    const frame = Uint8Array.of(0, 0, 0, head.length, ...head, ...(json.endsWith(':1}') ? [7] : []));
    expect(() => parseFrame(frame, 'input')).toThrow(ChirographError);
  },
);
