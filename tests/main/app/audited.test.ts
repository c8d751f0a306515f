import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SHOWN } from '../../../src-main/app/reads.ts';
import { actionText } from '../../../src-renderer/strings/actions.ts';
import { methods } from '../../../src-shared/contract/methods.ts';
import type { MethodName } from '../../../src-shared/contract/methods.ts';
import type { TestAgency } from '../../support/agency.ts';
import { createdAgency, handling, PASSPHRASE, source, startAgency } from '../../support/agency.ts';
import { barePartner } from '../../support/bare-partner.ts';
import { addEntity, addLink, openCase, release } from '../../support/case-steps.ts';

/** docs/formats/vault.md V25, V63: which entry of the audit log each call leaves. */

/** Shows nobody whom V63 names; changes nothing. */
const READS = { quiet: 'a read' } as const;
/** Before a vault is open, or beside it. */
const OUTSIDE = { quiet: 'outside a vault' } as const;

const ACTIONS: { readonly [M in MethodName]: string | { readonly quiet: string } } = {
  'vault.list': OUTSIDE,
  'vault.create': 'vault.created',
  'vault.unlock': OUTSIDE,
  'vault.lock': OUTSIDE,
  'vault.touch': OUTSIDE,
  'vault.status': READS,
  'vault.change-passphrase': 'vault.passphrase-changed',
  'vault.add-user': 'vault.user-added',
  'vault.remove-user': 'vault.user-removed',
  'vault.users': READS,
  'vault.rotate': 'vault.rotated',
  'vault.identity': 'vault.identity',
  'vault.accept': 'vault.head-accepted',
  'store.state': READS,
  'store.check': READS,
  'backup.begin': 'vault.backup',
  'backup.read': { quiet: 'its beginning has the entry' },
  'backup.end': { quiet: 'its beginning has the entry' },
  'restore.begin': OUTSIDE,
  'restore.append': OUTSIDE,
  'restore.finish': 'vault.restored',
  'restore.cancel': OUTSIDE,
  'store.rebuild': 'store.rebuilt',
  'store.salvage': 'store.salvaged',
  'store.salvage-part': { quiet: 'its beginning has the entry' },
  'rescue.begin': OUTSIDE,
  'rescue.append': OUTSIDE,
  'rescue.finish': 'vault.rescued',
  'sample.open': 'sample.open',
  'job.cancel': OUTSIDE,
  'case.list': READS,
  'case.save': 'case.save',
  'case.chart': 'subject.read',
  'case.members': 'subject.read',
  'case.add-members': 'case.add-members',
  'case.remove-members': 'case.remove-members',
  'case.fingerprint': READS,
  'compare.begin': 'compare.begin',
  'compare.open': { quiet: 'ids and counts' },
  'compare.answer': 'compare.answer',
  'chart.save': 'chart.save',
  'entity.save': 'entity.save',
  'link.save': 'link.save',
  'case.state': 'case.state',
  'identity.save': 'identity.save',
  'record.retract': 'record.retract',
  'subject.show': 'subject.read',
  'subject.expand': 'subject.read',
  'graph.path': 'subject.read',
  'search.find': 'subject.read',
  'attachment.begin': { quiet: 'nothing is kept before it is finished' },
  'attachment.append': { quiet: 'nothing is kept before it is finished' },
  'attachment.finish': 'attachment.add',
  'attachment.cancel': { quiet: 'nothing is kept' },
  'attachment.list': READS,
  'attachment.export': 'attachment.export',
  'attachment.read': { quiet: 'its export has the entry' },
  'attachment.verify': 'attachment.verify',
  'import.preview': { quiet: 'looks at a file' },
  'import.apply': 'import.apply',
  'batch.list': READS,
  'batch.undo': 'batch.undo',
  'keys.show': READS,
  'keys.make': 'keys.make',
  'keys.rotate': 'keys.rotate',
  'keys.sign': 'keys.propose',
  'keys.discard': 'keys.discard',
  'partner.list': READS,
  'partner.card': READS,
  'partner.add': 'partner.add',
  'partner.describe': 'partner.describe',
  'partner.confirm': 'partner.confirm',
  'partner.require': 'partner.require',
  'partner.affected': READS,
  'partner.revoke': 'partner.revoke',
  'release.preview': { quiet: 'counts and rules; its subjects have the entry' },
  'release.subjects': 'subject.read',
  'release.records': 'subject.read',
  'release.ask': 'release.ask',
  'release.pending': READS,
  'release.declined': READS,
  'release.approve': 'release.approve',
  'release.decline': 'release.decline',
  'release.withdraw': 'release.withdraw',
  'release.seal': 'release.seal',
  'bundle.inspect': OUTSIDE,
  'receive.open': 'receive.quarantine',
  'receive.list': { quiet: 'what waits, by sender and number' },
  'receive.plan': { quiet: 'counts; its items have the entry' },
  'receive.items': 'subject.read',
  'receive.choose': { quiet: 'counts; changes nothing' },
  'receive.chart': 'subject.read',
  'receive.apply': 'receive.apply',
  'receive.discard': 'receive.discard',
  'stream.list': READS,
  'stream.evidence': { quiet: 'signed manifests, which hold nothing of a case' },
  'stream.note': 'stream.note',
  'recall.board': READS,
  'permission.scope': READS,
  'permission.create': 'permission.create',
  'permission.list': READS,
  'ledger.list': READS,
  'audit.list': READS,
  'audit.verify': READS,
};

