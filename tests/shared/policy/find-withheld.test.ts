import anyAscii from 'any-ascii';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withheldFinder } from '../../../src-shared/policy/find-withheld.ts';
import type { WithheldValue } from '../../../src-shared/policy/find-withheld.ts';

const finder = (...values: WithheldValue[]) => withheldFinder(values, anyAscii);
const name = (value: string): WithheldValue => ({ kind: 'name', value });

describe('[P7] a withheld name', () => {
  test.each([
    ['Ana Exampleova', 'Interview with ANA EXAMPLEOVA on Monday'],
    ['Ana Exampleova', 'ana   exampleová, seen twice'],
    ['Мария Примерова', 'said Мария Примерова'],
    ['Мария Примерова', 'said Mariya Primerova'],
    ['مريم', 'قالت مريم ذلك'],
    ['王小明', '昨天王小明来了'],
  ])('%s is found in "%s"', (value, text) => {
    expect(finder(name(value)).findIn(text)).toBe(true);
  });

  test('is not found inside another word', () => {
    expect(finder(name('Ana')).findIn('banana')).toBe(false);
  });

  test('is found by one of its words in free text only', () => {
    const found = finder(name('Ana Exampleova'));
    expect(found.findInFreeText('the Exampleova girl')).toBe(true);
    expect(found.findIn('Petr Exampleova')).toBe(false);
  });

  test('of two letters is not searched for, because it would match anything', () => {
    expect(finder(name('Li')).findInFreeText('li')).toBe(false);
  });
});

describe('[P7] a withheld name in other guises', () => {
  const found = finder(name('Vera Inventova'), name('김민수'), name('Li Wu'));
  test.each([
    'Inventova, Vera',
    'verainventova77',
    'x.inventovavera@example.org',
    'Ve\u200Bra In\u00ADventova',
    '김민수는 갔다',
  ])('is found in "%s"', (text) => {
    expect(found.findIn(text)).toBe(true);
  });
  test.each(['Vera', 'Petr Inventova', 'oliwula'])('is not found in "%s"', (text) => {
    expect(found.findIn(text)).toBe(false);
  });
  test('of somebody elsewhere is looked for as a whole only', () => {
    const whole = finder({ kind: 'name', value: 'Vera Inventova', isWholeOnly: true });
    expect([whole.findInFreeText('Vera came'), whole.findInFreeText('Vera Inventova came')]).toEqual([false, true]);
  });
});

describe('[P7] any other withheld text', () => {
  const found = finder({ kind: 'phrase', value: '12 Example Lane' }, { kind: 'phrase', value: '1987' });
  test.each([
    ['at 12, EXAMPLE lane', true],
    ['at 112 Example Lane', false],
    ['Example Lane', false],
    ['in 1987', false],
  ])('is found as a whole: "%s" %s', (text, isFound) => {
    expect(found.findIn(text)).toBe(isFound);
  });
});

test('[P7] many values that begin alike cost no more to look for than few', () => {
  const numbers = Array.from(
    { length: 20_000 },
    (_, i) => ({ kind: 'identifier', value: `+447700${100_000 + i}` }) as const,
  );
  const names = Array.from({ length: 20_000 }, (_, i) => name(`Person ${10_000 + i}`));
  const found = finder(...numbers, ...names);
  const text = '447700999999 person 99999 '.repeat(2000);
  expect([found.findInFreeText(text), found.findInFreeText(`${text} Person 10077`)]).toEqual([true, true]);
  expect(found.findIn(text)).toBe(false);
});

describe('[P7] a withheld identifier', () => {
  test.each([
    ['+45 32 12 34 56', 'call 32123456'],
    ['+45 32 12 34 56', 'اتصل ٣٢١٢٣٤٥٦'],
    ['night.lamp@example.org', 'nick NightLamp'],
    ['https://www.example.org/u/7', 'see example.org/u/7'],
    ['AB12', 'plate ab12'],
  ])('%s is found in "%s"', (value, text) => {
    expect(finder({ kind: 'identifier', value }).findIn(text)).toBe(true);
  });
  test('of a few digits is found as a word only', () => {
    const short = finder({ kind: 'identifier', value: '10077' });
    expect([short.findIn('no. 10077'), short.findIn('+44 7100 77123')]).toEqual([true, false]);
  });

  const phone = finder({ kind: 'identifier', value: '+44 7700 900123' });
  test.each(['call 07700 900123', 'tel:+447700900123', '44 (0) 7700-900-123, evening', '7700.900.123'])(
    'is found in "%s"',
    (text) => {
      expect(phone.findIn(text)).toBe(true);
    },
  );
  test('is not found in another number', () => {
    expect(phone.findIn('+44 7700 900124')).toBe(false);
  });
});

describe('[P7] a withheld date of birth', () => {
  const date = finder({ kind: 'date', value: '1999-05-04' });
  test.each(['1999-05-04', 'born 4.5.1999', '04/05/1999', 'May 4, 1999', '4 May 1999', '4 MAY 1999'])(
    'is found in "%s"',
    (text) => {
      expect(date.findIn(text)).toBe(true);
    },
  );
  test('known only to the year is not searched for', () => {
    expect(finder({ kind: 'date', value: '1999' }).findIn('in 1999')).toBe(false);
  });
});

test('[P7] a name is found wherever it stands between other words', () => {
  const word = fc.stringMatching(/^[a-z]{3,9}$/);
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 6 }),
      fc.array(word, { minLength: 1, maxLength: 3 }),
      fc.array(word, { maxLength: 6 }),
      (before, own, after) => {
        expect(finder(name(own.join(' '))).findIn([...before, ...own, ...after].join(' '))).toBe(true);
      },
    ),
  );
});
