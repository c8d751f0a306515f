import { expect, test } from 'vitest';
import { releaseSubjects } from '../../../src-main/exchange/release-subjects.ts';
import type { SubjectFilter } from '../../../src-main/exchange/release-subjects.ts';
import { propertiesOf } from '../../../src-shared/catalogue/kinds.ts';
import { runThrough } from '../../../src-shared/crypto/steps.ts';
import { planRelease } from '../../../src-shared/policy/plan-release.ts';
import type { ReleaseQuestion } from '../../../src-shared/policy/plan-release.ts';
import type { ParsedRecord } from '../../../src-shared/records/parse-record.ts';
import { AGENCY_A, AGENCY_B, caseWith, claim, entity, link, subjectId } from '../../support/records.ts';
import { questionOf } from '../../support/release-question.ts';

function prepared(records: readonly ParsedRecord[], more: Partial<ReleaseQuestion> = {}) {
  const plan = planRelease(questionOf(records, more));
  const names = { us: AGENCY_A, label: () => undefined, agency: () => 'Southvale Agency', heldBy: () => () => [] };
  const { page, records: recordsOf } = runThrough(releaseSubjects(plan, names));
  return {
    page: (filter: SubjectFilter, after: number, limit: number) => runThrough(page(filter, { after, limit })),
    recordsOf,
  };
}

function subjectsOf(records: readonly ParsedRecord[]) {
  return prepared(records).page({ show: 'all' }, 0, 100).subjects;
}

const said: Parameters<typeof claim>[] = [
  ['subjectCategory', 'victim'],
  ['dateOfBirth', '2003-04-05'],
  ['name', 'Vera Inventova'],
];

test('a person comes with the category that protects most of those claimed, and nothing else has one', () => {
  const subject = subjectId(910);
  const subjects = subjectsOf([
    entity('person', { subject, claims: [claim('subjectCategory', 'suspect')] }),
    entity('person', { subject, claims: [claim('subjectCategory', 'victim')] }),
    entity('phone', { claims: [claim('number', '+44 7700 900123')] }),
  ]);
  expect(subjects.map(({ subjectCategory }) => subjectCategory)).toEqual(['victim', undefined]);
});

test('the claims of a record stand in the order of the catalogue, each with its own verdict', () => {
  const order = propertiesOf('person').map(({ name }) => name);
  for (const claims of [said, said.toReversed()]) {
    const [subject] = subjectsOf([entity('person', { claims: claims.map((each) => claim(...each)) })]);
    const shown = subject?.records[0]?.claims ?? [];
    expect(shown.map(({ property }) => property)).toEqual(order.filter((name) => said.some(([has]) => has === name)));
    const leaves = shown.filter(({ verdict }) => verdict.action === 'release').map(({ property }) => property);
    expect(leaves).toEqual(['subjectCategory']);
  }
});

test('the subjects come page by page, in one order: the case, protected people first, then what joins them', () => {
  const [victim, suspect] = [subjectId(911), subjectId(912)];
  const records = [
    link('associate-of', suspect, victim),
    entity('person', { subject: suspect, claims: [claim('name', 'Sergo Madeupson')] }),
    entity('person', {
      subject: victim,
      claims: [claim('name', 'Vera Inventova'), claim('subjectCategory', 'victim')],
    }),
    caseWith([victim, suspect]),
  ];
  const found = prepared(records);
  const all = found.page({ show: 'all' }, 0, 100);
  expect(all.subjects.map(({ kind, isProtected }) => `${kind} ${isProtected}`)).toEqual([
    'case false',
    'entity true',
    'entity false',
    'link false',
  ]);
  expect(all.total).toBe(4);
  const pages = [0, 1, 2, 3, 4].map((after) => found.page({ show: 'all' }, after, 1));
  expect(pages.flatMap(({ subjects }) => subjects)).toEqual(all.subjects);
});

test('what is asked for by way or by rule is all of that and nothing else', () => {
  const victim = entity('person', { claims: [claim('name', 'Vera Inventova'), claim('subjectCategory', 'victim')] });
  const red = entity('vehicle', { handling: { tlp: 'TLP:RED' } });
  const theirs = entity('vehicle', { author: AGENCY_B });
  const open = entity('vehicle', {});
  const found = prepared([victim, red, theirs, open]);
  const subjectsIn = (filter: Parameters<typeof found.page>[0]) =>
    found
      .page(filter, 0, 100)
      .subjects.map(({ subject }) => subject)
      .toSorted();
  expect(subjectsIn({ show: 'leaving' })).toEqual(ids(victim, open));
  expect(subjectsIn({ show: 'home' })).toEqual(ids(victim, red, theirs));
  expect(subjectsIn({ show: 'third-party' })).toEqual(ids(theirs));
  expect(subjectsIn({ show: 'protected' })).toEqual(ids(victim));
  expect(subjectsIn({ show: 'all', rule: 'P2' })).toEqual(ids(red));
  expect(subjectsIn({ show: 'all', rule: 'P5' })).toEqual(ids(victim));
});

test('of a case with very many members a hundred are listed, and the rest counted', () => {
  const people = Array.from({ length: 150 }, () => entity('person', { claims: [claim('name', 'Sergo Madeupson')] }));
  const list = caseWith(people.map(({ record }) => record.subject));
  const [first] = prepared([list, ...people]).page({ show: 'all' }, 0, 1).subjects;
  expect(first?.records[0]?.claims).toHaveLength(100);
  expect(first?.records[0]?.more).toEqual({ leaving: 50, withheld: 0 });
});

function ids(...records: readonly ParsedRecord[]) {
  return records.map(({ record }) => record.subject).toSorted();
}