const names = Object.keys(methods) as MethodName[];
const loud = Object.entries(ACTIONS).flatMap(([name, action]) =>
  typeof action === 'string' ? [[name, action] as const] : [],
);

test('whoever may change something, or is let in only as an officer, leaves an entry or a reason why not', () => {
  const unexplained = names.filter(
    (name) => methods[name].access !== 'read' && methods[name].access !== 'locked' && ACTIONS[name] === READS,
  );
  expect(unexplained).toEqual([]);
});

test('every entry has words in the window, and somebody who writes it', () => {
  const program = ['src-main/app', 'src-main/vault', 'src-main/store'].map(sourcesOf).join('\n');
  expect(loud.filter(([, action]) => actionText(action) === action)).toEqual([]);
  expect(loud.filter(([, action]) => !program.includes(`'${action}'`))).toEqual([]);
});

test('[V63] the calls that show protected people are those that say so', () => {
  expect(loud.filter(([, action]) => action === 'subject.read').map(([name]) => name)).toEqual(
    Object.keys(SHOWN).toSorted(byContract),
  );
});

function byContract(one: string, other: string): number {
  return names.indexOf(one as MethodName) - names.indexOf(other as MethodName);
}

function sourcesOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

/** A case with a victim, whom nobody was shown since the vault was unlocked. */
async function withVictim() {
  const at = await createdAgency('Northmark Agency', 'NL');
  const id = await openCase(at);
  const { subject: victim } = await addEntity(at, id, 'person', { name: 'Sergo Madeupson', subjectCategory: 'victim' });
  const { subject: phone } = await addEntity(at, id, 'phone', { number: '+44 7700 900123' });
  const { subject: link } = await addLink(at, id, 'uses', [victim, phone]);
  return { at, id, victim, phone, link };
}

async function newest(at: TestAgency) {
  const { entries, total } = await at.call('audit.list', { limit: 1 });
  return { action: entries[0]?.action, details: entries[0]?.details, total };
}

describe('[V63] being shown a protected person', () => {
  test.each<readonly [string, (story: Awaited<ReturnType<typeof withVictim>>) => Promise<unknown>]>([
    ['subject.show', ({ at, victim }) => at.call('subject.show', { subject: victim })],
    ['subject.show', ({ at, phone }) => at.call('subject.show', { subject: phone })],
    ['subject.show', ({ at, link }) => at.call('subject.show', { subject: link })],
    ['subject.expand', ({ at, phone }) => at.call('subject.expand', { subject: phone, limit: 10 })],
    ['case.chart', ({ at, id }) => at.call('case.chart', { case: id })],
    ['case.members', ({ at, id }) => at.call('case.members', { case: id, limit: 10 })],
    ['graph.path', ({ at, victim, phone }) => at.call('graph.path', { from: victim, to: phone })],
    ['search.find', ({ at }) => at.call('search.find', { text: 'Madeupson', limit: 5 })],
  ])('by %s is entered, once', async (by, look) => {
    const story = await withVictim();
    const before = await newest(story.at);
    await look(story);
    const after = await newest(story.at);
    expect(after).toEqual({
      action: 'subject.read',
      details: { by, count: 1, subjects: [story.victim] },
      total: before.total + 1,
    });
    await look(story);
    expect((await newest(story.at)).total).toBe(after.total);
    expect(await story.at.call('audit.verify', {})).toMatchObject({ ok: true });
  });

  test('is entered again after the vault was locked, and nobody else is', async () => {
    const { at, victim } = await withVictim();
    await at.call('subject.show', { subject: victim });
    await at.call('vault.lock', {});
    const again = startAgency(at.home);
    await again.call('vault.unlock', { vault: 'main', passphrase: PASSPHRASE });
    const before = await newest(again);
    await again.call('search.find', { text: '900123', limit: 5 });
    expect((await newest(again)).total).toBe(before.total);
    await again.call('subject.show', { subject: victim });
    expect(await newest(again)).toMatchObject({ action: 'subject.read', total: before.total + 1 });
  });
});

