import assert from 'node:assert/strict';
import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import { type DemoAgency, type Exchange, exchange, introduce } from './demo-agency.ts';
import { LANTERN_SOURCES } from './sample/lantern-sources.ts';
import { sourceOf } from './sample/lantern.ts';
import { typeUpLantern, type KnownSubjects } from './sample/type-up-lantern.ts';

/** What one step did, in numbers and codes; never a name. */
export interface DemoStep {
  readonly step: string;
  readonly [count: string]: string | number | boolean;
}

/** What the story carries from step to step. */
export interface Story {
  readonly north: DemoAgency;
  readonly south: DemoAgency;
  readonly northId: AgencyId;
  readonly southId: AgencyId;
  readonly known: KnownSubjects;
  readonly id: SubjectId;
  readonly tell: (line: string, step: DemoStep) => void;
}

/** An answer of a telephone company: five rows, one of them twice. */
const TELEPHONE_LIST = `id,number,operator,note
1,+44 7700 900801,Lampnet,Topped up in Northmark
2,+44 7700 900802,Lampnet,Switched off since May
3,+49 40 66969 081,Hafenfunk,Used near the ferry terminal
4,+359 88 000 0081,Iskratel,Never used
4,+359 88 000 0081,Iskratel,Never used
`;

export async function buildCase(north: DemoAgency, south: DemoAgency, tell: Story['tell']): Promise<Story> {
  const known: KnownSubjects = new Map();
  await typeUpLantern(0, north, known);
  const { entities, links, records } = await north.call('vault.status', {});
  const id = theSubject(known, 'case');
  tell(`${north.name} has typed up Operation Lantern: ${entities} entities, ${links} links in ${records} records.`, {
    step: 'build',
    entities,
    links,
    records,
  });
  const { words, idOfOne, idOfOther } = await introduce(north, south);
  assert.equal(words.split(' ').length, 12);
  tell('Cards are exchanged. Both officers read the same twelve words to each other and confirm.', {
    step: 'partners',
    words: 12,
  });
  return { north, south, northId: idOfOne, southId: idOfOther, known, id, tell };
}

export async function importList({ north, id, tell }: Story): Promise<void> {
  const { handling } = LANTERN_SOURCES.police;
  const bytes = new TextEncoder().encode(TELEPHONE_LIST);
  const options = {
    case: { id },
    name: 'telephone-list.csv',
    format: 'auto',
    entityType: 'phone',
    attach: 'never',
    source: sourceOf({ source: 'police' }),
    handling,
    bytes,
  } as const;
  const preview = await north.call('import.preview', options);
  const { read, entities, rejected } = await north.call('import.apply', options);
  assert.deepEqual([preview.entities, preview.rejectedTotal], [entities, rejected.length]);
  assert.deepEqual([read, entities, rejected.length], [5, 4, 1]);
  tell(
    `A list of a telephone company is imported: ${entities} numbers, and ${rejected.length} row refused with its reason.`,
    { step: 'import', read, entities, rejected: rejected.length },
  );
}

export async function firstExchange({ north, south, southId, known, id, tell }: Story): Promise<void> {
  const { preview, released, plan, received } = await exchange(north, south, southId, id);
  const { withheldClaims, withheldRecords, byRule } = preview.totals;
  const rules = new Map(byRule.map(({ rule, claims, records }) => [rule, claims + records]));
  for (const rule of ['P2', 'P5', 'P6', 'P7']) assert((rules.get(rule) ?? 0) > 0, rule);
  tell(
    `Preview: ${preview.totals.records} records leave; ${withheldClaims} details of victims and witnesses and ${withheldRecords} whole records stay.`,
    { step: 'preview', records: preview.totals.records, withheldClaims, withheldRecords },
  );
  tell(`Sealed as bundle ${released.sequence}: ${released.records} records, ${kilobytes(released.bytes)} kB.`, {
    step: 'release',
    sequence: released.sequence,
    records: released.records,
    subjects: released.subjects,
    withheld: released.withheld,
  });
  assert.equal(plan.verdict, 'review');
  assert.equal(plan.stream, 'first');
  tell(
    `${south.name} opens it: every record proved as ${north.name}'s, ${plan.counts.new} items new. Reviewed and accepted.`,
    counts('receive', { plan, received }),
  );
  assert.equal((await find(south, 'Vodenska')).length, 0);
  assert((await find(north, 'Vodenska')).length > 0);
  const victim = await south.call('subject.show', { subject: theSubject(known, 'v03') });
  assert.match(victim.label, /^Victim [0-9A-F]{4}$/);
  const call = await south.call('subject.show', { subject: theSubject(known, 'ev-call') });
  assert.deepEqual(
    [call.withheld.claims, call.statements.some(({ property }) => property === 'description')],
    [1, false],
  );
  tell('There the victim whom somebody named in a note by mistake is a pseudonym, and the note is withheld.', {
    step: 'withheld',
    claims: victim.withheld.claims,
  });
  const again = await south.call('receive.open', { bytes: released.bytes });
  assert.equal(again.verdict, 'known');
  tell('The same file a second time changes nothing.', {
    step: 'replay',
    verdict: again.verdict,
    stream: again.stream,
  });
}

