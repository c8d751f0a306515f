import { sealRecord } from '../../src-shared/records/seal-record.ts';
import type { ClaimDraft } from '../../src-shared/records/seal-record.ts';
import { AgencyId, FileHash, SubjectId } from '../../src-shared/domain/ids.ts';
import type { RecordId } from '../../src-shared/domain/ids.ts';
import type { EntityRecord, Handling, LinkRecord } from '../../src-shared/domain/record.ts';
import type { ParsedRecord } from '../../src-shared/records/parse-record.ts';

/** Builders of invented records: each call shows only what matters to its test. Bytes are drawn from a counter, so runs repeat. */

export const AGENCY_A = AgencyId.parse('a'.repeat(64));
export const AGENCY_B = AgencyId.parse('b'.repeat(64));

const openHandling: Handling = { tlp: 'TLP:AMBER', codes: [], purposes: [], legalBases: [] };

let counter = 0;

function countedBytes(length: number): Uint8Array {
  counter += 1;
  const bytes = new Uint8Array(length);
  new DataView(bytes.buffer).setUint32(0, counter);
  return bytes;
}

export function subjectId(number: number): SubjectId {
  return SubjectId.parse(`00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`);
}

interface Common {
  readonly subject?: SubjectId;
  readonly author?: AgencyId;
  readonly claims?: readonly ClaimDraft[];
  readonly handling?: Partial<Handling>;
  readonly reference?: string;
  readonly supersedes?: readonly RecordId[];
}

function common({ subject, author, claims, handling, supersedes }: Common) {
  return {
    subject: subject ?? subjectId((counter += 1)),
    author: author ?? AGENCY_A,
    created: '2026-03-01T09:30:00.000Z',
    supersedes: [...(supersedes ?? [])],
    handling: { ...openHandling, ...handling },
    claims: claims ?? [],
  };
}

export function entity(type: string, options: Common = {}): ParsedRecord & { readonly record: EntityRecord } {
  const source = { reference: options.reference ?? 'report 1', basis: 'fact' as const };
  const sealed = sealRecord(
    { kind: 'entity', type, commitment: 'claims', source, ...common(options) },
    { randomBytes: countedBytes },
  );
  return sealed as ParsedRecord & { readonly record: EntityRecord };
}

export function link(
  type: string,
  from: SubjectId,
  to: SubjectId,
  options: Common = {},
): ParsedRecord & { readonly record: LinkRecord } {
  const source = { reference: options.reference ?? 'report 1', basis: 'fact' as const };
  const sealed = sealRecord(
    { kind: 'link', type, from, to, directed: true, commitment: 'record', source, ...common(options) },
    { randomBytes: countedBytes },
  );
  return sealed as ParsedRecord & { readonly record: LinkRecord };
}

export function caseWith(members: readonly SubjectId[], options: Common = {}): ParsedRecord {
  const claims = [...members.map((member) => ({ property: 'member', value: member })), ...(options.claims ?? [])];
  return sealRecord(
    { kind: 'case', commitment: 'claims', ...common({ ...options, claims }) },
    { randomBytes: countedBytes },
  );
}

export function attachment(supports: readonly SubjectId[], options: Common = {}): ParsedRecord {
  const source = { reference: options.reference ?? 'report 1', basis: 'fact' as const };
  const file = { sha256: FileHash.parse('f'.repeat(64)), size: 3, type: 'text/plain' };
  return sealRecord(
    { kind: 'attachment', file, supports: [...supports], commitment: 'claims', source, ...common(options) },
    { randomBytes: countedBytes },
  );
}

/** `claim('name', 'Ana')` */
export function claim(property: string, value: ClaimDraft['value']): ClaimDraft {
  return { property, value };
}

export function retraction(targets: readonly RecordId[], options: Common = {}): ParsedRecord {
  return sealRecord(
    { kind: 'retract', targets: [...targets], action: 'correct', commitment: 'claims', ...common(options) },
    { randomBytes: countedBytes },
  );
}

interface PermissionTerms extends Common {
  readonly recipients: readonly AgencyId[];
  readonly until?: string;
}

export function permission(
  targets: readonly RecordId[],
  { recipients, until, ...options }: PermissionTerms,
): ParsedRecord {
  return sealRecord(
    {
      kind: 'permission',
      targets: [...targets].toSorted(),
      recipients: [...recipients].toSorted(),
      until: until ?? '2026-12-31',
      commitment: 'claims',
      ...common({ ...options, handling: { purposes: ['investigation'], ...options.handling } }),
    },
    { randomBytes: countedBytes },
  );
}
