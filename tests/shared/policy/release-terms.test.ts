import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gatewayScopes } from '../../../src-shared/catalogue/lists/gateway-scopes.ts';
import { legalBases } from '../../../src-shared/catalogue/lists/legal-bases.ts';
import { AgencyId } from '../../../src-shared/domain/ids.ts';
import { TLP_LABELS } from '../../../src-shared/domain/marking.ts';
import { isDisclosed } from '../../../src-shared/domain/record.ts';
import type { Handling } from '../../../src-shared/domain/record.ts';
import { opensGateway } from '../../../src-shared/policy/gateways.ts';
import { planRelease } from '../../../src-shared/policy/plan-release.ts';
import type { ReleaseQuestion } from '../../../src-shared/policy/plan-release.ts';
import { claimHash } from '../../../src-shared/records/record-id.ts';
import type { ParsedRecord } from '../../../src-shared/records/parse-record.ts';
import { AGENCY_B, caseWith, claim, entity, permission, retraction } from '../../support/records.ts';
import { questionOf, recipient } from '../../support/release-question.ts';

const AGENCY_C = AgencyId.parse('c'.repeat(64));
const AGENCY_D = AgencyId.parse('d'.repeat(64));

function plan(records: readonly ParsedRecord[], more: Partial<ReleaseQuestion> = {}) {
  const { verdicts, stops, classes } = planRelease(questionOf(records, more));
  const of = (one: ParsedRecord) => verdicts.find(({ id }) => id === one.id);
  const rule = (one: ParsedRecord) => of(one)?.verdict.rule;
  const conditions = (one: ParsedRecord) => of(one)?.conditions;
  /** The rule of each claim, by its property: their order in a record means nothing. */
  const claimRules = (one: ParsedRecord) => rulesByProperty(one, of(one)?.claims.map((each) => each.rule) ?? []);
  return { rule, conditions, claimRules, classes, stops, rules: stops.map((stop) => stop.rule) };
}

function rulesByProperty<T>(one: ParsedRecord, found: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(
    found.map((each, at) => {
      const said = one.record.claims[at];
      return [said !== undefined && isDisclosed(said) ? said.property : '', each];
    }),
  );
}

const suspect = entity('person', { claims: [claim('name', 'Sergo Madeupson'), claim('subjectCategory', 'suspect')] });

describe('[P17] a legal basis opens a gateway', () => {
  test.each([
    ['palermo-10-1', 'GB', 'NG', 'police', true],
    ['palermo-10-1', 'GB', 'GB', 'police', false],
    ['palermo-10-1', 'GB', 'NG', 'ngo', false],
    ['untoc-27', 'DE', 'TH', 'border', true],
    ['eu-2023-977-4/5', 'DE', 'FR', 'police', true],
    ['eu-2023-977-4/5', 'DE', 'NO', 'police', true],
    ['eu-2023-977-4/5', 'DE', 'GB', 'police', false],
    ['eu-2023-977-4/5', 'DE', 'FR', 'prosecution', false],
    ['prum2', 'DE', 'NO', 'police', false],
    ['led-35', 'DE', 'GB', 'police', true],
    ['led-35', 'DE', 'FR', 'police', false],
    ['led-35', 'GB', 'FR', 'police', false],
    ['led-35', 'DE', 'FR', 'international', true],
    ['led-36..39', 'DE', 'NG', 'ngo', true],
    ['dpa2018-73', 'GB', 'DE', 'police', true],
    ['dpa2018-73', 'DE', 'GB', 'police', false],
    ['eu-uk-tca', 'GB', 'DE', 'police', true],
    ['eu-uk-tca', 'DE', 'GB', 'prosecution', true],
    ['eu-uk-tca', 'DE', 'FR', 'police', false],
    ['europol-18/19', 'DE', 'NL', 'international', true],
    ['europol-18/19', 'DE', 'NL', 'police', false],
    ['europol-25', 'DE', 'GB', 'police', false],
    ['asean-actip', 'TH', 'VN', 'police', true],
    ['asean-actip', 'TH', 'GB', 'police', false],
    ['saarc-2002', 'IN', 'NP', 'police', true],
    ['saarc-2002', 'IN', 'TH', 'police', false],
    ['coe197-32', 'DE', 'GB', 'police', true],
    ['coe197-32', 'DE', 'US', 'police', false],
    ['consent', 'GB', 'GB', 'ngo', true],
    ['consent', 'GB', 'DE', 'police', false],
    ['mou', 'GB', 'GB', 'police', true],
    ['vital', 'GB', 'NG', 'ngo', true],
    ['uk-cca-7', 'GB', 'GB', 'police', true],
    ['uk-cca-7', 'DE', 'GB', 'police', false],
    ['led-7', 'DE', 'FR', 'police', false],
    ['eu-2011-36', 'DE', 'FR', 'police', false],
    ['no-such-basis', 'DE', 'FR', 'police', false],
  ] as const)('%s from %s to %s (%s): %s', (code, from, country, kind, expected) => {
    expect(opensGateway(code, from, { country, kind })).toBe(expected);
  });

  test('for every gateway of the list, and for nothing else, there is a scope', () => {
    const gateways = legalBases.codes.filter(({ kind }) => kind === 'gateway').map(({ code }) => code);
    expect(Object.keys(gatewayScopes).toSorted()).toEqual(gateways.toSorted());
    for (const { code, kind, scope } of legalBases.codes)
      expect([code, scope !== undefined]).toEqual([code, kind === 'gateway']);
  });

  test('for each recipient: the one for whom none does is named', () => {
    const recipients = [recipient({ country: 'FR' }), recipient({ agency: AGENCY_C, country: 'GB' })];
    const { stops } = plan([suspect], { ourCountry: 'DE', recipients, legalBases: ['eu-2023-977-4/5'] });
    expect(stops).toEqual([{ rule: 'P17', key: `P17 ${AGENCY_C}`, isAnswerable: false, agency: AGENCY_C }]);
    const both = { ourCountry: 'DE', recipients, legalBases: ['eu-2023-977-4/5', 'eu-uk-tca'] };
    expect(plan([suspect], both).stops).toEqual([]);
  });

  test('a duty that is cited beside a gateway of somewhere else helps nobody', () => {
    expect(plan([suspect], { legalBases: ['asean-actip', 'led-7'] }).rules).toEqual(['P17']);
  });
});

