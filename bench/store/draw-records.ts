import { createHash } from 'node:crypto';
import { commitmentOf } from '../../src-shared/catalogue/kinds.ts';
import type { Grade } from '../../src-shared/domain/grading.ts';
import { AgencyId, type SubjectId } from '../../src-shared/domain/ids.ts';
import type { Handling, Source } from '../../src-shared/domain/record.ts';
import type { ClaimDraft, RecordDraft } from '../../src-shared/records/seal-record.ts';
import { companyName, handle, personNaming, placeName } from './names.ts';
import { drawNetwork, type Network } from './network.ts';
import { below, digits, oneOf, type Random, seededRandom } from './random.ts';

/** An invented national unit: entities of many kinds from ten agencies, several sources each, tied in a network and gathered in cases. */

export type Size = { readonly entities: number; readonly links: number };

const SEED = 20_260_301;
const AGENCIES = 10;
const CASES = 50;
const MEMBERS_A_RECORD = 4096;
const CREATED = '2026-03-01T12:00:00.000Z';
/** One entity in so many is stated by a second source as well. */
const SECOND_SOURCE = 0.3;

const SHARES: readonly (readonly [type: string, share: number])[] = [
  ['person', 0.45],
  ['phone', 0.18],
  ['online-account', 0.09],
  ['place', 0.08],
  ['vehicle', 0.06],
  ['bank-account', 0.05],
  ['organisation', 0.04],
  ['document', 0.03],
  ['advert', 0.02],
];

const GRADES: readonly [Grade, ...Grade[]] = [
  { scheme: 'europol-4x4', source: 'A', information: '1' },
  { scheme: 'europol-4x4', source: 'B', information: '2' },
  { scheme: 'europol-4x4', source: 'B', information: '3' },
  { scheme: 'uk-3x5x2', source: '2', information: 'C' },
  { scheme: 'nato-admiralty', source: 'C', information: '3' },
];

function agencyOf(number: number): AgencyId {
  return AgencyId.parse(createHash('sha256').update(`Invented agency ${number}`).digest('hex'));
}

/** The id of an entity, link or case by its number: UUID version 7 of one moment, in the order of the numbers. */
export function subjectOf(kind: 'entity' | 'link' | 'case', number: number): SubjectId {
  const space = { entity: 0, link: 1, case: 2 }[kind];
  const low = (number * 2_654_435_761) % 4_294_967_296;
  const counter = number.toString(16).padStart(8, '0');
  const noise = Math.floor(low).toString(16).padStart(8, '0');
  return `0195${space}a00-${counter.slice(0, 4)}-7${counter.slice(4, 7)}-8${counter.slice(7)}${noise.slice(0, 2)}-${noise}${noise.slice(0, 4)}` as SubjectId;
}

/** Every record of the store, in the order in which an import would bring them: entities, links, cases. `us` writes a tenth of them. */
export function* drawRecords(size: Size, us: AgencyId): Generator<RecordDraft> {
  const random = seededRandom(SEED);
  const agencies = Array.from({ length: AGENCIES }, (_, i) => (i === 0 ? us : agencyOf(i)));
  const network = drawNetwork(size.entities, size.links, SEED);
  const types = new Uint8Array(size.entities);
  for (let i = 0; i < size.entities; i += 1) yield* drawEntity(i);
  for (let i = 0; i < size.links; i += 1) yield drawLink(i);
  yield* drawCases(network, us);

  function* drawEntity(i: number): Generator<RecordDraft> {
    const at = drawType(random);
    types[i] = at;
    const type = typeAt(at);
    const claims = claimsOf(type, random);
    const common = {
      kind: 'entity',
      type,
      subject: subjectOf('entity', i),
      commitment: commitmentOf('entity', type),
    } as const;
    yield { ...common, ...said(), claims };
    if (random() < SECOND_SOURCE) yield { ...common, ...said(), claims: secondClaims(type, claims, random) };
  }

  function drawLink(i: number): RecordDraft {
    const [from, to] = [network.from[i] ?? 0, network.to[i] ?? 0];
    const type = linkTypeOf(typeAt(types[from] ?? 0), typeAt(types[to] ?? 0), random);
    return {
      kind: 'link',
      type,
      subject: subjectOf('link', i),
      commitment: commitmentOf('link', type),
      from: subjectOf('entity', from),
      to: subjectOf('entity', to),
      directed: !['associate-of', 'family-of', 'related-to'].includes(type),
      ...said(),
      claims: linkClaims(random),
    };
  }

  function said(): { author: AgencyId; created: string; supersedes: []; source: Source; handling: Handling } {
    const author = agencies[below(random, AGENCIES)] ?? us;
    return { author, created: CREATED, supersedes: [], source: drawSource(random), handling: drawHandling(random) };
  }
}

/** Cases take whole communities, and the links that begin in them. */
function* drawCases(network: Network, us: AgencyId): Generator<RecordDraft> {
  const perCase = Math.ceil(network.entities / CASES);
  let link = 0;
  for (let number = 0, first = 0; first < network.entities; number += 1) {
    const end = network.communityStarts.find((start) => start >= first + perCase) ?? network.entities;
    const title = `Operation ${placeName(seededRandom(number))} ${number + 1}`;
    yield caseRecord(number, us, [{ property: 'title', value: title }]);
    let members: ClaimDraft[] = [];
    for (const member of membersOf(first, end)) {
      members.push({ property: 'member', value: member });
      if (members.length < MEMBERS_A_RECORD) continue;
      yield caseRecord(number, us, members);
      members = [];
    }
    if (members.length > 0) yield caseRecord(number, us, members);
    first = end;
  }

  function* membersOf(first: number, end: number): Generator<SubjectId> {
    for (let entity = first; entity < end; entity += 1) yield subjectOf('entity', entity);
    for (; link < network.from.length && (network.from[link] ?? 0) < end; link += 1) yield subjectOf('link', link);
  }
}

