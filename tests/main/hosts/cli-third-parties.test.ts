import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { temporaryHome } from '../../support/agency.ts';
import { commandsOf } from '../../support/commands.ts';
import { LAST_DAY, agencies, confirmed, sends, smallCase, takes } from '../../support/forwarding.ts';

test('a script grants and lists permissions, sees who has what was withdrawn and where streams stand', async () => {
  const [north, south] = await agencies(2);
  if (north === undefined || south === undefined) throw new Error('no agencies');
  await confirmed(north, south);
  const { id, suspect } = await smallCase(north);
  const { bytes } = await sends(north, [south], id);
  await takes(south, bytes);
  const run = await commandsOf(north.at);

  const granted = ['--case', 'Operation Test Lamp', '--to', south.name, '--purposes', 'investigation'];
  const made = await run('permission grant', ...granted, '--until', LAST_DAY);
  expect(made).toMatchObject({ status: 0, answer: { records: expect.any(Number), permissions: [expect.any(String)] } });
  expect((await run('permission list', '--subject', suspect)).answer).toMatchObject({
    permissions: [{ permission: z.array(z.string()).parse(made.answer['permissions'])[0], until: LAST_DAY }],
  });
  const soon = await run('permission grant', ...granted, '--until', 'soon');
  expect([soon.status, soon.complaint]).toEqual([2, expect.stringContaining('--until')]);

  await run('recall', suspect, '--action', 'erase', '--reason', 'wrong person');
  const board = await run('recall board', '--open', '--partner', south.name);
  expect(board.answer).toMatchObject({
    rows: expect.arrayContaining([
      expect.objectContaining({ partnerName: south.name, action: 'erase', answer: 'none' }),
    ]),
  });
  expect((await run('recall board', '--partner', 'Nobody')).status).toBe(1);
  const streams = await run('streams', '--partner', south.name);
  expect(streams.answer).toMatchObject({
    partners: [{ name: south.name, alarms: [], outgoing: { last: { epoch: 1, sequence: 1 } } }],
  });
  const proof = ['--partner', south.name, '--evidence', join(temporaryHome(), 'proof')];
  expect(await run('streams', ...proof)).toMatchObject({ status: 2 });
});

test('a script says what a partner is and what its files need, and lists what rests on it', async () => {
  const [north, south] = await agencies(2);
  if (north === undefined || south === undefined) throw new Error('no agencies');
  await confirmed(north, south);
  const { id, suspect } = await smallCase(south);
  await takes(north, (await sends(south, [north], id)).bytes);
  const run = await commandsOf(north.at);

  const described = await run('partner describe', south.name, '--kind', 'border');
  expect(described.answer).toMatchObject({ kind: 'border' });
  expect((await run('partner describe', south.name, '--kind', 'circus')).status).toBe(2);
  expect((await run('partner require', south.name, '--approvals', '2')).answer).toMatchObject({
    kind: 'border',
    requiredApprovals: 2,
  });
  expect((await run('partner require', south.name, '--approvals', 'two')).complaint).toContain('--approvals');

  const list = join(temporaryHome(), 'affected.csv');
  const affected = await run('partner affected', south.name, '--out', list);
  expect(affected.status).toBe(0);
  expect(readFileSync(list, 'utf8')).toContain(suspect);
  expect(readFileSync(list, 'utf8')).not.toContain('Sergo');
});

test('a script makes an officer’s key and new keys of the agency, and refuses what is no choice', async () => {
  const [north] = await agencies(1);
  if (north === undefined) throw new Error('no agency');
  const run = await commandsOf(north.at);
  const { answer } = await run('keys make');
  const kid = z.string().parse(answer['kid']);
  const wrong = await run('keys rotate', '--new', 'all', '--reason', 'yearly');
  expect([wrong.status, wrong.complaint]).toEqual([2, expect.stringContaining('--new')]);
  expect((await run('keys rotate', '--root', 'nobody', '--reason', 'yearly')).complaint).toContain('--root');
  const changed = await run('keys rotate', '--new', 'both', '--approving', kid, '--reason', 'yearly');
  expect(changed.answer).toMatchObject({ isEffective: true, version: 2 });
  expect((await run('keys show')).answer).toMatchObject({ officers: [{ kid }], releases: 0 });
});
