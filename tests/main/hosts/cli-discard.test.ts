import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { confirmedPair, temporaryHome } from '../../support/agency.ts';
import { addEntity, openCase, release } from '../../support/case-steps.ts';
import { commandsOf } from '../../support/commands.ts';

/** `receive --discard`: docs/formats/bundle.md B34. */

async function stage() {
  const { a, b, idB } = await confirmedPair();
  const id = await openCase(a);
  const { subject } = await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  const folder = temporaryHome();
  const file = join(folder, 'lamp.chiro');
  writeFileSync(file, (await release(a, id, idB)).sealed.bytes);
  return { a, b, subject, file, receipt: join(folder, 'receipt.chiro') };
}

test('[B34] a script discards a file and says why; the receipt tells the sender that nothing was taken', async () => {
  const { a, b, subject, file, receipt } = await stage();
  const run = await commandsOf(b);
  const dropped = await run('receive', file, '--discard', '--reason', 'not for this unit', '--receipt', receipt);
  expect(dropped).toMatchObject({
    status: 0,
    answer: { verdict: 'discarded', sequence: 1, hasReceipt: true, receipt },
  });
  expect((await run('vault status')).answer).toMatchObject({ records: 0, quarantined: 0 });
  expect((await run('audit', 'list')).answer).toMatchObject({
    entries: expect.arrayContaining([
      expect.objectContaining({
        action: 'receive.discard',
        details: expect.objectContaining({ reason: 'not for this unit' }),
      }),
    ]),
  });
  const told = await a.call('receive.open', { bytes: new Uint8Array(readFileSync(receipt)) });
  expect(told).toMatchObject({ verdict: 'receipt', receipt: { accepted: 0, known: 0, held: 3 } });
  expect((await a.call('ledger.list', { subject })).disclosures).toMatchObject([{ isConfirmed: true, isLeft: true }]);
});

test('a file is discarded for a reason, and for nothing else at the same time', async () => {
  const { b, file, receipt } = await stage();
  const run = await commandsOf(b);
  const wrong: readonly (readonly [string, ...string[]])[] = [
    ['--reason', '--discard'],
    ['--reason', '--reason', 'without discarding'],
    ['--accept', '--discard', '--reason', 'no', '--accept', 'all'],
    ['--plan', '--discard', '--reason', 'no', '--plan'],
    ['--case', '--discard', '--reason', 'no', '--case', 'Operation Test Lamp'],
  ];
  for (const [blamed, ...options] of wrong) {
    const refused = await run('receive', file, '--receipt', receipt, ...options);
    expect([refused.status, refused.complaint]).toEqual([2, expect.stringContaining(blamed)]);
  }
  expect((await run('vault status')).answer).toMatchObject({ quarantined: 0 });
  expect(existsSync(receipt)).toBe(false);
});

test('what does not wait for a review cannot be discarded, and that is a refusal', async () => {
  const { b, file, receipt } = await stage();
  const run = await commandsOf(b);
  await run('receive', file, '--accept', 'all', '--receipt', receipt);
  const again = await run('receive', file, '--discard', '--reason', 'too late');
  expect(again).toMatchObject({ status: 1, answer: { verdict: 'known' } });
  expect((await run('vault status')).answer).toMatchObject({ records: 3 });
});