function caseRecord(number: number, author: AgencyId, claims: readonly ClaimDraft[]): RecordDraft {
  return {
    kind: 'case',
    subject: subjectOf('case', number),
    author,
    created: CREATED,
    supersedes: [],
    handling: { tlp: 'TLP:AMBER', codes: [], purposes: [], legalBases: [] },
    commitment: commitmentOf('case', 'case'),
    claims,
  };
}

function claimsOf(type: string, random: Random): ClaimDraft[] {
  switch (type) {
    case 'person':
      return personClaims(random);
    case 'phone':
      return [
        { property: 'number', value: `+44 7700 ${digits(random, 6)}` },
        { property: 'operator', value: `Operator ${below(random, 40)}` },
      ];
    case 'online-account':
      return [
        { property: 'handle', value: handle(random) },
        { property: 'url', value: `https://example.invalid/${handle(random)}` },
      ];
    case 'place':
      return [
        { property: 'name', value: placeName(random) },
        { property: 'address', value: `${below(random, 300)} ${placeName(random)} Road` },
        { property: 'country', value: country(random) },
      ];
    case 'vehicle':
      return [
        { property: 'plate', value: plate(random) },
        { property: 'make', value: `Make ${below(random, 30)}` },
        { property: 'colour', value: oneOf(random, ['white', 'black', 'blue', 'red']) },
      ];
    case 'bank-account':
      return [
        { property: 'accountNumber', value: digits(random, 12) },
        { property: 'bank', value: `Bank of ${placeName(random)}` },
      ];
    case 'organisation':
      return [
        { property: 'name', value: companyName(random) },
        { property: 'registrationNumber', value: digits(random, 8) },
      ];
    case 'document':
      return [{ property: 'number', value: `${oneOf(random, ['P', 'ID', 'X'])}${digits(random, 8)}` }];
    default:
      return [
        { property: 'title', value: `${personNaming(random).name}, new in ${placeName(random)}` },
        { property: 'text', value: `Invented advert ${digits(random, 5)}: call after ${below(random, 24)} h` },
      ];
  }
}

function personClaims(random: Random): ClaimDraft[] {
  const { name, aliases } = personNaming(random);
  const claims: ClaimDraft[] = [
    { property: 'name', value: name },
    ...aliases.map((value) => ({ property: 'alias', value })),
  ];
  if (random() < 0.6) claims.push({ property: 'dateOfBirth', value: birth(random) });
  if (random() < 0.5) claims.push({ property: 'citizenship', value: country(random) });
  const category = random();
  if (category < 0.06) claims.push({ property: 'subjectCategory', value: oneOf(random, ['victim', 'witness']) });
  else if (category < 0.3) claims.push({ property: 'subjectCategory', value: 'suspect' });
  if (random() < 0.2)
    claims.push({ property: 'note', value: `Seen near ${placeName(random)} with ${personNaming(random).name}.` });
  return claims;
}

/** A second source repeats the first claim, and adds or contradicts something. */
function secondClaims(type: string, first: readonly ClaimDraft[], random: Random): ClaimDraft[] {
  const repeated = first.slice(0, 1);
  if (type !== 'person') return [...repeated, { property: 'note', value: `Also known from ${placeName(random)}` }];
  return [
    ...repeated,
    { property: 'alias', value: personNaming(random).name },
    { property: 'dateOfBirth', value: birth(random) },
  ];
}

function linkClaims(random: Random): ClaimDraft[] {
  if (random() < 0.3) return [];
  const month = String(1 + below(random, 12)).padStart(2, '0');
  const day = String(1 + below(random, 28)).padStart(2, '0');
  return [{ property: 'startOn', value: `${2012 + below(random, 14)}-${month}-${day}` }];
}

function linkTypeOf(from: string, to: string, random: Random): string {
  if (from === 'person' && to === 'person')
    return oneOf(random, ['associate-of', 'family-of', 'recruited', 'transported', 'called']);
  if (from === 'person' && (to === 'phone' || to === 'online-account')) return 'uses';
  if (from === 'phone' && to === 'phone') return oneOf(random, ['called', 'messaged']);
  if (to === 'place') return oneOf(random, ['located-at', 'visited']);
  if (to === 'bank-account') return 'paid';
  return 'related-to';
}

function drawType(random: Random): number {
  let left = random();
  const at = SHARES.findIndex(([, share]) => (left -= share) < 0);
  return at === -1 ? 0 : at;
}

function typeAt(at: number): string {
  return SHARES[at]?.[0] ?? 'person';
}

function drawSource(random: Random): Source {
  const reference = `Invented report ${below(random, 5000)}`;
  return { reference, basis: random() < 0.8 ? 'fact' : 'assessment', grade: oneOf(random, GRADES) };
}

function drawHandling(random: Random): Handling {
  const tlp = oneOf(random, ['TLP:AMBER', 'TLP:AMBER', 'TLP:GREEN', 'TLP:AMBER+STRICT', 'TLP:RED'] as const);
  return { tlp, codes: [], purposes: [], legalBases: [] };
}

function birth(random: Random): string {
  return `${1950 + below(random, 60)}-${String(1 + below(random, 12)).padStart(2, '0')}`;
}

function country(random: Random): string {
  return oneOf(random, ['BG', 'DE', 'GB', 'RO', 'NL', 'IT', 'GR', 'UA', 'VN', 'NG']);
}

function plate(random: Random): string {
  const letter = (): string => String.fromCharCode(65 + below(random, 26));
  return `${letter()}${letter()} ${digits(random, 4)} ${letter()}${letter()}`;
}
