import { expect, test } from 'vitest';
import { judgeCode } from '../../../src-renderer/features/partners/judge-code.ts';
import { noCard, wrongCode } from '../../../src-renderer/features/partners/scan-words.ts';
import { cardCode } from '../../../src-shared/bundle/card-code.ts';
import { AgencyId } from '../../../src-shared/domain/ids.ts';

/** docs/formats/bundle.md K21. */

function listed(name: string, digit: string, card = digit) {
  const agency = AgencyId.parse(digit.repeat(64));
  return { agency, name, code: cardCode({ agencyId: agency, hash: card.repeat(64) }) };
}

const [partner, other] = [listed('Suedhafen Office', 'b'), listed('Ostmark Grenzdienst', 'c')];
const ours = listed('Northmark Agency', 'a').code;
const judge = (text: string) => judgeCode(text, { partner, partners: [partner, other], ours });

test('[K21] the code of the card that is held is the same, however it was typed', () => {
  expect(judge(partner.code)).toEqual({ kind: 'same' });
  expect(judge(` ${partner.code.toLowerCase()}\n`)).toEqual({ kind: 'same' });
});

test('[K21] a code that does not fit is told as what it is', () => {
  expect(judge(listed('Suedhafen Office', 'b', 'd').code)).toEqual({ kind: 'differs' });
  expect(judge(ours)).toEqual({ kind: 'ours' });
  expect(judge(listed('Northmark Agency', 'a', 'e').code)).toEqual({ kind: 'ours' });
  expect(judge(other.code)).toEqual({ kind: 'another', name: 'Ostmark Grenzdienst' });
  expect(judge(listed('Nobody', 'f').code)).toEqual({ kind: 'another', name: undefined });
  expect(judge('{"agency":{}}')).toEqual({ kind: 'card' });
});

test.each([
  '',
  'https://example.org/',
  'CHIROGRAPH-CARD:1:',
  `${partner.code}0`,
  `${partner.code}:`,
  partner.code.slice(1),
])('%s is no code of a card', (text) => {
  expect(judge(text)).toEqual({ kind: 'no-code' });
});

test('[K21] a code of another version is not read as one of this', () => {
  expect(judge(partner.code.replace(':1:', ':2:'))).toEqual({ kind: 'no-code' });
});

test('only the same code goes on; all others say why not', () => {
  expect(wrongCode({ kind: 'same' }, 'Suedhafen Office')).toBeUndefined();
  const kinds = [{ kind: 'differs' }, { kind: 'ours' }, { kind: 'card' }, { kind: 'no-code' }] as const;
  const said = [...kinds, { kind: 'another', name: undefined } as const].map((kind) =>
    wrongCode(kind, 'Suedhafen Office'),
  );
  expect(new Set(said.map((problem) => problem?.title)).size).toBe(5);
  for (const problem of said) expect(problem?.text).toContain('Suedhafen Office');
  expect(wrongCode({ kind: 'differs' }, 'Suedhafen Office')?.tone).toBe('crit');
});

test('only what begins as a card does is taken for one', () => {
  expect(noCard('{"agency":{}}')).toBeUndefined();
  expect(noCard(partner.code)?.title).toBe('This QR code holds no card.');
});
