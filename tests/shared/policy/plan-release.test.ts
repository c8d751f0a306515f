import { describe, expect, test } from 'vitest';
import { AgencyId, FileHash, RecordId } from '../../../src-shared/domain/ids.ts';
import { PartialDate } from '../../../src-shared/domain/partial-date.ts';
import type { ParsedRecord } from '../../../src-shared/records/parse-record.ts';
import { planRelease } from '../../../src-shared/policy/plan-release.ts';
import type { ReleaseQuestion } from '../../../src-shared/policy/plan-release.ts';
import { questionOf, recipient } from '../../support/release-question.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import type { EntityRecord } from '../../../src-shared/domain/record.ts';
import { AGENCY_B, attachment, caseWith, claim, entity, link, retraction } from '../../support/records.ts';

function plan(records: readonly ParsedRecord[], more: Partial<ReleaseQuestion> = {}) {
  const { verdicts, stops } = planRelease(questionOf(records, more));
  const ruleOf = (one: ParsedRecord) => verdicts.find(({ id }) => id === one.id)?.verdict.rule;
  const claimRule = (one: ParsedRecord, property: string) => {
    const found = verdicts.find(({ id }) => id === one.id);
    const at = one.record.claims.findIndex((each) => 'property' in each && each.property === property);
    return found?.claims[at]?.rule;
  };
  return { ruleOf, claimRule, stops: stops.map(({ rule }) => rule) };
}

const victim = (...more: Parameters<typeof claim>[]) =>
  entity('person', {
    claims: [
      claim('name', 'Vera Inventova'),
      claim('subjectCategory', 'victim'),
      ...more.map((each) => claim(...each)),
    ],
  });
const suspect = entity('person', { claims: [claim('name', 'Sergo Madeupson'), claim('subjectCategory', 'suspect')] });

/** A file of some size that supports the suspect. */
function sized([digits, size]: readonly [string, number]): ParsedRecord {
  const hash = digits.repeat(64 / digits.length);
  const one = attachment([suspect.record.subject]);
  if (one.record.kind !== 'attachment') throw new Error('not a file');
  const file = { ...one.record.file, sha256: FileHash.parse(hash), size };
  return { ...one, id: RecordId.parse(hash), record: { ...one.record, file } };
}

/** What decides about each of these files beside the suspect. */
function fileRules(photos: readonly ParsedRecord[]): string[] {
  const files = { here: new Set(photos.map(({ id }) => id)), sentToAll: new Set<RecordId>() };
  const { ruleOf } = plan([suspect, ...photos], { files });
  return photos.map((one) => ruleOf(one) ?? '');
}

describe('a whole release', () => {
  test.each([
    ['[P1] without a legal basis', { legalBases: [] }, 'P1'],
    ['[P1] with a basis that only defines the crime', { legalBases: ['eu-2011-36'] }, 'P1'],
    ['[P1] with a duty alone', { legalBases: ['led-7'] }, 'P1'],
    ['[P10] to a partner whose keys are not confirmed', { recipients: [recipient({ isConfirmed: false })] }, 'P10'],
    ['[P14] whose purpose names a victim', { purpose: 'about Vera Inventova' }, 'P14'],
    ['[P15] of nothing', { candidates: [] }, 'P15'],
  ])('%s is stopped', (_name, change, rule) => {
    expect(plan([victim()], change).stops).toContain(rule);
  });

  test('[P1] with a gateway is not stopped', () => {
    expect(plan([suspect]).stops).toEqual([]);
  });
});