describe('[P18] a record that is limited to purposes', () => {
  test('leaves for one of them, and for no other', () => {
    const one = limited(['prosecution', 'investigation']);
    expect(plan([one]).rule(one)).toBe('P0');
    expect(plan([one], { purposeCode: 'prosecution' }).rule(one)).toBe('P0');
    expect(plan([one], { purposeCode: 'return' }).rule(one)).toBe('P18');
  });

  test('in words is asked about, once for all records that have the same; not if the officer wrote the same words', () => {
    const [one, other] = [limited(['Operation Test Lamp']), limited(['Operation Test Lamp'])];
    const { stops, rule } = plan([one, other]);
    expect(rule(one)).toBe('P0');
    expect(stops).toEqual([
      {
        rule: 'P18',
        key: expect.stringMatching(/^P18 [0-9a-f]{16}$/),
        isAnswerable: true,
        words: 'Operation Test Lamp',
        count: 2,
      },
    ]);
    expect(plan([one], { purpose: 'Operation Test Lamp' }).stops).toEqual([]);
  });

  test('[P27] H1 does not leave for use before a court, and H0 for nothing but crime', () => {
    const h1 = entity('vehicle', { handling: { codes: ['H1'] } });
    const h0 = entity('vehicle', { handling: { codes: ['H0'] } });
    const { rule, conditions } = plan([h1, h0]);
    expect([rule(h1), rule(h0)]).toEqual(['P0', 'P0']);
    expect(conditions(h1)).toContain('P27');
    expect(plan([h1], { purposeCode: 'judicial-proceedings' }).rule(h1)).toBe('P27');
    expect(plan([h0], { purposeCode: 'victim-protection' }).rule(h0)).toBe('P18');
  });
});

test('[P19] a caveat in words is asked about, once for all records that have the same', () => {
  const caveat = 'Ask first before any action.';
  const records = [
    entity('vehicle', { handling: { codes: ['H3'], caveat } }),
    entity('vehicle', { handling: { codes: ['H3'], caveat } }),
    entity('vehicle', { handling: { codes: ['C'], caveat } }),
  ];
  const { stops } = plan(records);
  expect(stops.map(({ rule, words, count, isAnswerable }) => ({ rule, words, count, isAnswerable }))).toEqual([
    { rule: 'P19', words: caveat, count: 2, isAnswerable: true },
    { rule: 'P19', words: caveat, count: 1, isAnswerable: true },
  ]);
  expect(stops[0]?.key).not.toBe(stops[1]?.key);
});

