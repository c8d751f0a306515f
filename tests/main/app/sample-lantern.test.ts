import { isValidIBAN } from 'ibantools';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, test } from 'vitest';
import { canLink, isKnownEntityType, isKnownLinkType } from '../../../src-shared/catalogue/kinds.ts';
import { isGateway } from '../../../src-shared/catalogue/lists/legal-bases.ts';
import { validateClaims } from '../../../src-shared/catalogue/validate-claims.ts';
import { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../../src-shared/domain/record.ts';
import { planRelease } from '../../../src-shared/policy/plan-release.ts';
import { claimDrafts, lanternRecords, sealSample } from '../../../src-main/app/sample/lantern.ts';
import { LANTERN_SOURCES } from '../../../src-main/app/sample/lantern-sources.ts';
import { OPERATION_LANTERN } from '../../../src-main/app/sample/operation-lantern.ts';
import { questionOf, recipient } from '../../support/release-question.ts';

const { entities, statements, links, identities, positions } = OPERATION_LANTERN;
const northmark = AgencyId.parse('a'.repeat(64));
const suedhafen = AgencyId.parse('b'.repeat(64));
const typeOf = new Map(entities.map(({ key, type }) => [key, type]));
const keysOf = (category: string): string[] =>
  entities.filter(({ claims }) => claims['subjectCategory'] === category).map(({ key }) => key);

function nameWords(key: string): string[] {
  const name = entities.find((entity) => entity.key === key)?.claims['name'];
  return typeof name === 'string' ? name.split(' ') : [];
}

/** The same key gives the same subject, for both agencies. */
function subjects(): (key: string) => SubjectId {
  const ids = new Map<string, SubjectId>();
  return (key) => {
    const known = ids.get(key) ?? SubjectId.parse(`01980000-0000-7000-8000-${String(ids.size).padStart(12, '0')}`);
    ids.set(key, known);
    return known;
  };
}

function counted(): (length: number) => Uint8Array {
  let n = 0;
  return (length) => {
    n += 1;
    const bytes = new Uint8Array(length);
    new DataView(bytes.buffer).setUint32(0, n);
    return bytes;
  };
}

const subjectOf = subjects();
const ours = sealSample(lanternRecords(0, { subjectOf }), northmark, counted());
const theirs = sealSample(lanternRecords(1, { subjectOf }), suedhafen, counted());

function valuesOf(property: string): string[] {
  return [...entities, ...statements].flatMap(({ claims }) =>
    claimDrafts(claims)
      .filter((claim) => claim.property === property)
      .map(({ value }) => value)
      .filter((value) => typeof value === 'string'),
  );
}

describe('the sample case', () => {
  test('has the size of a real investigation', () => {
    expect(entities.length).toBeGreaterThanOrEqual(150);
    expect(links.length).toBeGreaterThanOrEqual(230);
    expect(keysOf('victim').length + keysOf('possible-victim').length).toBeGreaterThanOrEqual(20);
    expect(keysOf('informant')).toHaveLength(2);
    expect(keysOf('witness')).toHaveLength(4);
    expect(entities.filter(({ claims }) => claims['isMinor'] === true).length).toBeGreaterThanOrEqual(5);
  });

  test('plays in three countries, in which places, companies and telephones lie', () => {
    expect(new Set(entities.filter(({ type }) => type === 'place').map(({ claims }) => claims['country']))).toEqual(
      new Set(['BG', 'DE', 'GB']),
    );
    expect(
      new Set(entities.filter(({ type }) => type === 'organisation').map(({ claims }) => claims['country'])),
    ).toEqual(new Set(['BG', 'DE', 'GB']));
  });

  test('has unique keys, and links between entities that are there, of types that are meant for them', () => {
    expect(typeOf.size).toBe(entities.length);
    expect(entities.filter(({ type }) => !isKnownEntityType(type))).toEqual([]);
    expect(links.filter(({ type }) => !isKnownLinkType(type))).toEqual([]);
    expect(links.filter(({ type, from, to }) => !canLink(type, typeOf.get(from) ?? '', typeOf.get(to) ?? ''))).toEqual(
      [],
    );
    expect(new Set(links.map(({ type, from, to }) => `${type} ${from} ${to}`)).size).toBe(links.length);
  });

  test('leaves no entity without a link', () => {
    const linked = new Set(links.flatMap(({ from, to }) => [from, to]));
    expect(entities.filter(({ key }) => !linked.has(key))).toEqual([]);
  });

  test('has sources that differ in scheme, grade and handling', () => {
    const grades = Object.values(LANTERN_SOURCES)
      .filter(({ agency }) => agency === 0)
      .map(({ grade }) => grade);
    expect(new Set(grades.map(({ scheme }) => scheme))).toEqual(
      new Set(['europol-4x4', 'uk-3x5x2', 'uk-5x5x5', 'nato-admiralty']),
    );
    expect(
      Object.values(LANTERN_SOURCES)
        .flatMap(({ handling }) => handling.legalBases)
        .filter((code) => !isGateway(code)),
    ).toEqual([]);
  });
});

describe('its values', () => {
  test('are all values of the catalogue; only drama numbers and unknown persons give warnings', () => {
    const told = [
      ...entities.map(({ type, claims }) => [type, claims] as const),
      ...statements.map(({ about, claims }) => [typeOf.get(about) ?? '', claims] as const),
      ...links.map(({ type, on, claims }) => [type, { startOn: on, ...claims }] as const),
      ...OPERATION_LANTERN.case.statements.map(({ claims }) => ['case', claims] as const),
    ];
    const problems = told.flatMap(
      ([type, claims]) => validateClaims(type, claimDrafts(claims), { defaultCountry: 'DE' }).problems,
    );
    expect(new Set(problems.map(({ severity }) => severity))).toEqual(new Set(['warning']));
    expect(new Set(problems.map(({ rule }) => rule))).toEqual(
      new Set(['key.missing', 'phone.not-valid', 'phone.country-assumed']),
    );
  });

  test('hold only telephone numbers that belong to nobody', () => {
    const kept =
      /^\+(447700900\d{3}|4420794601\d{2}|4940669690\d{2}|494066969\d{3}|493023125\d{3}|4917604069\d{3}|359880000\d{3}|3592000\d{4})$/;
    const numbers = valuesOf('number').filter((text) => /^[+0]/.test(text));
    expect(numbers.length).toBe(entities.filter(({ type }) => type === 'phone').length);
    for (const text of numbers) expect(parsePhoneNumberFromString(text, 'DE')?.number).toMatch(kept);
  });

  test('hold only internet names that cannot exist', () => {
    for (const url of valuesOf('url')) expect(new URL(url).hostname).toMatch(/\.example$/);
    for (const address of entities.filter(({ type }) => type === 'email').map(({ claims }) => claims['address']))
      expect(address).toMatch(/\.example$/);
  });

  test('hold only account numbers of banks that do not exist, with right check digits', () => {
    for (const iban of valuesOf('iban')) {
      expect(isValidIBAN(iban)).toBe(true);
      expect(iban.slice(4)).toMatch(/^(TEST|00000000)/);
    }
  });

  test('name a victim in one event note only, and on their own passports', () => {
    const words = keysOf('victim').flatMap(nameWords);
    const others = entities.filter(({ key }) => !keysOf('victim').includes(key));
    const naming = others.filter(({ claims }) =>
      words.some((word) => JSON.stringify(claims).toLowerCase().includes(word.toLowerCase())),
    );
    expect(naming.map(({ key }) => key)).toEqual(['x-pass-v01', 'x-pass-v11', 'ev-call']);
  });
});

describe('two agencies', () => {
  test('say different dates of birth of the same person, and neither overwrites the other', () => {
    const dates = [...ours, ...theirs].flatMap(({ record }) =>
      record.subject === subjectOf('fenerov')
        ? record.claims
            .filter(isDisclosed)
            .filter(({ property }) => property === 'dateOfBirth')
            .map(({ value }) => [record.author, value])
        : [],
    );
    expect(dates).toEqual([
      [northmark, '1979~'],
      [suedhafen, '1981-11-04'],
    ]);
  });

  test('write names in Cyrillic, Greek and Arabic', () => {
    const aliases = valuesOf('alias').join(' ');
    for (const script of ['Cyrillic', 'Greek', 'Arabic'])
      expect(aliases).toMatch(new RegExp(String.raw`\p{Script=${script}}`, 'u'));
  });

  test('the second corrects itself: its later record supersedes its earlier one', () => {
    const about = theirs.filter(({ record }) => record.subject === subjectOf('brandthal'));
    expect(about).toHaveLength(2);
    expect(about[1]?.record.supersedes).toEqual([about[0]?.id]);
  });

  test('the second says who is, and who is not, the same', () => {
    expect(identities.map(({ kind, source }) => [kind, LANTERN_SOURCES[source].agency])).toEqual([
      ['same', 1],
      ['not-same', 1],
    ]);
  });

  test('no two records have one id', () => {
    expect(new Set([...ours, ...theirs].map(({ id }) => id)).size).toBe(ours.length + theirs.length);
  });
});

describe('the drawing', () => {
  test('has a place for every entity', () => {
    expect(Object.keys(positions).toSorted()).toEqual(entities.map(({ key }) => key).toSorted());
  });

  test('keeps icons and labels apart', () => {
    const places = Object.values(positions);
    const close = places.flatMap(([x, y], at) =>
      places.slice(at + 1).filter(([u, v]) => Math.abs(x - u) < 96 && Math.abs(y - v) < 84),
    );
    expect(close).toEqual([]);
  });
});

describe('a release of the case by the first agency', () => {
  const plan = planRelease(
    questionOf(ours, {
      us: northmark,
      ourCountry: 'GB',
      recipients: [recipient({ agency: suedhafen, country: 'DE' })],
      purpose: 'Joint work on Operation Lantern',
      today: '2025-10-01',
    }),
  );
  const leaving = plan.verdicts
    .filter(({ verdict }) => verdict.action === 'release')
    .map(({ record, claims }) => ({ record, said: record.claims.filter((_, at) => claims[at]?.action === 'release') }));

  test('is stopped by nothing that the officer cannot answer: two caveats and the purpose of the operation', () => {
    expect(plan.stops.map(({ rule, isAnswerable }) => `${rule} ${isAnswerable}`).toSorted()).toEqual([
      'P18 true',
      'P19 true',
      'P19 true',
    ]);
  });

  test('holds no name of a victim or witness', () => {
    const text = JSON.stringify(leaving.map(({ said }) => said));
    const words = [...keysOf('victim'), ...keysOf('witness')].flatMap(nameWords);
    expect(words.filter((word) => text.includes(word))).toEqual([]);
  });

  test('withholds the note that names a victim by mistake, and lets the rest of the event go', () => {
    const call = plan.verdicts.find(({ record }) => record.subject === subjectOf('ev-call'));
    const rules = call?.record.claims.map((claim, at) => [
      isDisclosed(claim) ? claim.property : '',
      call.claims[at]?.rule,
    ]);
    expect(call?.verdict.action).toBe('release');
    expect(rules?.filter(([property]) => property === 'description')).toEqual([['description', 'P7']]);
    expect(rules?.filter(([property]) => property === 'title')).toEqual([['title', 'P0']]);
  });

  test('does not show that there are informants', () => {
    const text = JSON.stringify(leaving.map(({ record, said }) => ({ ...record, claims: said })));
    const traces = ['informant', ...keysOf('informant').map(subjectOf)];
    expect(traces.filter((trace) => text.includes(trace))).toEqual([]);
  });
});