describe('a record', () => {
  test('[P0] of our own leaves', () => {
    expect(plan([suspect]).ruleOf(suspect)).toBe('P0');
  });
  test('[P2] marked TLP:RED stays home', () => {
    const red = entity('vehicle', { handling: { tlp: 'TLP:RED' } });
    expect(plan([red]).ruleOf(red)).toBe('P2');
  });
  test('[P3] of another agency stays home', () => {
    const theirs = entity('vehicle', { author: AGENCY_B });
    expect(plan([theirs]).ruleOf(theirs)).toBe('P3');
  });
  test('[P4] with H2 stays home', () => {
    const held = entity('vehicle', { handling: { codes: ['H2'] } });
    expect(plan([held]).ruleOf(held)).toBe('P4');
  });
  test.each(['H0', 'H1', 'P'] as const)('[P0] with %s leaves, and its code with it', (code) => {
    const one = entity('vehicle', { handling: { codes: [code] } });
    expect(plan([one]).ruleOf(one)).toBe('P0');
  });
  test('[P11] past its review date stays home; on the day it leaves', () => {
    const late = entity('vehicle', { handling: { reviewOn: '2026-02-28' } });
    const due = entity('vehicle', { handling: { reviewOn: '2026-03-01' } });
    const { ruleOf } = plan([late, due]);
    expect([ruleOf(late), ruleOf(due)]).toEqual(['P11', 'P0']);
  });
  test('[P9] of an excluded subject stays home', () => {
    expect(plan([suspect], { exclude: new Set([suspect.record.subject]) }).ruleOf(suspect)).toBe('P9');
  });
  test('[P13] of an informant stays home entirely, with its links [P12] and its membership', () => {
    const informant = entity('person', {
      claims: [claim('name', 'Isa Fictiva'), claim('subjectCategory', 'informant')],
    });
    const meets = link('associate-of', informant.record.subject, suspect.record.subject);
    const list = caseWith([informant.record.subject, suspect.record.subject]);
    const { ruleOf } = plan([informant, suspect, meets, list]);
    expect([ruleOf(informant), ruleOf(meets), ruleOf(list)]).toEqual(['P13', 'P12', 'P0']);
    const rules = planRules(list, [informant, suspect, meets, list]);
    expect(rules[informant.record.subject]).toBe('P12');
    expect(rules[suspect.record.subject]).toBe('P0');
  });
  test('[P12] is our link to what the recipient itself told us of, and leaves; to somebody else it stays home', () => {
    const theirs = entity('person', { author: AGENCY_B, claims: [claim('name', 'Sergo Madeupson')] });
    const phone = entity('phone', { claims: [claim('number', '+44 7700 900123')] });
    const uses = link('uses', theirs.record.subject, phone.record.subject);
    const all = [theirs, phone, uses];
    expect(plan(all).ruleOf(uses)).toBe('P0');
    const other = AgencyId.parse('c'.repeat(64));
    expect(
      plan(all, {
        recipients: [recipient(), recipient({ agency: other })],
      }).ruleOf(uses),
    ).toBe('P12');
  });
  test('[P0] of an evidence file leaves with what it supports; that of another agency only by permission [P3]', () => {
    const photo = attachment([suspect.record.subject], { claims: [claim('name', 'invented photo.jpg')] });
    const theirs = attachment([suspect.record.subject], { author: AGENCY_B });
    const { ruleOf, claimRule } = plan([suspect, photo, theirs]);
    expect([ruleOf(suspect), ruleOf(photo), ruleOf(theirs)]).toEqual(['P0', 'P0', 'P3']);
    expect(claimRule(photo, 'name')).toBe('P0');
  });
  test('[P16] of a file about a protected person stays home until the officer includes that class, whoever else is in it', () => {
    const her = victim();
    const both = attachment([her.record.subject, suspect.record.subject].toSorted());
    const knows = link('knows', her.record.subject, suspect.record.subject);
    const ofLink = attachment([knows.record.subject]);
    const all = [suspect, her, knows, both, ofLink];
    const home = plan(all);
    expect([her, knows, both, ofLink].map((one) => home.ruleOf(one))).toEqual(['P0', 'P0', 'P16', 'P16']);
    const included = plan(all, { include: ['victims'] });
    expect([both, ofLink].map((one) => included.ruleOf(one))).toEqual(['P0', 'P0']);
    expect([both, ofLink].map((one) => plan(all, { include: ['witnesses'] }).ruleOf(one))).toEqual(['P16', 'P16']);
  });
  test('[P16] of a file about what only a protected person has stays home', () => {
    const her = victim();
    const phone = entity('phone', { claims: [claim('number', '+44 7700 900123')] });
    const uses = link('uses', her.record.subject, phone.record.subject);
    const screenshot = attachment([phone.record.subject]);
    expect(plan([her, phone, uses, screenshot]).ruleOf(screenshot)).toBe('P16');
    const ofHis = link('uses', suspect.record.subject, phone.record.subject);
    expect(plan([her, suspect, phone, uses, ofHis, screenshot]).ruleOf(screenshot)).toBe('P0');
  });
  test('[P12] of a file stays home with anything that it supports: kept home by the officer, marked, or not in this release', () => {
    const car = entity('vehicle');
    const red = entity('vehicle', { handling: { tlp: 'TLP:RED' } });
    const [ofBoth, ofRed, elsewhere] = [[suspect, car], [red], [entity('vehicle')]].map((about) =>
      attachment(about.map(({ record }) => record.subject).toSorted()),
    );
    if (ofBoth === undefined || ofRed === undefined || elsewhere === undefined) throw new Error('no file');
    const { ruleOf } = plan([suspect, car, red, ofBoth, ofRed, elsewhere], { exclude: new Set([car.record.subject]) });
    expect([ofBoth, ofRed, elsewhere].map((one) => ruleOf(one))).toEqual(['P12', 'P12', 'P12']);
  });
  test('[P33] of a file that is not here whole stays home', () => {
    const photo = attachment([suspect.record.subject]);
    const files = { here: new Set<RecordId>(), sentToAll: new Set<RecordId>() };
    expect(plan([suspect, photo], { files }).ruleOf(photo)).toBe('P33');
  });
  test('[P32] of files that are together too large stay home: those that everybody got first, then the largest', () => {
    const MIB = 2 ** 20;
    const sizes = [
      ['1', 30 * MIB],
      ['2', 40 * MIB],
      ['3', 64 * MIB],
      ['4', 64 * MIB + 1],
      ['5', 0],
    ] as const;
    const photos = sizes.map(sized);
    const rulesOf = (sent: readonly string[]) => {
      const files = {
        here: new Set(photos.map(({ id }) => id)),
        sentToAll: new Set(sent.map((digit) => RecordId.parse(digit.repeat(64)))),
      };
      const { ruleOf } = plan([suspect, ...photos], { files });
      return photos.map((one) => ruleOf(one)).join(' ');
    };
    expect(rulesOf([])).toBe('P0 P32 P32 P32 P0');
    expect(rulesOf(['1'])).toBe('P32 P0 P32 P32 P0');
    expect(rulesOf(['1', '2', '5'])).toBe('P32 P32 P0 P32 P0');
  });
  test('[P32] the smaller file goes before the larger, whatever their hashes, and one that two records name is counted once', () => {
    const MIB = 2 ** 20;
    const [large, small] = [sized(['1', 40 * MIB]), sized(['2', 30 * MIB])];
    expect(fileRules([large, small])).toEqual(['P32', 'P0']);
    const again = { ...small, id: RecordId.parse('3'.repeat(64)) };
    expect(fileRules([small, again, sized(['4', 34 * MIB])])).toEqual(['P0', 'P0', 'P0']);
  });
  test('[P32] no more files go than a bundle may carry', () => {
    const hashes = Array.from({ length: 1025 }, (_, i) => i.toString(16).padStart(4, '0'));
    const rules = fileRules(hashes.map((hash, i) => sized([hash, i])));
    expect(rules.filter((rule) => rule === 'P0')).toHaveLength(1024);
    expect(rules.at(-1)).toBe('P32');
  });
  test('[P8] whose source reference names a victim stays home', () => {
    const report = entity('event', { reference: 'Interview Vera Inventova', claims: [claim('description', 'x')] });
    expect(plan([victim(), report]).ruleOf(report)).toBe('P8');
  });
  const born = PartialDate.parse('2003-04-05');
  test.each<[string, Partial<EntityRecord['source']>, Partial<EntityRecord['handling']>]>([
    ['day of collection', { collectedOn: born }, {}],
    ['caveat', {}, { codes: ['H3'], caveat: 'Ask before Vera Inventova is told' }],
    ['purpose', {}, { purposes: ['protection of Vera Inventova'] }],
    ['legal basis', {}, { legalBases: ['order about Vera Inventova'] }],
  ])('[P8] whose %s contains a withheld value stays home', (_name, source, handling) => {
    const one = entity('event', { handling, claims: [claim('description', 'x')] });
    const report = { ...one, record: { ...one.record, source: { ...one.record.source, ...source } } };
    const about = victim(['dateOfBirth', born]);
    expect(plan([about, report]).ruleOf(report)).toBe('P8');
    expect(plan([suspect, report]).ruleOf(report)).toBe('P0');
  });
  test('[P28] that is an assessment leaves as one', () => {
    const one = entity('vehicle');
    const guess = { ...one, record: { ...one.record, source: { ...one.record.source, basis: 'assessment' as const } } };
    const { verdicts } = planRelease(questionOf([one, guess]));
    expect(verdicts.map(({ verdict, conditions }) => [verdict.rule, conditions.includes('P28')])).toEqual([
      ['P0', false],
      ['P0', true],
    ]);
  });
  test('[P26] whose label limits who may read it leaves with it', () => {
    const labels = ['TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT'] as const;
    const records = labels.map((tlp) => entity('vehicle', { handling: { tlp } }));
    const { verdicts } = planRelease(questionOf(records));
    expect(verdicts.map(({ conditions }) => conditions.includes('P26'))).toEqual([false, true, true, true]);
  });
  test('[P31] of another agency that nothing proves stays home although it may be passed on; ours leaves', () => {
    const theirs = entity('vehicle', { author: AGENCY_B });
    const other = recipient({ agency: AgencyId.parse('c'.repeat(64)) });
    const leave = { author: AGENCY_B, targets: [theirs.id], recipients: [other.agency], until: '2026-12-31' };
    const more = { recipients: [other], permissions: [{ ...leave, purposes: ['investigation'] }] };
    expect(plan([theirs], more).ruleOf(theirs)).toBe('P0');
    const unproven = new Set([theirs.id, suspect.id]);
    const { ruleOf } = plan([theirs, suspect], { ...more, unproven });
    expect([ruleOf(theirs), ruleOf(suspect)]).toEqual(['P31', 'P0']);
    expect(plan([theirs], { recipients: [other], unproven }).ruleOf(theirs)).toBe('P3');
  });
});

