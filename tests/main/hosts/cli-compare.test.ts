import { join } from 'node:path';
import { expect, test } from 'vitest';
import { confirmedPair } from '../../support/agency.ts';
import { addEntity, openCase } from '../../support/case-steps.ts';
import { commandsOf } from '../../support/commands.ts';

test('two command lines compare a case by words and by files', async () => {
  const { a, b } = await confirmedPair();
  const id = await openCase(a);
  await openCase(b, 'Another case');
  await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
  const [atA, atB] = [await commandsOf(a), await commandsOf(b)];
  const file = (name: string) => join(a.home, name);
  const terms = ['--case', id, '--to', 'Suedhafen Office', '--purpose', 'joint', '--legal-basis', 'untoc-27'];
  const release = (out: string) => atA('release', ...terms, '--out', file(out), '--answer', 'all');
  expect(await release('one.chiro')).toMatchObject({ status: 0 });
  expect((await atB('receive', file('one.chiro'), '--accept', 'all')).status).toBe(0);
  const partnerA = ['--case', id, '--partner', 'Northmark Agency'];
  const partnerB = ['--case', id, '--partner', 'Suedhafen Office'];
  const words = (await atA('fingerprint', ...partnerB)).answer['words'];
  expect(words).toMatch(/^([a-z]+ ){11}[a-z]+$/);
  expect((await atB('fingerprint', ...partnerA)).answer['words']).toBe(words);

  expect((await atB('compare begin', ...partnerA, '--out', file('1.chirocompare'))).status).toBe(0);
  expect(await atA('receive', file('1.chirocompare'))).toMatchObject({
    status: 1,
    complaint: expect.stringContaining('command="compare open"'),
    answer: { error: { code: 'file.other-kind', details: { kind: 'comparison', command: 'compare open' } } },
  });
  const misled = await atA('compare open', file('one.chiro'), '--case', id);
  expect(misled).toMatchObject({ status: 1 });
  const two = await atA('compare open', file('1.chirocompare'), '--case', id, '--answer', file('2.chirocompare'));
  expect(two).toMatchObject({ status: 0, answer: { isSame: true, round: 1, differences: [] } });
  const three = await atB('compare open', file('2.chirocompare'), '--case', id);
  expect(three).toMatchObject({ status: 0, answer: { isSame: true, round: 2, isCurrent: true, total: 0 } });
  const other = await atB('compare open', file('2.chirocompare'), '--case', 'Another case');
  expect(other).toMatchObject({ status: 1, answer: { error: { code: 'compare.other-case' } } });
});