describe('[P20] a class of data that goes to a partner for the first time', () => {
  const victim = entity('person', {
    claims: [claim('name', 'Vera Inventova'), claim('subjectCategory', 'victim'), claim('appearance', 'tall')],
  });

  test('is asked about, for each partner', () => {
    const recipients = [
      recipient({ sentBefore: new Set(['entity:person']) }),
      recipient({ agency: AGENCY_C, sentBefore: new Set() }),
    ];
    const phone = entity('phone', { claims: [claim('number', '+44 7700 900123')] });
    expect(plan([suspect, phone], { recipients }).stops.map(({ key }) => key)).toEqual([
      `P20 ${AGENCY_B} entity:phone`,
      `P20 ${AGENCY_C} entity:person`,
      `P20 ${AGENCY_C} entity:phone`,
    ]);
  });

  test('who a victim is, an assessment, what is special, and what others said are classes of their own', () => {
    expect(plan([victim]).classes).toEqual(['entity:person']);
    expect(plan([victim], { include: ['victims'] }).classes).toEqual([
      'entity:person',
      'protected:victims',
      'special-category',
    ]);
    const theirs = entity('vehicle', { author: AGENCY_C });
    const permissions = [
      {
        author: AGENCY_C,
        targets: [theirs.id],
        recipients: [AGENCY_B],
        purposes: ['investigation'],
        until: '2026-03-01',
      },
    ];
    expect(plan([theirs], { permissions }).classes).toEqual(['entity:vehicle', 'third-party']);
  });
});

describe('[P21] what the officer keeps home', () => {
  const named = entity('person', { claims: [claim('name', 'Sergo Madeupson'), claim('dateOfBirth', '1984-03-02')] });
  const note = entity('event', { claims: [claim('title', 'Meeting'), claim('description', 'Born on 2 March 1984.')] });
  const born = named.record.claims.find((each) => isDisclosed(each) && each.property === 'dateOfBirth');
  if (born === undefined) throw new Error('the date of birth is missing');

  test('a single value stays, and every text that contains it', () => {
    const withhold = { claims: new Map([[named.id, new Set([claimHash(born)])]]), properties: new Set<string>() };
    const { claimRules } = plan([named, note], { withhold });
    expect(claimRules(named)).toEqual({ name: 'P0', dateOfBirth: 'P21' });
    expect(claimRules(note)).toEqual({ title: 'P0', description: 'P7' });
  });

  test('every value of a property stays, of that type only', () => {
    const withhold = { claims: new Map(), properties: new Set(['person dateOfBirth', 'vehicle name']) };
    expect(plan([named, note], { withhold }).claimRules(named)).toEqual({ name: 'P0', dateOfBirth: 'P21' });
  });

  test('[P14] the purpose may not say it either', () => {
    const withhold = { claims: new Map(), properties: new Set(['person dateOfBirth']) };
    expect(plan([named], { withhold, purpose: 'about the one born 1984-03-02' }).rules).toEqual(['P14']);
  });
});

describe('[P3 P22 P23 P24 P25] the record of another author', () => {
  const theirs = entity('vehicle', { author: AGENCY_C, handling: { tlp: 'TLP:AMBER+STRICT' } });
  const permits = {
    author: AGENCY_C,
    targets: [theirs.id],
    recipients: [AGENCY_B],
    purposes: ['investigation'],
    until: '2026-03-01',
  };

  test.each([
    ['without a permission stays home', [], 'P3'],
    ['with one that is over today leaves', [permits], 'P0'],
    ['with one that was over yesterday stays home', [{ ...permits, until: '2026-02-28' }], 'P23'],
    ['with one for somebody else stays home', [{ ...permits, recipients: [AGENCY_D] }], 'P24'],
    ['with one for another purpose stays home', [{ ...permits, purposes: ['return'] }], 'P25'],
    ['with one of somebody else stays home', [{ ...permits, author: AGENCY_D }], 'P3'],
    ['with one for another record stays home', [{ ...permits, targets: [suspect.id] }], 'P3'],
    [
      'with two that fit only together stays home',
      [
        { ...permits, until: '2026-02-28' },
        { ...permits, purposes: ['return'] },
      ],
      'P23',
    ],
    ['with one that fits among others leaves', [{ ...permits, until: '2026-02-28' }, permits], 'P0'],
  ])('%s', (_name, permissions, expected) => {
    const { rule, conditions } = plan([theirs], { permissions });
    expect(rule(theirs)).toBe(expected);
    expect(conditions(theirs)).toEqual(expected === 'P0' ? ['P22', 'P26'] : []);
  });

  test('goes to nobody when the permission names only one of two recipients', () => {
    const recipients = [recipient(), recipient({ agency: AGENCY_D })];
    expect(plan([theirs], { permissions: [permits], recipients }).rule(theirs)).toBe('P24');
  });

  test('a permission lifts H2, and H1 for the purpose it names; never RED, a review date or a person’s protection', () => {
    const said = (handling: Partial<Handling>) => entity('vehicle', { author: AGENCY_C, handling });
    const rule = (record: ParsedRecord, purposeCode = 'investigation') => {
      const permission = { ...permits, targets: [record.id], purposes: [purposeCode] };
      return plan([record], { permissions: [permission], purposeCode }).rule(record);
    };
    expect(rule(said({ codes: ['H2'] }))).toBe('P0');
    expect(rule(said({ codes: ['H1'] }), 'judicial-proceedings')).toBe('P0');
    expect(rule(said({ tlp: 'TLP:RED' }))).toBe('P2');
    expect(rule(said({ reviewOn: '2026-02-01' }))).toBe('P11');
    const victim = entity('person', {
      author: AGENCY_C,
      claims: [claim('name', 'Vera Inventova'), claim('subjectCategory', 'victim')],
    });
    const found = plan([victim], { permissions: [{ ...permits, targets: [victim.id] }] });
    expect(found.claimRules(victim)).toEqual({ name: 'P5', subjectCategory: 'P0' });
  });

  test('its permission leaves with it, and stays when nothing that it permits leaves', () => {
    const letter = permission([theirs.id], { author: AGENCY_C, recipients: [AGENCY_B] });
    const used = plan([theirs, letter], { permissions: [permits] });
    expect([used.rule(theirs), used.rule(letter)]).toEqual(['P0', 'P0']);
    const over = plan([theirs, letter], { permissions: [{ ...permits, until: '2026-02-28' }] });
    expect([over.rule(theirs), over.rule(letter)]).toEqual(['P23', 'P12']);
  });

  test('its withdrawal goes on to who holds it; the reason only if everybody does', () => {
    const back = retraction([theirs.id], {
      author: AGENCY_C,
      claims: [claim('reason', 'wrong car')],
      handling: { tlp: 'TLP:RED' },
    });
    expect(plan([suspect, back]).rule(back)).toBe('P3');
    const held = plan([suspect, back], { holders: new Map([[theirs.id, [AGENCY_B]]]) });
    expect([held.rule(back), held.claimRules(back)]).toEqual(['P0', { reason: 'P0' }]);
    const recipients = [recipient(), recipient({ agency: AGENCY_D })];
    const some = plan([suspect, back], { recipients, holders: new Map([[theirs.id, [AGENCY_B]]]) });
    expect([some.rule(back), some.claimRules(back)]).toEqual(['P0', { reason: 'P3' }]);
  });
});

