import { describe, expect, test } from 'vitest';
import { planReceive } from '../../../src-main/exchange/plan-receive.ts';
import type { Holdings, Offered, OurKnowledge } from '../../../src-main/exchange/plan-receive.ts';
import { decide, tallyInSteps } from '../../../src-main/exchange/review-choices.ts';
import type { Decided } from '../../../src-main/exchange/review-choices.ts';
import { indexInSteps } from '../../../src-main/exchange/review-index.ts';
import type { ReviewChoice } from '../../../src-shared/contract/review.ts';
import { statementsOf } from '../../../src-main/exchange/plan-statements.ts';
import { runThrough } from '../../../src-shared/crypto/steps.ts';
import { propertiesOf } from '../../../src-shared/catalogue/kinds.ts';
import { AgencyId } from '../../../src-shared/domain/ids.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import { AGENCY_A, AGENCY_B, attachment, claim, entity, link, subjectId } from '../../support/records.ts';

const AGENCY_C = AgencyId.parse('c'.repeat(64));

/** What a store holds, as plain data; `asked` are the subjects that somebody wanted to know about, one list a question. */
function knowing(
  held: readonly Offered[],
  erased: readonly string[] = [],
): OurKnowledge & { readonly asked: (readonly SubjectId[])[] } {
  const asked: (readonly SubjectId[])[] = [];
  const holdings: Holdings = {
    record: (id) => held.find((one) => one.id === id)?.record,
    hasEntity: (subject) => held.some(({ record }) => record.kind === 'entity' && record.subject === subject),
    label: (subject) => (held.some(({ record }) => record.subject === subject) ? 'Ours' : undefined),
    liveRecords: (subject) => held.filter(({ record }) => record.subject === subject),
  };
  return {
    asked,
    us: AGENCY_A,
    holds: (id) => held.some((one) => one.id === id),
    isErased: (id) => erased.includes(id),
    agencyName: (agency) => (agency === AGENCY_A ? 'Us' : 'Them'),
    of(offered) {
      asked.push([...new Set(offered.map(({ record }) => record.subject))]);
      return holdings;
    },
  };
}

/** The items of a plan with what they say. */
function planned(ours: OurKnowledge, offered: readonly Offered[]) {
  const plan = planReceive(ours, offered);
  const held = ours.of(offered);
  const telling = { held, label: (subject: SubjectId) => plan.labels.get(subject) ?? '', agencyName: ours.agencyName };
  const items = plan.entries.map((entry) => ({
    ...entry,
    records: entry.news,
    statements: statementsOf(telling, entry),
  }));
  const refused = plan.refused.map(({ record, rule }) => ({ record, rule }));
  return { ...plan, items, refused };
}

const person = (said: Parameters<typeof claim>[], more: object = {}) =>
  entity('person', { author: AGENCY_B, claims: said.map((each) => claim(...each)), ...more });