test('[V25] what changes something is entered under its own name', async () => {
  const { at, id, victim, phone } = await withVictim();
  const other = await openCase(at, 'Operation Other Lamp');
  const entered: Record<string, string | undefined> = {};
  const call = async <T>(name: MethodName, work: () => Promise<T>): Promise<T> => {
    const before = (await newest(at)).total;
    const result = await work();
    const { entries, total } = await at.call('audit.list', { limit: 20 });
    const fresh = entries.slice(0, total - before).map(({ action }) => action);
    const expected = ACTIONS[name];
    entered[name] = typeof expected === 'string' && fresh.includes(expected) ? expected : fresh.join(' ');
    return result;
  };
  const agencyOf = await call('partner.add', () => barePartner(at, 'Crafted Office', 'unverified'));
  const agency = agencyOf.id;
  const { words } = (await at.call('partner.list', {})).partners[0] ?? { words: '' };
  await call('partner.confirm', () => at.call('partner.confirm', { agency, words, with: 'Cleo', channel: 'phone' }));
  await call('partner.require', () => at.call('partner.require', { agency, approvals: 0 }));
  await call('case.save', () => openCase(at, 'Operation Third Lamp'));
  const said = await call('entity.save', () => addEntity(at, id, 'person', { name: 'Karl Erfunden' }));
  await call('link.save', () => addLink(at, id, 'uses', [said.subject, phone]));
  await call('case.add-members', () => at.call('case.add-members', { case: other, members: [phone] }));
  await call('case.remove-members', () => at.call('case.remove-members', { case: other, members: [phone] }));
  const positions = [{ subject: phone, x: 1, y: 2, pinned: true }];
  await call('chart.save', () => at.call('chart.save', { case: id, positions }));
  const pair = { kind: 'not-same', one: victim, other: said.subject, reason: 'two people', source, handling } as const;
  await call('identity.save', () => at.call('identity.save', pair));
  await call('record.retract', () =>
    at.call('record.retract', { records: [said.record], action: 'correct', reason: 'wrong' }),
  );
  const bytes = new TextEncoder().encode('id,name\n1,Ana Madeup\n');
  const file = {
    name: 'people.csv',
    format: 'csv',
    entityType: 'person',
    attach: 'auto',
    source,
    handling,
    bytes,
  } as const;
  const { batch } = await call('import.apply', () => at.call('import.apply', { case: { id: other }, ...file }));
  await call('batch.undo', () => at.call('batch.undo', { batch }));
  await call('release.seal', () => release(at, id, agency));
  await call('receive.open', async () =>
    at.call('receive.open', {
      bytes: await agencyOf.sealed([agencyOf.group([agencyOf.person({ name: 'Rea Invented' })])]),
    }),
  );
  const [waiting] = (await at.call('receive.list', {})).quarantined;
  await call('receive.apply', () => at.call('receive.apply', { quarantine: waiting?.quarantine ?? '', accept: 'all' }));
  await call('vault.identity', () => at.call('vault.identity', {}));
  await call('keys.make', () => at.call('keys.make', {}));
  await call('store.rebuild', () => at.call('store.rebuild', {}));
  await call('partner.revoke', () => at.call('partner.revoke', { agency, reason: 'lost' }));
  expect(entered).toEqual(Object.fromEntries(Object.keys(entered).map((name) => [name, ACTIONS[name as MethodName]])));
});