test('[P30] a release that waits for approvals is stopped, and no answer opens it', () => {
  expect(plan([suspect], { approvalsMissing: 2 }).stops).toEqual([
    { rule: 'P30', key: 'P30', isAnswerable: false, count: 2 },
  ]);
});

test('a stricter label, code, date or purpose on one record never lets anything leave that stayed before', () => {
  const handling = fc.record({
    tlp: fc.constantFrom(...TLP_LABELS),
    codes: fc.subarray(['H1', 'H2'] as const),
    reviewOn: fc.constantFrom('2026-02-01', '2026-04-01'),
  });
  const names = fc.constantFrom('Sergo Madeupson', 'Vera Inventova', 'Olga Madeup');
  const person = fc.record({
    name: names,
    about: names,
    category: fc.constantFrom('victim', 'suspect', 'informant'),
    handling,
    more: handling,
  });
  fc.assert(
    fc.property(fc.array(person, { minLength: 1, maxLength: 5 }), fc.nat(4), (people, which) => {
      const records = (at: number) =>
        people.map(({ name, about, category, handling: one, more }, i) => {
          const base = { purposes: [], legalBases: [] };
          return entity('person', {
            ...(SUBJECTS[i] !== undefined && { subject: SUBJECTS[i] }),
            claims: [
              claim('name', name),
              claim('appearance', `seen with ${about}`),
              claim('subjectCategory', category),
            ],
            handling: i === at ? stricter({ ...base, ...one }, { ...base, ...more }) : { ...base, ...one },
          });
        });
      const [before, after] = [leavingClaims(records(-1)), leavingClaims(records(which))];
      expect(after.filter((each) => !before.includes(each))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

/** What leaves of these people and of a case that lists them: by subject, property and value. */
function leavingClaims(people: readonly ParsedRecord[]): string[] {
  const list = caseWith(
    people.map(({ record }) => record.subject),
    { subject: LIST },
  );
  return planRelease(questionOf([...people, list])).verdicts.flatMap(({ record, claims }) =>
    record.claims.flatMap((each, at) =>
      isDisclosed(each) && claims[at]?.action === 'release'
        ? [`${record.subject} ${each.property} ${JSON.stringify(each.value)}`]
        : [],
    ),
  );
}

const SUBJECTS = Array.from({ length: 5 }, () => entity('person', {}).record.subject);
const LIST = entity('person', {}).record.subject;

function limited(purposes: readonly string[]) {
  return entity('vehicle', { handling: { purposes: [...purposes] } });
}

function stricter(one: Handling, more: Handling): Handling {
  return {
    ...one,
    tlp: TLP_LABELS.indexOf(more.tlp) > TLP_LABELS.indexOf(one.tlp) ? more.tlp : one.tlp,
    codes: [...new Set([...one.codes, ...more.codes])],
    reviewOn: [one.reviewOn ?? '9999', more.reviewOn ?? '9999'].toSorted()[0] ?? '',
  };
}
