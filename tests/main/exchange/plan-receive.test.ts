import { describe, expect, test } from 'vitest';
import { planReceive } from '../../../src-main/exchange/plan-receive.ts';
import type { Offered, OurKnowledge } from '../../../src-main/exchange/plan-receive.ts';
import { propertiesOf } from '../../../src-shared/catalogue/kinds.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import { AGENCY_A, AGENCY_B, attachment, claim, entity, link, subjectId } from '../../support/records.ts';

/** What a store holds, as plain data. */
function knowing(
  held: readonly Offered[],
  erased: readonly string[] = [],
): OurKnowledge & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    us: AGENCY_A,
    record: (id) => held.find((one) => one.id === id)?.record,
    isErased: (id) => erased.includes(id),
    hasEntity: (subject) => held.some(({ record }) => record.kind === 'entity' && record.subject === subject),
    label: (subject) => (held.some(({ record }) => record.subject === subject) ? 'Ours' : undefined),
    liveRecords(subject: SubjectId) {
      asked.push(subject);
      return held.filter(({ record }) => record.subject === subject);
    },
    agencyName: (agency) => (agency === AGENCY_A ? 'Us' : 'Them'),
  };
}

const person = (said: Parameters<typeof claim>[], more: object = {}) =>
  entity('person', { author: AGENCY_B, claims: said.map((each) => claim(...each)), ...more });

describe('an item is', () => {
  const subject = subjectId(900);
  const ours = entity('person', { subject, claims: [claim('name', 'Ana'), claim('dateOfBirth', '1980-01-02')] });

  test('new where we hold nothing of its subject, known where we hold its record, refused where it was erased', () => {
    const theirs = person([['name', 'Ana']]);
    expect(planReceive(knowing([]), [theirs]).counts).toMatchObject({ new: 1, known: 0, refused: 0 });
    expect(planReceive(knowing([theirs]), [theirs]).counts).toMatchObject({ new: 0, known: 1 });
    expect(planReceive(knowing([], [theirs.id]), [theirs]).refused).toEqual([{ record: theirs.id, rule: 'X3' }]);
  });

  test('[X5] refused where it is about a file, which no bundle carries', () => {
    const photo = attachment([subject], { author: AGENCY_B });
    expect(planReceive(knowing([]), [photo]).refused).toEqual([{ record: photo.id, rule: 'X5' }]);
  });

  test('refused where it says that we said what we never said', () => {
    const forged = entity('person', { author: AGENCY_A, claims: [claim('name', 'Ana')] });
    expect(planReceive(knowing([]), [forged]).refused).toEqual([{ record: forged.id, rule: 'X4' }]);
    expect(planReceive(knowing([forged]), [forged]).counts).toMatchObject({ known: 1, refused: 0 });
  });

  test('conflicting where a property that there is once has another value, and shows ours beside theirs', () => {
    const theirs = person([['dateOfBirth', '1979-12-31']], { subject });
    const [item] = planReceive(knowing([ours]), [theirs]).items;
    expect(item).toMatchObject({ state: 'conflicting', records: [theirs.id] });
    expect(item?.statements).toMatchObject([
      { theirs: '1979-12-31', ours: '1980-01-02', state: 'differs', author: 'Them' },
    ]);
  });

  test('changed where it adds a second name or says the same again', () => {
    const [second] = planReceive(knowing([ours]), [person([['name', 'Anna']], { subject })]).items;
    expect([second?.state, second?.statements[0]?.state]).toEqual(['changed', 'new']);
    const [same] = planReceive(knowing([ours]), [person([['name', 'Ana']], { subject })]).items;
    expect([same?.state, same?.statements[0]?.state]).toEqual(['changed', 'same']);
  });

  test('not in conflict with the record that it replaces', () => {
    const before = person([['dateOfBirth', '1979-12-31']], { subject });
    const after = person([['dateOfBirth', '1979-12-30']], { subject, supersedes: [before.id] });
    const [item] = planReceive(knowing([before]), [after]).items;
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
    expect(planReceive(knowing([copy('name')]), [copy('alias')]).counts).toMatchObject({ changed: 1, known: 0 });
    expect(planReceive(knowing([full]), [copy('alias')]).counts).toMatchObject({ changed: 0, known: 1 });
  });
});

function needs(ours: OurKnowledge, offered: readonly Offered[]) {
  return planReceive(ours, offered).items.find(({ kind }) => kind === 'link')?.needs;
}

test('a person comes with the category that protects most of those offered, and nothing else has one', () => {
  const subject = subjectId(902);
  const seen = person([['subjectCategory', 'suspect']], { subject });
  const heard = person([['subjectCategory', 'witness']], { subject });
  const phone = entity('phone', { author: AGENCY_B, claims: [claim('number', '+44 7700 900123')] });
  const nameless = person([['name', 'Ana']]);
  const { items } = planReceive(knowing([]), [seen, heard, phone, nameless]);
  expect(items.map((item) => item.subjectCategory)).toEqual(['witness', undefined, undefined]);
  const renamed = planReceive(knowing([heard]), [person([['name', 'Ana']], { subject })]).items;
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
    const shown = planReceive(knowing([]), [person(claims)]).items[0]?.statements.map(({ property }) => property) ?? [];
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

test('what we hold of a subject is asked for once, however many records are offered about it', () => {
  const subject = subjectId(901);
  const ours = knowing([entity('person', { subject, claims: [claim('name', 'Ana')] })]);
  const offered = Array.from({ length: 500 }, (_, i) => person([['name', `Name ${i}`]], { subject }));
  expect(planReceive(ours, offered).items).toMatchObject([{ records: { length: 500 }, statements: { length: 500 } }]);
  expect(ours.asked).toEqual([subject]);
});
