import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newWriter, putText, writtenIn } from '../../../src-shared/crypto/byte-writer.ts';
import { toBytes } from '../../../src-shared/crypto/hash.ts';

test('texts written one after the other are the bytes of the whole, however long they are', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', minLength: 3000 }));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), (texts) => {
      const writer = newWriter();
      for (const one of texts) putText(writer, one);
      expect(writtenIn(writer)).toEqual(toBytes(texts.join('')));
    }),
  );
});

test('a writer whose length was set back begins anew', () => {
  const writer = newWriter();
  putText(writer, 'the part before');
  writer.length = 0;
  putText(writer, 'Выдуманная');
  expect(writtenIn(writer)).toEqual(toBytes('Выдуманная'));
});