/** The other agency answers with what it knows; where they differ, both values stand. */
export async function answer({ north, south, northId, known, id, tell }: Story): Promise<void> {
  await typeUpLantern(1, south, known);
  const { plan, received } = await exchange(south, north, northId, id);
  assert(plan.counts.conflicting > 0);
  const shown = await north.call('subject.show', { subject: theSubject(known, 'fenerov') });
  const dates = shown.statements.filter(({ property }) => property === 'dateOfBirth');
  assert.deepEqual(new Set(dates.map(({ value }) => value)), new Set(['1979~', '1981-11-04']));
  assert.equal(new Set(dates.map(({ author }) => author)).size, 2);
  tell(
    `${south.name} answers. On ${plan.counts.conflicting} subjects the agencies differ: both dates of birth stand side by side.`,
    counts('answer', { plan, received }),
  );
}

export async function changeAndSendAgain({ north, south, southId, known, id, tell }: Story): Promise<void> {
  const subject = theSubject(known, 'emberley');
  const { handling } = LANTERN_SOURCES.covert;
  const said = { case: id, source: sourceOf({ source: 'covert', on: '2025-10-20' }), handling };
  const { history } = await north.call('subject.show', { subject });
  const [old] = history.filter(({ state, isOurs }) => state === 'live' && isOurs);
  assert(old !== undefined);
  const claims = old.claims.map(({ property, value }) => ({
    property,
    value: property === 'dateOfBirth' ? '1991-07' : value,
  }));
  await north.call('entity.save', { ...said, subject, supersedes: [old.record], type: 'person', claims });
  const phone = await north.call('entity.save', {
    ...said,
    supersedes: [],
    type: 'phone',
    claims: [{ property: 'number', value: '+44 7700 900120' }],
  });
  await north.call('link.save', {
    ...said,
    supersedes: [],
    type: 'uses',
    from: subject,
    to: phone.subject,
    directed: true,
    claims: [],
  });
  const sent = await exchange(north, south, southId, id);
  assert.equal(sent.plan.stream, 'next');
  assert(sent.plan.counts.changed > 0 && sent.plan.counts.new > 0);
  const arrived = await south.call('subject.show', { subject });
  const [birth, ...others] = arrived.statements.filter(({ property }) => property === 'dateOfBirth');
  assert.deepEqual([birth?.value, others.length], ['1991-07', 0]);
  assert.equal((await find(south, '+44 7700 900120')).length, 1);
  tell(
    'A date is corrected and a telephone added. Bundle 2 brings both; the old date is in the history, not on the chart.',
    counts('change', sent),
  );
}

export async function recall({ north, south, southId, known, id, tell }: Story): Promise<void> {
  const subject = theSubject(known, 't-wick');
  assert.equal((await find(south, '+44 7700 900562')).length, 1);
  const { history } = await north.call('subject.show', { subject });
  const records = history.map(({ record }) => record);
  const retracted = await north.call('record.retract', {
    records,
    action: 'erase',
    reason: 'The number belongs to somebody else.',
  });
  assert.deepEqual(retracted.releasedTo, [southId]);
  const sent = await exchange(north, south, southId, id);
  assert.equal((await find(south, '+44 7700 900562')).length, 0);
  assert.equal((await find(north, '+44 7700 900562')).length, 0);
  const { disclosures } = await north.call('ledger.list', { agency: southId });
  assert(disclosures.every(({ isConfirmed }) => isConfirmed));
  tell(
    'A number was wrong. It is recalled: erased here, erased there, and the receipt that says so is in the ledger.',
    counts('recall', sent),
  );
  tell('(A receipt proves what a partner stated, not what a dishonest one did.)', {
    step: 'ledger',
    disclosures: disclosures.length,
    isConfirmed: true,
  });
}

export async function audit({ north, south, tell }: Story): Promise<void> {
  const entries = [];
  for (const agency of [north, south]) {
    const verified = await agency.call('audit.verify', {});
    assert(verified.ok);
    entries.push(verified.entries);
  }
  tell(`Both audit logs verify: ${entries.join(' and ')} entries. The folder is deleted.`, {
    step: 'audit',
    ok: true,
    entries: entries.reduce((sum, one) => sum + one, 0),
  });
}

async function find(at: DemoAgency, text: string) {
  return (await at.call('search.find', { text, limit: 10 })).hits;
}

function counts(step: string, { plan, received }: Pick<Exchange, 'plan' | 'received'>): DemoStep {
  const { new: added, changed, conflicting, known, refused } = received;
  assert.deepEqual(refused, []);
  return { step, sequence: plan.sequence, new: added, changed, conflicting, known, refused: 0 };
}

function theSubject(known: KnownSubjects, key: string): SubjectId {
  const subject = known.get(key);
  assert(subject !== undefined, key);
  return subject;
}

function kilobytes(bytes: Uint8Array): number {
  return Math.round(bytes.length / 1000);
}