describe('an item is', () => {
  const subject = subjectId(900);
  const ours = entity('person', { subject, claims: [claim('name', 'Ana'), claim('dateOfBirth', '1980-01-02')] });

  test('new where we hold nothing of its subject, known where we hold its record, refused where it was erased', () => {
    const theirs = person([['name', 'Ana']]);
    expect(planned(knowing([]), [theirs]).counts).toMatchObject({ new: 1, known: 0, refused: 0 });
    expect(planned(knowing([theirs]), [theirs]).counts).toMatchObject({ new: 0, known: 1 });
    expect(planned(knowing([], [theirs.id]), [theirs]).refused).toEqual([{ record: theirs.id, rule: 'X3' }]);
  });

  test('[X5, B38] new where it is an evidence file (refused no more), whether the file comes along or not, and says which', () => {
    const photo = attachment([subject], { author: AGENCY_B, claims: [claim('name', 'invented.jpg')] });
    for (const state of ['comes', 'absent'] as const) {
      const ours = { ...knowing([]), file: () => state };
      const [item] = planned(ours, [photo]).items;
      expect(item).toMatchObject({ state: 'new', kind: 'attachment', label: 'invented.jpg', file: { state, size: 3 } });
    }
  });

  test('[B38] changed where we hold the record of a file that comes now, known where we hold both or it does not come', () => {
    const photo = attachment([subject], { author: AGENCY_B });
    const stateWith = (state: 'comes' | 'held' | 'absent') =>
      planned({ ...knowing([photo]), file: () => state }, [photo]).items[0]?.state;
    expect([stateWith('comes'), stateWith('held'), stateWith('absent')]).toEqual(['changed', 'known', 'known']);
  });

  test('an evidence file, and needs what it supports where that comes new in the same bundle', () => {
    const theirs = person([['name', 'Ana']], { subject });
    const photo = attachment([subject], { author: AGENCY_B });
    const item = planned(knowing([]), [theirs, photo]).items.find(({ kind }) => kind === 'attachment');
    expect(item?.needs).toEqual([subject]);
  });

  test('refused where it says that we said what we never said', () => {
    const forged = entity('person', { author: AGENCY_A, claims: [claim('name', 'Ana')] });
    expect(planned(knowing([]), [forged]).refused).toEqual([{ record: forged.id, rule: 'X4' }]);
    expect(planned(knowing([forged]), [forged]).counts).toMatchObject({ known: 1, refused: 0 });
  });

  test('conflicting where a property that there is once has another value, and shows ours beside theirs', () => {
    const theirs = person([['dateOfBirth', '1979-12-31']], { subject });
    const [item] = planned(knowing([ours]), [theirs]).items;
    expect(item).toMatchObject({ state: 'conflicting', records: [theirs.id] });
    expect(item?.statements).toMatchObject([
      { theirs: '1979-12-31', ours: '1980-01-02', state: 'differs', author: 'Them' },
    ]);
  });

  test('changed where it adds a second name or says the same again', () => {
    const [second] = planned(knowing([ours]), [person([['name', 'Anna']], { subject })]).items;
    expect([second?.state, second?.statements[0]?.state]).toEqual(['changed', 'new']);
    const [same] = planned(knowing([ours]), [person([['name', 'Ana']], { subject })]).items;
    expect([same?.state, same?.statements[0]?.state]).toEqual(['changed', 'same']);
  });

  test('not in conflict with the record that it replaces', () => {
    const before = person([['dateOfBirth', '1979-12-31']], { subject });
    const after = person([['dateOfBirth', '1979-12-30']], { subject, supersedes: [before.id] });
    const [item] = planned(knowing([before]), [after]).items;
    expect([item?.state, item?.statements[0]?.state]).toEqual(['changed', 'new']);
  });

  test('changed where it discloses another claim of a record that we hold, although as many', () => {
    const full = person([
      ['name', 'Ana'],
      ['alias', 'A.'],
    ]);
    const copy = (hidden: string) => ({
      id: full.id,
      record: withhold(full.record, ({ property }) => property === hidden),
    });
    expect(planned(knowing([copy('name')]), [copy('alias')]).counts).toMatchObject({ changed: 1, known: 0 });
    expect(planned(knowing([full]), [copy('alias')]).counts).toMatchObject({ changed: 0, known: 1 });
  });
});

function needs(ours: OurKnowledge, offered: readonly Offered[]) {
  return planned(ours, offered).items.find(({ kind }) => kind === 'link')?.needs;
}

test('a person comes with the category that protects most of those offered, and nothing else has one', () => {
  const subject = subjectId(902);
  const seen = person([['subjectCategory', 'suspect']], { subject });
  const heard = person([['subjectCategory', 'witness']], { subject });
  const phone = entity('phone', { author: AGENCY_B, claims: [claim('number', '+44 7700 900123')] });
  const nameless = person([['name', 'Ana']]);
  const { items } = planned(knowing([]), [seen, heard, phone, nameless]);
  const of = (subjectOf: SubjectId) => items.find((item) => item.subject === subjectOf)?.subjectCategory;
  expect([of(subject), of(phone.record.subject), of(nameless.record.subject)]).toEqual([
    'witness',
    undefined,
    undefined,
  ]);
  const renamed = planned(knowing([heard]), [person([['name', 'Ana']], { subject })]).items;
  expect(renamed.map((item) => item.subjectCategory)).toEqual(['witness']);
});

test('what a record says stands in the order of the catalogue, whatever the order of its claims', () => {
  const said: Parameters<typeof claim>[] = [
    ['subjectCategory', 'suspect'],
    ['dateOfBirth', '1980-01-02'],
    ['name', 'Ana'],
  ];
  const order = propertiesOf('person').map(({ name }) => name);
  for (const claims of [said, said.toReversed()]) {
    const shown = planned(knowing([]), [person(claims)]).items[0]?.statements.map(({ property }) => property) ?? [];
    expect(shown).toHaveLength(3);
    expect(shown).toEqual(order.filter((property) => shown.includes(property)));
  }
});

test('a link needs those of its ends that are offered and that we do not hold', () => {
  const one = person([['name', 'Ana']]);
  const other = person([['name', 'Ben']]);
  const joins = link('associate-of', one.record.subject, other.record.subject, { author: AGENCY_B });
  expect(needs(knowing([]), [one, other, joins])).toEqual([one.record.subject, other.record.subject]);
  expect(needs(knowing([one]), [other, joins])).toEqual([other.record.subject]);
  expect(needs(knowing([]), [joins])).toEqual([]);
});

test('what we hold is asked for a few hundred subjects at once, and each subject once', () => {
  const subject = subjectId(900_901);
  const ours = knowing([entity('person', { subject, claims: [claim('name', 'Ana')] })]);
  const about = Array.from({ length: 500 }, (_, i) => person([['name', `Name ${i}`]], { subject }));
  const others = Array.from({ length: 600 }, (_, i) => person([['name', `Other ${i}`]]));
  const plan = planReceive(ours, [...about, ...others]);
  expect(plan.entries.find((entry) => entry.subject === subject)?.news).toHaveLength(500);
  expect(ours.asked.map((subjects) => subjects.length)).toEqual([256, 256, 89]);
  expect(new Set(ours.asked.flat()).size).toBe(601);
});

