import { createHash } from 'node:crypto';
import type { AgencyId, BatchId, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import { AgencyId as AgencyIdSchema, SubjectId as SubjectIdSchema } from '../../src-shared/domain/ids.ts';
import type { AnyRecord, ClaimValue, Handling, Source } from '../../src-shared/domain/record.ts';
import type { ParsedRecord } from '../../src-shared/records/parse-record.ts';
import { sealRecord } from '../../src-shared/records/seal-record.ts';
import type { ClaimDraft, RecordDraft } from '../../src-shared/records/seal-record.ts';
import { newBatch } from '../../src-main/store/batches.ts';
import { putRecords } from '../../src-main/store/records.ts';
import { memoryStore, write } from '../../src-main/store/store.ts';
import type { Store } from '../../src-main/store/store.ts';
import type { BatchKind, IdentifiedRecord, PutResult } from '../../src-main/store/types.ts';

/** Invented agencies, subjects and records: only what matters to a test is said. Everything is derived from texts, nothing is random. */

export const NORTHMARK = agencyId('Northmark Agency');
export const SOUTHVALE = agencyId('Southvale Agency');
export const AT = '2026-03-01T09:30:00.000Z';

export function agencyId(name: string): AgencyId {
  return AgencyIdSchema.parse(createHash('sha256').update(name).digest('hex'));
}

export function subjectId(name: string): SubjectId {
  const hex = createHash('sha256').update(name).digest('hex');
  return SubjectIdSchema.parse(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
  );
}

export type Said = {
  readonly author?: AgencyId;
  readonly source?: Partial<Source>;
  readonly handling?: Partial<Handling>;
  readonly supersedes?: readonly RecordId[];
  readonly created?: string;
  /** Makes two otherwise equal statements different records. */
  readonly seed?: string;
};
export type Claims = readonly (readonly [property: string, value: ClaimValue] | ClaimDraft)[];

export function entity(name: string, type: string, claims: Claims, said: Said = {}): ParsedRecord {
  return seal(
    { kind: 'entity', ...common(name, said), type, source: source(said), commitment: 'claims', claims: drafts(claims) },
    said,
  );
}

export function person(name: string, claims: Claims = [['name', name]], said: Said = {}): ParsedRecord {
  return entity(name, 'person', claims, said);
}

export function link(
  name: string,
  type: string,
  [from, to]: readonly [string, string],
  said: Said = {},
  claims: Claims = [],
): ParsedRecord {
  const ends = { from: subjectId(from), to: subjectId(to), directed: true };
  return seal(
    {
      kind: 'link',
      ...common(name, said),
      type,
      source: source(said),
      commitment: 'record',
      claims: drafts(claims),
      ...ends,
    },
    said,
  );
}

export function caseOf(name: string, members: readonly string[], said: Said = {}): ParsedRecord {
  const claims: Claims = [['title', name], ...members.map((member) => ['member', subjectId(member)] as const)];
  return seal({ kind: 'case', ...common(name, said), commitment: 'claims', claims: drafts(claims) }, said);
}

export function chart(
  name: string,
  of: string,
  positions: Readonly<Record<string, readonly [number, number]>>,
  said: Said = {},
): ParsedRecord {
  const claims: Claims = Object.entries(positions).map(([subject, [x, y]]) => [
    'position',
    { subject: subjectId(subject), x, y, pinned: false },
  ]);
  return seal(
    { kind: 'chart', ...common(name, said), case: subjectId(of), commitment: 'claims', claims: drafts(claims) },
    said,
  );
}

export function identity(kind: 'same' | 'not-same', one: string, other: string, said: Said = {}): ParsedRecord {
  const [from, to] = [subjectId(one), subjectId(other)].toSorted() as [SubjectId, SubjectId];
  const draft = {
    ...common(`${kind} ${one} ${other}`, said),
    source: source(said),
    commitment: 'claims',
    from,
    to,
  } as const;
  return seal({ kind, ...draft, claims: drafts([['reason', 'the same phone']]) }, said);
}

export function retract(
  targets: readonly ParsedRecord[],
  action: 'correct' | 'suppress' | 'erase',
  said: Said = {},
): ParsedRecord {
  const ids = targets.map(({ id }) => id);
  const draft = {
    ...common(`retract ${ids.join()} ${action}`, said),
    commitment: 'claims',
    targets: ids,
    action,
  } as const;
  return seal({ kind: 'retract', ...draft, claims: drafts([['reason', 'withdrawn']]) }, said);
}

/** A store in memory that holds these records. */
export function storeWith(...records: readonly IdentifiedRecord[]): Store {
  const store = emptyStore();
  put(store, records);
  return store;
}

export function emptyStore(): Store {
  return memoryStore(note('vault.created'));
}

export function put(
  store: Store,
  records: readonly IdentifiedRecord[],
  kind: BatchKind = 'import',
): PutResult & { batch: BatchId } {
  return write(store, note('test.put'), (tx) => {
    const batch = newBatch(tx, { kind, at: AT, actor: 'Ana' });
    return { ...putRecords(tx, batch, records), batch };
  });
}

export function note(action: string): {
  actor: string;
  role: 'analyst';
  action: string;
  at: string;
  details: Record<string, never>;
} {
  return { actor: 'Ana', role: 'analyst', action, at: AT, details: {} };
}

/** Bytes that look random and are the same in every run. */
export function seededBytes(seed: string): (length: number) => Uint8Array {
  let count = 0;
  return (length) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, () => {
      count += 1;
      return createHash('sha256').update(`${seed} ${count}`).digest();
    });
    return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
  };
}

const HANDLING: Handling = { tlp: 'TLP:AMBER', codes: [], purposes: [], legalBases: [] };

function common(
  name: string,
  said: Said,
): Pick<AnyRecord, 'subject' | 'author' | 'created' | 'handling'> & { supersedes: RecordId[] } {
  return {
    subject: subjectId(name),
    author: said.author ?? NORTHMARK,
    created: said.created ?? AT,
    supersedes: [...(said.supersedes ?? [])],
    handling: { ...HANDLING, ...said.handling },
  };
}

function source(said: Said): Source {
  return { reference: 'Interview 1', basis: 'fact', ...said.source };
}

function drafts(claims: Claims): ClaimDraft[] {
  return claims.map((claim) => ('property' in claim ? claim : { property: claim[0], value: claim[1] }));
}

function seal(draft: RecordDraft, said: Said): ParsedRecord {
  return sealRecord(draft, { randomBytes: seededBytes(`${JSON.stringify(draft)} ${said.seed ?? ''}`) });
}
