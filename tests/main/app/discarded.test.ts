import { expect, test } from 'vitest';
import { AgencyId } from '../../../src-shared/domain/ids.ts';
import { confirmedPair } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { barePartner } from '../../support/bare-partner.ts';
import { addEntity, openCase, receiveAll, release } from '../../support/case-steps.ts';

/** What a sender learns of a file that nobody took: docs/formats/bundle.md B34. */

async function sent() {
  const { a, b, idA, idB } = await confirmedPair();
  const id = await openCase(a);
  const { record, subject } = await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  return { a, b, idA, idB, id, record, subject, file: (await release(a, id, idB)).sealed.bytes };
}

async function discard(at: TestAgency, file: Uint8Array) {
  const { quarantine } = await at.call('receive.open', { bytes: file });
  return at.call('receive.discard', { quarantine, reason: 'not for this case' });
}

test('[B34] a discarded file is answered: nothing was taken, and the sender sees that in ledger and stream', async () => {
  const { a, b, idB, subject, file } = await sent();
  const { bytes, fileName } = await discard(b, file);
  expect(fileName).toContain('discarded');
  expect(await b.call('vault.status', {})).toMatchObject({ entities: 0, records: 0, quarantined: 0 });
  const told = await a.call('receive.open', { bytes: bytes ?? new Uint8Array() });
  expect(told).toMatchObject({ verdict: 'receipt', receipt: { accepted: 0, known: 0, held: 3, refused: 0 } });
  const { disclosures } = await a.call('ledger.list', { subject });
  expect(disclosures).toMatchObject([{ isConfirmed: true, isLeft: true }]);
  const { partners } = await a.call('stream.list', { agency: AgencyId.parse(idB) });
  expect(partners).toMatchObject([{ alarms: [], outgoing: { unansweredCount: 0 } }]);
});

test('[B34] [Q5] what was answered counts as had: later files of the receiver do not look like those of a store that was put back', async () => {
  const { a, b, idA, idB, id, file } = await sent();
  const { bytes } = await discard(b, file);
  await a.call('receive.open', { bytes: bytes ?? new Uint8Array() });
  const other = await openCase(b, 'Operation Other Lamp');
  await addEntity(b, other, 'phone', { number: '+44 7700 900456' });
  await receiveAll(a, (await release(b, other, idA)).sealed.bytes);
  await addEntity(a, id, 'vehicle', { registration: 'LAMP 1' });
  await release(a, id, idB);
  const { partners } = await a.call('stream.list', { agency: AgencyId.parse(idB) });
  expect(partners).toMatchObject([{ alarms: [], outgoing: { acknowledged: { epoch: 1, sequence: 1 } } }]);
});

test('[B34] [Q11] received again and taken, it is answered again, and that counts', async () => {
  const { a, b, subject, file } = await sent();
  const first = await discard(b, file);
  const { result } = await receiveAll(b, file);
  for (const bytes of [result.bytes, first.bytes]) await a.call('receive.open', { bytes: bytes ?? new Uint8Array() });
  expect((await a.call('ledger.list', { subject })).disclosures).toMatchObject([{ isConfirmed: true, isLeft: false }]);
});

test('[B34] a withdrawal in a discarded file is not applied, and the sender’s board says so', async () => {
  const { a, b, idB, id, record, file } = await sent();
  await receiveAll(b, file);
  await a.call('record.retract', { records: [record], action: 'erase', reason: 'not her phone' });
  const { sealed } = await release(a, id, idB, { only: 'withdrawals' });
  const { bytes } = await discard(b, sealed.bytes);
  await a.call('receive.open', { bytes: bytes ?? new Uint8Array() });
  const { rows } = await a.call('recall.board', { limit: 10, isOpen: false });
  expect(rows).toMatchObject([{ answer: 'pending' }]);
});

test('[B34] there is no receipt for what was applied before, or whose place needs a person’s word; it is dropped all the same', async () => {
  const { b } = await confirmedPair();
  const partner = await barePartner(b, 'Crafted Office');
  const group = partner.group([partner.person({ name: 'Sergo Madeupson' })]);
  const once = await partner.sealed([group]);
  const { quarantine } = await b.call('receive.open', { bytes: once });
  await b.call('receive.apply', { quarantine, accept: [] });
  expect(await discard(b, once), 'a replay').toEqual({});
  expect(await discard(b, await partner.sealed([group], { epoch: 2 })), 'a new epoch').toEqual({});
  expect((await b.call('receive.list', {})).quarantined).toEqual([]);
});

test('[B34] a file whose sender is not trusted any more is dropped and answered to nobody', async () => {
  const { b, idA, file } = await sent();
  const { quarantine } = await b.call('receive.open', { bytes: file });
  await b.call('partner.revoke', { agency: AgencyId.parse(idA), reason: 'stolen keys' });
  expect(await b.call('receive.discard', { quarantine, reason: 'stolen keys' })).toEqual({});
  expect((await b.call('receive.list', {})).quarantined).toEqual([]);
});