test('what two authors say of one subject are two items, so that either can be held; the first has the subject as its handle', () => {
  const subject = subjectId(903);
  const theirs = person([['name', 'Ana']], { subject });
  const other = entity('person', { subject, author: AGENCY_C, claims: [claim('name', 'Anna')] });
  const { items } = planned(knowing([]), [theirs, other]);
  expect(items.map(({ item, author, records }) => [item, author, records])).toEqual(
    expect.arrayContaining([
      [subject, AGENCY_B, [theirs.id]],
      [`${subject} entity ${AGENCY_C}`, AGENCY_C, [other.id]],
    ]),
  );
});

test('a conflict tells both values with whose they are and by what source', () => {
  const subject = subjectId(904);
  const held = entity('person', { subject, claims: [claim('dateOfBirth', '1980-01-02')] });
  const [item] = planned(knowing([held]), [person([['dateOfBirth', '1979-12-31']], { subject })]).items;
  expect(item?.statements[0]).toMatchObject({
    theirs: '1979-12-31',
    author: 'Them',
    ours: '1980-01-02',
    oursBy: { author: 'Us', source: held.record.kind === 'entity' ? held.record.source : undefined },
  });
});

test('the case comes first, then people by name with numbers as numbers, then what joins them', () => {
  const [two, ten] = ['Ana 2', 'Ana 10'].map((name) => person([['name', name]]));
  if (two === undefined || ten === undefined) throw new Error('two people');
  const joins = link('associate-of', two.record.subject, ten.record.subject, { author: AGENCY_B });
  const { entries } = planReceive(knowing([]), [joins, ten, two]);
  expect(entries.map(({ label }) => label)).toEqual(['Ana 2', 'Ana 10', expect.any(String)]);
});

describe('two authors who contradict each other in one bundle', () => {
  const subject = subjectId(905);
  const said = [claim('name', 'Ana'), claim('dateOfBirth', '1980-01-02')];
  const theirs = entity('person', { subject, author: AGENCY_B, claims: said });
  const other = entity('person', { subject, author: AGENCY_C, claims: [claim('dateOfBirth', '1979-12-31')] });
  const facts = { isThirdParty: () => false, textOf: () => '' };
  const side = `${subject} entity ${AGENCY_C}`;

  test('are one conflict, with both values', () => {
    const ours = knowing([]);
    const plan = planReceive(ours, [theirs, other]);
    expect(plan.counts).toMatchObject({ new: 0, conflicting: 1 });
    const [lead, second] = plan.entries;
    expect([lead?.state, lead?.sides, second?.sideOf, second?.item]).toEqual(['conflicting', [side], subject, side]);
    if (lead === undefined || second === undefined) throw new Error('two sides');
    const telling = { held: ours.of([theirs, other]), label: () => '', agencyName: (agency: AgencyId) => agency };
    const told = statementsOf(telling, lead, [second]).filter(({ property }) => property === 'dateOfBirth');
    expect(told.map((one) => [one.theirs, one.author, one.state])).toEqual([
      ['1980-01-02', AGENCY_B, 'differs'],
      ['1979-12-31', AGENCY_C, 'differs'],
    ]);
  });

  test('are decided together, or each by itself', () => {
    const plan = planReceive(knowing([]), [theirs, other]);
    const index = runThrough(indexInSteps(plan, facts.isThirdParty));
    const decisionsFor = (choices: ReviewChoice[]) => decide(plan, index, choices, facts);
    const tallyOf = (decided: Decided) => runThrough(tallyInSteps(plan, index, decided));
    const both = decisionsFor([{ decision: 'accept', which: { items: [subject] } }]);
    expect(both.decisions).toEqual(['accept', 'accept']);
    expect(tallyOf(both)).toMatchObject({ accepted: { conflicting: 1 }, records: { accepted: 2 } });
    const apart = decisionsFor([
      { decision: 'accept', which: { items: [subject] } },
      { decision: 'hold', which: { items: [side] } },
    ]);
    expect([apart.decisions, apart.missing]).toEqual([['accept', 'hold'], 0]);
    expect(tallyOf(apart)).toMatchObject({
      accepted: { conflicting: 1 },
      held: { conflicting: 1 },
      records: { accepted: 1, held: 1 },
    });
    const anew = decisionsFor([
      { decision: 'hold', which: { items: [side] } },
      { decision: 'accept', which: { items: [subject] } },
    ]);
    expect(anew.decisions).toEqual(['accept', 'accept']);
  });

  test('are two items where what they say can both be so', () => {
    const more = entity('person', { subject, author: AGENCY_C, claims: [claim('name', 'Anna')] });
    const { entries, counts } = planReceive(knowing([]), [theirs, more]);
    expect([counts.new, entries.map(({ sideOf }) => sideOf)]).toEqual([2, [undefined, undefined]]);
  });
});