function planRules(list: ParsedRecord, records: readonly ParsedRecord[]): Record<string, string | undefined> {
  const { verdicts } = planRelease(questionOf(records, { recipients: [], purpose: 'x' }));
  const verdict = verdicts.find(({ id }) => id === list.id);
  return Object.fromEntries(
    list.record.claims.map((each, at) => [
      'value' in each && typeof each.value === 'string' ? each.value : '',
      verdict?.claims[at]?.rule,
    ]),
  );
}

describe('a claim', () => {
  test('[P5] that identifies a victim is withheld; the category is not', () => {
    const one = victim(['dateOfBirth', '2001-02-03']);
    const { claimRule } = plan([one]);
    expect([claimRule(one, 'name'), claimRule(one, 'dateOfBirth'), claimRule(one, 'subjectCategory')]).toEqual([
      'P5',
      'P5',
      'P0',
    ]);
  });
  test.each([
    ['possible-victim', 'victims'],
    ['witness', 'witnesses'],
  ] as const)('[P5] protects a %s until an officer includes the %s', (category, include) => {
    const one = entity('person', { claims: [claim('name', 'Nora Nobody'), claim('subjectCategory', category)] });
    expect(plan([one]).claimRule(one, 'name')).toBe('P5');
    expect(plan([one], { include: [include] }).claimRule(one, 'name')).toBe('P0');
  });
  test('[P5] protects a child whatever else is said', () => {
    const one = entity('person', {
      claims: [claim('name', 'Kim Younger'), claim('subjectCategory', 'suspect'), claim('isMinor', true)],
    });
    expect(plan([one], { include: ['witnesses'] }).claimRule(one, 'name')).toBe('P5');
  });
  test('[P5] protects when two sources disagree, in both records', () => {
    const one = entity('person', { claims: [claim('name', 'Alex Twofold'), claim('subjectCategory', 'suspect')] });
    const other = entity('person', {
      subject: one.record.subject,
      claims: [claim('name', 'A. Twofold'), claim('subjectCategory', 'victim')],
    });
    const { claimRule } = plan([one, other]);
    expect([claimRule(one, 'name'), claimRule(other, 'name')]).toEqual(['P5', 'P5']);
  });
  test('[P5] that the catalogue does not know is taken as identifying', () => {
    const one = victim(['tattooOfPartner', 'rose']);
    expect(plan([one]).claimRule(one, 'tattooOfPartner')).toBe('P5');
  });
  test('[P6] of a phone that only a victim uses is withheld; a shared one leaves', () => {
    const one = victim();
    const phone = entity('phone', { claims: [claim('number', '+44 7700 900123')] });
    const uses = link('uses', one.record.subject, phone.record.subject);
    const shared = link('uses', suspect.record.subject, phone.record.subject);
    expect(plan([one, suspect, phone, uses]).claimRule(phone, 'number')).toBe('P6');
    expect(plan([one, suspect, phone, uses, shared]).claimRule(phone, 'number')).toBe('P0');
  });
  test('[P7] of free text that names a victim is withheld', () => {
    const one = victim();
    const event = entity('event', { claims: [claim('description', 'Seen with Vera at the invented harbour')] });
    const quiet = entity('event', { claims: [claim('description', 'Nobody was seen')] });
    const { claimRule } = plan([one, event, quiet]);
    expect([claimRule(event, 'description'), claimRule(quiet, 'description')]).toEqual(['P7', 'P0']);
  });
  test('[P7] that was valid from a withheld day is withheld', () => {
    const about = victim(['dateOfBirth', '2003-04-05']);
    const day = PartialDate.parse('2003-04-05');
    const since = { ...claim('registration', 'LAMP 1'), validFrom: day };
    const until = { ...claim('registration', 'LAMP 2'), validTo: day };
    const [one, other] = [entity('vehicle', { claims: [since] }), entity('vehicle', { claims: [until] })];
    const { claimRule } = plan([about, one, other]);
    expect([claimRule(one, 'registration'), claimRule(other, 'registration')]).toEqual(['P7', 'P7']);
    expect(plan([suspect, one]).claimRule(one, 'registration')).toBe('P0');
  });
  test('[P7] that says why something was erased is withheld; why it was corrected is not', () => {
    const [erasure, correction] = (['erase', 'correct'] as const).map((action) => {
      const one = retraction([suspect.id], { claims: [claim('reason', 'wrong car')] });
      return { ...one, record: { ...one.record, action } as ParsedRecord['record'] };
    });
    if (erasure === undefined || correction === undefined) throw new Error('two withdrawals');
    const { ruleOf, claimRule } = plan([erasure, correction]);
    expect([ruleOf(erasure), claimRule(erasure, 'reason')]).toEqual(['P0', 'P7']);
    expect([ruleOf(correction), claimRule(correction, 'reason')]).toEqual(['P0', 'P0']);
  });
  test('[P3] that its author withheld from us does not count as leaving', () => {
    const record = withhold(suspect.record, ({ property }) => property === 'name');
    const { verdicts } = planRelease(questionOf([{ ...suspect, record }]));
    const rules = record.claims.map((each, at) => ['property' in each, verdicts[0]?.claims[at]]);
    expect(rules).toEqual(
      expect.arrayContaining([
        [false, { action: 'withhold', rule: 'P3' }],
        [true, { action: 'release', rule: 'P0' }],
      ]),
    );
  });
  test('[P7] in a record committed as a whole keeps the whole record home', () => {
    const one = victim();
    const note = link('associate-of', suspect.record.subject, one.record.subject, {
      claims: [claim('note', 'calls her Vera')],
    });
    expect(plan([one, suspect, note]).ruleOf(note)).toBe('P7');
  });
  test('[P7] that repeats a RED value is withheld, unless an open record says the same of the same subject', () => {
    const subject = suspect.record.subject;
    const red = entity('person', {
      subject,
      handling: { tlp: 'TLP:RED' },
      claims: [claim('alias', 'The Lamplighter')],
    });
    const text = entity('event', { claims: [claim('description', 'The Lamplighter came')] });
    const open = entity('person', { subject, claims: [claim('alias', 'The Lamplighter')] });
    expect(plan([suspect, red, text]).claimRule(text, 'description')).toBe('P7');
    expect(plan([suspect, red, text, open]).claimRule(text, 'description')).toBe('P0');
  });
});
