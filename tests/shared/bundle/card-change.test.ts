import { expect, test } from 'vitest';
import { cardChange } from '../../../src-shared/bundle/card-change.ts';
import { cardCode, readCardCode } from '../../../src-shared/bundle/card-code.ts';
import { nextCard, signCard } from '../../../src-shared/bundle/card.ts';
import { northmark } from '../../support/bundle-samples.ts';
import { changedCard, firstCard, following, listed, signedBy, testKey } from '../../support/key-changes.ts';

const [first, second, third, other] = [testKey('first'), testKey('second'), testKey('third'), testKey('other')];
const one = firstCard(first, northmark.recipient);
const change = (key: typeof first) => ({ signing: listed(key), root: listed(key) });
const two = changedCard(one, change(second), [first, second], second);
const three = changedCard(two, change(third), [second, third], third);
const twoOtherwise = changedCard(one, change(other), [first, other], other);
const threeOtherwise = changedCard(twoOtherwise, change(third), [other, third], third);
const transition = signedBy(following(one.keySet, change(second)), first, second);
const renamed = { ...nextCard(one, transition), agency: { ...one.card.agency, name: 'Northmark Office' } };

test('[K19] longer histories go on, however many versions were skipped', () => {
  expect(cardChange(one, two)).toEqual({ kind: 'continuation' });
  expect(cardChange(one, three)).toEqual({ kind: 'continuation' });
  expect(cardChange(two, two)).toEqual({ kind: 'same' });
});

test('[K19] an earlier one is rolled back', () => {
  expect(cardChange(three, two)).toEqual({ kind: 'rolled-back', found: 2, held: 3 });
  expect(cardChange(three, one)).toEqual({ kind: 'rolled-back', found: 1, held: 3 });
});

test('[K19] two histories are a fork, also where the other is longer or shorter', () => {
  expect(cardChange(two, twoOtherwise)).toEqual({ kind: 'fork', version: 2 });
  expect(cardChange(two, threeOtherwise)).toEqual({ kind: 'fork', version: 2 });
  expect(cardChange(three, twoOtherwise)).toEqual({ kind: 'fork', version: 2 });
});

test('[K19] another name, or the same keys in another card, has to be confirmed again', () => {
  expect(cardChange(one, signCard(renamed, [second]))).toEqual({ kind: 'changed' });
  const otherTerms = signCard(nextCard(one, transition, { approvals: 1 }), [second]);
  expect(cardChange(two, otherTerms)).toEqual({ kind: 'changed' });
});

test('[K21] a code names agency and card, however it was typed', () => {
  expect(readCardCode(`  ${cardCode(two).toLowerCase()}\n`)).toEqual({ agencyId: two.agencyId, hash: two.hash });
  expect(cardCode(two), 'in capital letters').toBe(cardCode(two).toUpperCase());
  const newer = cardCode(two).replace('CARD:1:', 'CARD:2:');
  for (const text of ['', newer, `${cardCode(two)}0`, `0${cardCode(two)}`, cardCode(two).slice(1)]) {
    expect(readCardCode(text)).toBeUndefined();
  }
});
