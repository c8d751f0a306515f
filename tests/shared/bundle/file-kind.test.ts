import { expect, test } from 'vitest';
import { refuseOtherKind, sealedKind, unsealedKind } from '../../../src-shared/bundle/file-kind.ts';
import { toBytes } from '../../../src-shared/crypto/hash.ts';
import { northmark } from '../../support/bundle-samples.ts';

test('a file that is not sealed is told by how it begins', () => {
  expect(unsealedKind(toBytes('CHIROVLT rest'))).toBe('backup');
  expect(unsealedKind(northmark.card.bytes)).toBe('card');
  for (const other of ['', 'CHIRO', '{"kind":"other"}', 'age-encryption.org/v1\n', '"kind":"card"'])
    expect(unsealedKind(toBytes(other))).toBeUndefined();
});

test('so is what was sealed, of any version', () => {
  expect(sealedKind(toBytes('CHB1'))).toBe('bundle');
  expect(sealedKind(toBytes('CHC9'))).toBe('comparison');
  expect(sealedKind(toBytes('{"agency":{},"line":"salvage","v":1}\n'))).toBe('salvage');
  for (const other of ['', 'CH', '{}', '{"line":"audit"}']) expect(sealedKind(toBytes(other))).toBeUndefined();
});

test('what belongs elsewhere is refused with the command that takes it; all else is for the rules of the format', () => {
  expect(() => refuseOtherKind('comparison', 'bundle')).toThrowError(
    expect.objectContaining({ code: 'file.other-kind', details: { kind: 'comparison', command: 'compare open' } }),
  );
  expect(() => refuseOtherKind('bundle', 'bundle')).not.toThrow();
  expect(() => refuseOtherKind(undefined, 'bundle')).not.toThrow();
});
