import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldText } from '../../../src-shared/catalogue/fold-text.ts';

test('a text without letters of other alphabets is folded as one with them', () => {
  const plain = fc.string({ unit: 'binary-ascii' });
  fc.assert(
    fc.property(plain, (text) => {
      // the accent takes the general way and is folded away again
      expect(foldText(text)).toBe(foldText(`${text}x\u0301`).slice(0, -1).trimEnd());
    }),
    { numRuns: 1000 },
  );
  expect(foldText('  Ana\t MARIA \n')).toBe('ana maria');
});
