import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeVault, unlockVault } from '../../../src-main/vault/open-vault.ts';
import { createdAgency, PASSPHRASE } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { barePartner } from '../../support/bare-partner.ts';
import type { BarePartner } from '../../support/bare-partner.ts';
import { claimsOf, receiveAll } from '../../support/case-steps.ts';
import { openFully } from '../../support/review.ts';

/** Names that are looked for in everything that is kept, and stand nowhere else. */
const CANARY = 'Kanarienvogelova';

async function stage() {
  const b = await createdAgency('Suedhafen Office', 'DE');
  const partner = await barePartner(b);
  const person = partner.person({ name: `Vera ${CANARY}` });
  const other = partner.person({ name: 'Karl Erfunden' });
  const us = (await b.call('vault.status', {})).agencyId;
  const numbered = (sequence: number) => ({ audience: [{ agency: us, sequence, previous: '0'.repeat(64) }] });
  const first = await partner.sealed([partner.group([person, other])]);
  return { b, partner, person, other, first, numbered };
}

async function erasing(partner: BarePartner, record: string, numbered: object): Promise<Uint8Array> {
  const erase = { kind: 'retract', targets: [record], action: 'erase', claims: claimsOf({ reason: 'x' }) };
  return partner.sealed([partner.group([partner.say(erase)])], numbered);
}

/** Everything that the store keeps, decrypted; the vault is locked afterwards. */
async function imageOf(agency: TestAgency): Promise<string> {
  await agency.call('vault.lock', {});
  const vault = await unlockVault(join(agency.home, 'main'), { passphrase: PASSPHRASE }, { now: () => new Date() });
  const image = Buffer.from(vault.store.sqlite.serialize()).toString('latin1');
  closeVault(vault);
  return image;
}

test('[V103] a bundle that waits is dropped when its author erases a record in it, and a person is told', async () => {
  const { b, partner, person, other, first, numbered } = await stage();
  const waiting = await b.call('receive.open', { bytes: first });
  expect(waiting.isKept).toBe(true);
  await receiveAll(b, await erasing(partner, person.id, numbered(7)));
  const inbox = await b.call('receive.list', {});
  expect(inbox.quarantined).toEqual([]);
  expect(inbox.withdrawn).toMatchObject([
    { quarantine: waiting.quarantine, issuerName: 'Crafted Office', sequence: 1 },
  ]);
  const { entries } = await b.call('audit.list', { limit: 1 });
  expect(entries).toMatchObject([{ action: 'receive.apply', details: { withdrawn: [waiting.quarantine] } }]);
  // the rest comes in when the file is opened again, and is decided on from memory
  const again = await openFully(b, first);
  expect(again).toMatchObject({ isKept: false, refused: [{ record: person.id, rule: 'X3' }], counts: { new: 1 } });
  expect((await b.call('receive.list', {})).quarantined).toMatchObject([{ isKept: false, sequence: 1 }]);
  await b.call('receive.apply', { quarantine: again.quarantine, accept: 'all' });
  expect((await b.call('subject.show', { subject: other.record.subject })).label).toBe('Karl Erfunden');
  expect(await b.call('receive.list', {})).toEqual({ quarantined: [], withdrawn: [] });
  const image = await imageOf(b);
  expect(image).toContain('Karl Erfunden');
  expect(image).not.toContain(CANARY);
});

test('[V104] a bundle that comes after the erasure is never written down, and is gone when the vault locks', async () => {
  const { b, partner, person, first, numbered } = await stage();
  await receiveAll(b, await erasing(partner, person.id, numbered(7)));
  const plan = await openFully(b, first);
  expect(plan).toMatchObject({ isKept: false, refused: [{ record: person.id, rule: 'X3' }] });
  expect(plan).toMatchObject(await b.call('receive.plan', { quarantine: plan.quarantine }));
  expect(await imageOf(b)).not.toContain(CANARY);
});

test('[V103] nobody drops a bundle by erasing what somebody else said', async () => {
  const { b, person, first, numbered } = await stage();
  await b.call('receive.open', { bytes: first });
  const stranger = await barePartner(b, 'Another Office');
  await receiveAll(b, await erasing(stranger, person.id, numbered(7)));
  const inbox = await b.call('receive.list', {});
  expect(inbox.quarantined).toMatchObject([{ isKept: true }]);
  expect(inbox.withdrawn).toEqual([]);
});
