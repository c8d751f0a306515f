import { isOddFile } from '../../src-shared/catalogue/file-types.ts';
import { safeFileName } from '../../src-shared/catalogue/file-name.ts';
import { linkKind } from '../../src-shared/catalogue/kinds.ts';
import { attachmentLabel } from '../../src-shared/catalogue/label-of.ts';
import type { AttachmentState, AttachmentView } from '../../src-shared/contract/views.ts';
import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { AttachmentRecord, EvidenceFile } from '../../src-shared/domain/record.ts';
import { custodyOf, findAttachment, wasFoundDamaged } from '../store/attachments.ts';
import { caseRow, entityRows, linkRows } from '../store/queries.ts';
import type { HeldRecord } from '../store/types.ts';
import { storedState } from '../vault/evidence-folder.ts';
import type { OpenSession } from './session.ts';

/** What the list of files tells of each; who had it before is in the audit log. */
const CUSTODY_SHOWN = 100;

/** One record of an evidence file with what became of the file, for those who see it. */
export function attachmentView(
  session: OpenSession,
  held: HeldRecord & { readonly record: AttachmentRecord },
  nameOf: (agency: AgencyId) => string,
): AttachmentView {
  const { record } = held;
  const { file, source, handling, author, created } = record;
  const name = nameOfFile(record);
  const row = findAttachment(session.store, file.sha256);
  const custody = custodyOf(session.store, file.sha256, CUSTODY_SHOWN);
  const addedBy = custody.find(({ event, at }) => event === 'added' && at === held.receivedAt)?.actor;
  return {
    record: held.id,
    subject: record.subject,
    ...file,
    name,
    fileName: safeFileName(name, file.sha256),
    ...(row?.sniffed !== undefined && { sniffed: row.sniffed }),
    isOdd: row !== undefined && isOddFile({ name, type: file.type, sniffed: row.sniffed }),
    notes: record.claims
      .filter(isDisclosed)
      .flatMap(({ property, value }) => (property === 'note' && typeof value === 'string' ? [value] : [])),
    supports: record.supports.map((subject) => supported(session, subject)),
    source,
    handling,
    author,
    authorName: nameOf(author),
    isOurs: author === session.us,
    created,
    addedAt: held.receivedAt,
    ...(addedBy !== undefined && { addedBy }),
    state: stateOfFile(session, file),
    custody: custody.map((event) => ({ ...event })),
  };
}

/** The name as it came; that of the oldest claim where there are several. */
export function nameOfFile(record: AttachmentRecord): string {
  const named = record.claims.filter(isDisclosed).find(({ property }) => property === 'name');
  return typeof named?.value === 'string' ? named.value : attachmentLabel([], record.subject);
}

/** V121: what is known without reading the file. */
export function stateOfFile(
  { store, vault }: OpenSession,
  file: Pick<EvidenceFile, 'sha256' | 'size'>,
): AttachmentState {
  const row = findAttachment(store, file.sha256);
  if (row === undefined) return 'missing';
  if (row.state !== 'held') return 'erased';
  const stored = storedState(vault, file);
  if (stored !== 'present') return stored === 'missing' ? 'missing' : 'damaged';
  return wasFoundDamaged(store, file.sha256) ? 'damaged' : 'held';
}

function supported({ store }: OpenSession, subject: SubjectId): AttachmentView['supports'][number] {
  const [entity] = entityRows(store, [subject]);
  if (entity !== undefined) return { id: subject, kind: 'entity', label: entity.label };
  const [link] = linkRows(store, [subject]);
  if (link !== undefined) return { id: subject, kind: 'link', label: linkKind(link.type).label };
  const found = caseRow(store, subject);
  return {
    id: subject,
    kind: found === undefined ? 'other' : 'case',
    label: found?.title ?? subject.slice(-4).toUpperCase(),
  };
}
