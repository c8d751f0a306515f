import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { PASSPHRASE, confirmedPair, temporaryHome } from '../../support/agency.ts';
import { addEntity, openCase } from '../../support/case-steps.ts';
import { commandsAs, typed } from '../../support/commands.ts';
import { PIA, twoOfficers } from '../../support/officers.ts';

const TITLE = 'Operation Test Lamp';
const CASE = ['--case', TITLE, '--to', 'Suedhafen Office', '--purpose', 'joint investigation'];
const RELEASE = [...CASE, '--legal-basis', 'untoc-27', '--answer', 'all'];

/** A vault of two officers whose releases need both; nobody has it open. */
async function stage() {
  const { a } = await confirmedPair();
  const { olga } = await twoOfficers(a, { releases: 2 });
  const id = await openCase(olga, TITLE);
  await addEntity(olga, id, 'person', { name: 'Sergo Madeupson', subjectCategory: 'suspect' });
  await addEntity(olga, id, 'person', { name: 'Victa Fakename', subjectCategory: 'victim' });
  await olga.call('vault.lock', {});
  return { home: a.home, olga: commandsAs(a.home, PASSPHRASE), pia: commandsAs(a.home, PIA.passphrase) };
}

const text = (value: unknown) => z.string().parse(value);

test('[K22] two officers at the command line: one asks, the other sees exactly what leaves and signs for it, and it is sealed', async () => {
  const { home, olga, pia } = await stage();
  const out = join(temporaryHome(), 'lamp.chiro');
  expect((await olga('release', ...RELEASE, '--out', out)).answer).toMatchObject({
    error: { code: 'release.stopped' },
  });
  const asked = await olga('release', ...RELEASE, '--ask');
  expect(asked).toMatchObject({ status: 0, answer: { missing: 1 } });
  const id = text(asked.answer['id']);
  expect((await olga('release seal', id, '--out', out)).answer).toMatchObject({ error: { code: 'release.stopped' } });

  expect((await pia('release list')).answer).toMatchObject({
    pending: [{ id, by: 'Olga Officer', caseTitle: TITLE, needed: 2, canApprove: true, isComplete: false }],
  });
  const shown = await pia('release show', id);
  expect(shown).toMatchObject({ status: 0, answer: { id, isSame: true, stops: [{ rule: 'P30' }] } });
  const digest = text(shown.answer['digest']);
  const read = await typed(home, PIA.passphrase, 'release show', id);
  expect(read.text).toContain(digest);
  expect(read.text).toMatch(/leaves {2}Name: Sergo Madeupson/);
  expect(read.text).toMatch(/stays \(P5\) {2}Name: Victa Fakename/);

  expect(await pia('release approve', id)).toMatchObject({ status: 2 });
  expect((await pia('release approve', id, '--digest', '0'.repeat(64))).answer).toMatchObject({
    error: { code: 'release.changed-since-preview' },
  });
  expect((await olga('release approve', id, '--digest', digest)).answer).toMatchObject({
    error: { code: 'approval.own-request' },
  });
  expect((await pia('release approve', id, '--digest', digest)).answer).toMatchObject({ isComplete: true });
  const listed = await typed(home, PASSPHRASE, 'release list');
  expect(listed.text).toMatch(/approved: 2 of 2 \(Olga Officer, key [0-9a-f]{16}; Pia Officer, key [0-9a-f]{16}\)/);
  expect((await olga('release seal', id, '--out', out)).answer).toMatchObject({ file: out, sequence: 1 });
  expect(statSync(out).size).toBeGreaterThan(0);
  expect((await pia('release list')).answer).toMatchObject({ pending: [], declined: [] });
});

test('a release is declined, or taken back, at the command line; nothing waits then and nothing leaves', async () => {
  const { olga, pia } = await stage();
  const ask = async () => text((await olga('release', ...RELEASE, '--ask')).answer['id']);
  const first = await ask();
  expect(await pia('release decline', first)).toMatchObject({ status: 2 });
  expect((await olga('release decline', first, '--reason', 'no')).answer).toMatchObject({
    error: { code: 'approval.own-request' },
  });
  expect(await pia('release decline', first, '--reason', 'the suspect is ours')).toMatchObject({ status: 0 });
  expect((await olga('release list')).answer).toMatchObject({
    pending: [],
    declined: [{ id: first, declinedBy: PIA.name, reason: 'the suspect is ours', isYours: true }],
  });
  for (const command of ['release show', 'release withdraw'] as const) {
    expect((await pia(command, first)).answer).toMatchObject({ error: { code: 'approval.not-waiting' } });
  }
  const second = await ask();
  expect((await olga('release withdraw', second)).answer).toEqual({ withdrawn: second });
  expect((await olga('release list')).answer).toMatchObject({ pending: [] });
  expect(await olga('release', ...RELEASE, '--ask', '--preview')).toMatchObject({ status: 2 });
});

test('what changed since it was asked for is shown as changed, and is a refusal', async () => {
  const { olga, pia } = await stage();
  const asked = await olga('release', ...RELEASE, '--ask');
  const id = text(asked.answer['id']);
  const shown = await olga('release show', id);
  const [suspect] = z
    .array(z.looseObject({ subject: z.string(), kind: z.string(), label: z.string() }))
    .parse(shown.answer['subjects'])
    .filter(({ label }) => label === 'Sergo Madeupson');
  await olga('recall', suspect?.subject ?? '', '--action', 'correct', '--reason', 'another person');
  const again = await pia('release show', id);
  expect(again).toMatchObject({ status: 1, answer: { isSame: false } });
  expect((await pia('release approve', id, '--digest', text(again.answer['found']))).answer).toMatchObject({
    error: { code: 'release.changed-since-preview' },
  });
});
