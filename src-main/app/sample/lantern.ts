import { commitmentOf, linkKind } from '../../../src-shared/catalogue/kinds.ts';
import { validateClaims } from '../../../src-shared/catalogue/validate-claims.ts';
import type { AgencyId, RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { PartialDate } from '../../../src-shared/domain/partial-date.ts';
import type { ClaimValue, Handling, Source } from '../../../src-shared/domain/record.ts';
import { sealRecord, type RecordDraft } from '../../../src-shared/records/seal-record.ts';
import type { ParsedRecord } from '../../../src-shared/records/parse-record.ts';
import { LANTERN_SOURCES, type LanternSource } from './lantern-sources.ts';
import { OPERATION_LANTERN } from './operation-lantern.ts';
import type { AgencyIndex, SampleClaims } from './sample-case.ts';

type Unsigned<D> = D extends RecordDraft ? Omit<D, 'author' | 'supersedes'> : never;

/** A record before somebody signs it. `replaces` names an earlier draft of the same list by its key. */
export interface SampleDraft {
  readonly key: string;
  readonly replaces?: string;
  readonly draft: Unsigned<RecordDraft>;
}

export interface SampleOptions {
  /** The same key always gives the same subject, so that both agencies speak of the same person. */
  readonly subjectOf: (key: string) => SubjectId;
  /** `YYYY-MM-DD`: until when the records may be kept before somebody looks at them again (LED art. 5). */
  readonly reviewOn?: string;
}

/** When each agency typed up its part. */
const CREATED = ['2025-09-22T08:00:00.000Z', '2025-10-06T08:00:00.000Z'] as const;
const CORRECTED = '2025-10-13T08:00:00.000Z';

/** Everything one of the two agencies says in Operation Lantern, in an order in which what is replaced comes first. Pure. */
export function lanternRecords(agency: AgencyIndex, { subjectOf, reviewOn }: SampleOptions): SampleDraft[] {
  const { entities, statements, links, identities, case: sample, positions } = OPERATION_LANTERN;
  const isOurs = ({ source }: { readonly source: LanternSource }): boolean => LANTERN_SOURCES[source].agency === agency;
  const typeOf = new Map(entities.map(({ key, type }) => [key, type]));
  const ourEntities = entities.filter(isOurs);
  const ourLinks = links.filter(isOurs).map((link) => ({ ...link, key: `${link.type} ${link.from} ${link.to}` }));
  return [
    ...ourEntities.map(({ key, type, ...said }) => entityDraft(key, key, type, said)),
    ...statements.filter(isOurs).map(({ about, id, replaces, ...said }, at) => ({
      ...entityDraft(id ?? `${about} ${at}`, about, typeOf.get(about) ?? 'person', said, replaces),
      ...(replaces !== undefined && { replaces }),
    })),
    ...ourLinks.map(linkDraft),
    ...identities.filter(isOurs).map(identityDraft),
    caseDraft(),
    ...sample.statements.filter(isOurs).map(caseStatementDraft),
    chartDraft(),
  ];

  type Told = { readonly source: LanternSource; readonly on: string; readonly claims: SampleClaims };

  function entityDraft(key: string, about: string, type: string, told: Told, replaces?: string): SampleDraft {
    const draft = {
      kind: 'entity',
      subject: subjectOf(about),
      type,
      created: replaces === undefined ? CREATED[agency] : CORRECTED,
      source: sourceOf(told),
      handling: handlingOf(LANTERN_SOURCES[told.source].handling),
      commitment: commitmentOf('entity', type),
      claims: checked(type, told.claims),
    } as const;
    return { key, draft };
  }

  function linkDraft(link: (typeof ourLinks)[number]): SampleDraft {
    const draft = {
      kind: 'link',
      subject: subjectOf(link.key),
      type: link.type,
      from: subjectOf(link.from),
      to: subjectOf(link.to),
      directed: linkKind(link.type).isDirected,
      created: CREATED[agency],
      source: sourceOf({ source: link.source }),
      handling: handlingOf(LANTERN_SOURCES[link.source].handling),
      commitment: commitmentOf('link', link.type),
      claims: checked(link.type, { startOn: link.on, ...link.claims }),
    } as const;
    return { key: link.key, draft };
  }

  function identityDraft(identity: (typeof identities)[number]): SampleDraft {
    const key = `${identity.kind} ${identity.one} ${identity.other}`;
    const [from, to] = inOrder(subjectOf(identity.one), subjectOf(identity.other));
    const draft = {
      kind: identity.kind,
      subject: subjectOf(key),
      from,
      to,
      created: CREATED[agency],
      source: sourceOf(identity),
      handling: handlingOf(LANTERN_SOURCES[identity.source].handling),
      commitment: 'claims',
      claims: [{ property: 'reason', value: identity.reason }],
    } as const;
    return { key, draft };
  }

  /** R16: each agency lists the members that it adds; the case of the first one also has the title. */
  function caseDraft(): SampleDraft {
    const members = [...ourEntities, ...ourLinks].map(({ key }) => ({ property: 'member', value: subjectOf(key) }));
    const { title, reference, description } = sample;
    const claims = agency === 0 ? checked('case', { title, reference, description }) : [];
    return { key: sample.key, draft: { ...caseHeader(), claims: [...claims, ...members] } };
  }

  function caseStatementDraft(told: Omit<Told, 'about'>, at: number): SampleDraft {
    const draft = { ...caseHeader(), source: sourceOf(told), claims: checked('case', told.claims) };
    return { key: `${sample.key} ${at}`, draft };
  }

  function caseHeader(): Omit<Extract<Unsigned<RecordDraft>, { kind: 'case' }>, 'claims'> {
    return {
      kind: 'case',
      subject: subjectOf(sample.key),
      created: CREATED[agency],
      handling: handlingOf(sample.handling),
      commitment: 'claims',
    };
  }

  function chartDraft(): SampleDraft {
    const drawn = ourEntities.flatMap(({ key }) => {
      const [x, y] = positions[key] ?? [];
      if (x === undefined || y === undefined) return [];
      return [{ property: 'position', value: { subject: subjectOf(key), x, y, pinned: true } }];
    });
    const { kind: _, ...header } = caseHeader();
    const draft = {
      ...header,
      kind: 'chart',
      subject: subjectOf('chart'),
      case: subjectOf(sample.key),
      claims: drawn,
    } as const;
    return { key: 'chart', draft };
  }

  function checked(type: string, claims: SampleClaims): RecordDraft['claims'] {
    const country = OPERATION_LANTERN.agencies[agency].country;
    return validateClaims(type, claimDrafts(claims), { defaultCountry: country }).claims;
  }

  function handlingOf(handling: Handling): Handling {
    return reviewOn === undefined ? handling : { ...handling, reviewOn };
  }
}

/** Turns drafts into records of `author`; a draft that replaces another supersedes its record. */
export function sealSample(
  drafts: readonly SampleDraft[],
  author: AgencyId,
  randomBytes: (length: number) => Uint8Array,
): ParsedRecord[] {
  const ids = new Map<string, RecordId>();
  return drafts.map(({ key, replaces, draft }) => {
    const replaced = replaces === undefined ? undefined : ids.get(replaces);
    const sealed = sealRecord(
      { ...draft, author, supersedes: replaced === undefined ? [] : [replaced] },
      { randomBytes },
    );
    ids.set(key, sealed.id);
    return sealed;
  });
}

/** One claim a value, in the order of the table. */
export function claimDrafts(claims: SampleClaims): { readonly property: string; readonly value: ClaimValue }[] {
  return Object.entries(claims).flatMap(([property, value]) =>
    (isList(value) ? value : [value]).map((one) => ({ property, value: one })),
  );
}

function isList(value: ClaimValue | readonly ClaimValue[]): value is readonly ClaimValue[] {
  return Array.isArray(value);
}

/** The source as a record names it. */
export function sourceOf({ source, on }: { readonly source: LanternSource; readonly on?: string }): Source {
  const { reference, grade, basis } = LANTERN_SOURCES[source];
  return { reference, grade, basis, ...(on !== undefined && { collectedOn: PartialDate.parse(on) }) };
}

function inOrder(one: SubjectId, other: SubjectId): readonly [SubjectId, SubjectId] {
  return one < other ? [one, other] : [other, one];
}
