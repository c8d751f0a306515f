import { createHash } from 'node:crypto';
import { safeFileName } from '../../../src-shared/catalogue/file-name.ts';
import { SNIFFED_LENGTH, sniffType, typeOfName, UNKNOWN_TYPE } from '../../../src-shared/catalogue/file-types.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { FileHash, SubjectId } from '../../../src-shared/domain/ids.ts';
import { MAX_FILE_BYTES, MediaType } from '../../../src-shared/domain/record.ts';
import type { AttachmentRecord } from '../../../src-shared/domain/record.ts';
import { ChirographError, failure } from '../../../src-shared/errors.ts';
import { judgeRows, rowsOf } from '../../../src-shared/policy/judge-outlet.ts';
import { addCustody, findAttachment, holdAttachment } from '../../store/attachments.ts';
import type { Custody } from '../../store/attachments.ts';
import { newBatch } from '../../store/batches.ts';
import { findRecord, recordsNaming, recordsSupporting } from '../../store/history.ts';
import { subjectKind } from '../../store/queries.ts';
import { putRecords } from '../../store/records.ts';
import { requireFree } from '../../store/store.ts';
import type { HeldRecord } from '../../store/types.ts';
import {
  beginEvidenceIn,
  dropPlaced,
  placeEvidence,
  proveEvidence,
  readEvidence,
} from '../../vault/evidence-folder.ts';
import type { FileIdentity } from '../../vault/evidence-format.ts';
import { agencyNames } from '../agency-names.ts';
import { attachmentView, nameOfFile, stateOfFile } from '../attachment-view.ts';
import { nameFile } from '../evidence-upkeep.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';

/** What `attachment.read` hands out at a time. */
const PIECE = 4_194_304;
/** What our own agency takes a file out for, as policy asks. */
const PURPOSE = 'investigation';

/** Opens a way for a file into the vault. Throws `attachment.too-large`, `attachment.too-many-transfers`, and what the disk throws. */
export function beginAttachment(session: OpenSession, input: Parsed<'attachment.begin'>): Output<'attachment.begin'> {
  const { name, size } = input;
  if (size > MAX_FILE_BYTES) throw failure('attachment.too-large', { size, limit: MAX_FILE_BYTES });
  session.transfers.requireRoom();
  const writer = beginEvidenceIn(session.vault, size, session.context.randomBytes);
  const transfer = newTransfer(session);
  const type = mediaType(input.type) ?? typeOfName(name) ?? UNKNOWN_TYPE;
  session.transfers.begin(transfer, { direction: 'in', name, type, writer, start: new Uint8Array(), received: 0 });
  return { transfer };
}

/** The next piece; encrypted and written before the answer. Whatever fails ends the transfer and leaves nothing. */
export function appendAttachment(
  session: OpenSession,
  input: Parsed<'attachment.append'>,
): Output<'attachment.append'> {
  const upload = session.transfers.upload(input.transfer);
  try {
    upload.writer.write(input.bytes);
  } catch (error) {
    session.transfers.end(input.transfer);
    throw error;
  }
  if (upload.start.length < SNIFFED_LENGTH) {
    upload.start = Buffer.concat([upload.start, input.bytes]).subarray(0, SNIFFED_LENGTH).slice();
  }
  upload.received += input.bytes.length;
  return { received: upload.received };
}

/**
 * V116, V119: the whole file is on the disk before the record says so. Throws `attachment.wrong-size`, `store.not-found` for a subject that nobody
 * said anything of; nothing is left then.
 */
export async function finishAttachment(
  session: OpenSession,
  input: Parsed<'attachment.finish'>,
): Promise<Output<'attachment.finish'>> {
  const upload = session.transfers.upload(input.transfer);
  try {
    requireSubjects(session, input.subjects);
    const file = await upload.writer.finish();
    // what a bulk change brings is held by rows only (V126)
    requireFree(session.store);
    const isNew = stateOfFile(session, file) !== 'held';
    const record = attachmentRecord(session, input, upload, file);
    if (isNew) placeEvidence(session.vault, upload.writer.path, file.sha256);
    try {
      keepRecord(session, record, { ...file, ...sniffed(upload.start) }, isNew);
    } catch (error) {
      if (isNew) dropPlaced(session.vault, file.sha256);
      throw error;
    }
    if (isNew) nameFile(session, file.sha256);
    return viewOf(session, findRecord(session.store, record.id));
  } finally {
    session.transfers.end(input.transfer);
  }
}

/** Ends a transfer in either direction; nothing is left of a file that was on its way in. */
export function cancelTransfer(session: OpenSession, input: Parsed<'attachment.cancel'>): Output<'attachment.cancel'> {
  session.transfers.end(input.transfer);
  return {};
}

/** Evidence files of a subject, or of the whole store; those that came last first. */
export function listAttachments(session: OpenSession, input: Parsed<'attachment.list'>): Output<'attachment.list'> {
  const { records, total } = recordsSupporting(session.store, input);
  const nameOf = agencyNames(session);
  return { attachments: records.filter(isAttachment).map((held) => attachmentView(session, held, nameOf)), total };
}

/** Opens a way for a file out of the vault; that it was exported, and why, is written first (V123). Throws `attachment.missing`, `attachment.stays`, `attachment.damaged`. */
export function exportAttachment(
  session: OpenSession,
  input: Parsed<'attachment.export'>,
): Output<'attachment.export'> {
  const file = requireFile(session, input.sha256);
  refuseKeptHome(session, input);
  session.transfers.requireRoom();
  const reader = reading(session, file, () => readEvidence(session.vault, file));
  try {
    addEvent(session, 'attachment.export', file, { event: 'exported', note: input.reason });
  } catch (error) {
    reader.close();
    throw error;
  }
  const transfer = newTransfer(session);
  session.transfers.begin(transfer, { direction: 'out', file, reader, hash: createHash('sha256'), at: 0 });
  const [named] = recordsNaming(session.store, file.sha256).filter(isAttachment);
  const name = named === undefined ? '' : nameOfFile(named.record);
  return { transfer, fileName: safeFileName(name, file.sha256), sha256: file.sha256, size: file.size };
}

/**
 * docs/policy.md, `export`: of all live records that name the file the strictest decides; where none is live any more, it is not what is said now. The
 * reason that is written into its custody answers what is only asked about. Throws `attachment.stays`.
 */
function refuseKeptHome({ store, us, context }: OpenSession, { sha256, reason }: Parsed<'attachment.export'>): void {
  const named = recordsNaming(store, sha256).filter(isAttachment);
  const today = context.now().toISOString().slice(0, 10);
  const rules = named.flatMap(({ record }) => {
    const by = { isOurs: record.author === us, permission: 'file received', isProven: true } as const;
    const { cell } = judgeRows(rowsOf(record, { ...by, today, purposeCode: PURPOSE, purpose: reason }), 'export');
    return cell.verdict === 'stays' ? [cell.rule] : [];
  });
  if (named.length === 0) rules.push('P29');
  if (rules.length > 0) throw failure('attachment.stays', { rules: [...new Set(rules)] });
}

/** The next piece of a file. The last one is only handed out when all that went before is what it should be (V117). */
export function readAttachment(session: OpenSession, input: Parsed<'attachment.read'>): Output<'attachment.read'> {
  const download = session.transfers.download(input.transfer);
  const { file, reader, hash } = download;
  return reading(session, file, () => {
    try {
      const bytes = reader.read(download.at, PIECE);
      hash.update(bytes);
      download.at += bytes.length;
      const isDone = download.at === file.size;
      if (isDone && hash.digest('hex') !== file.sha256) throw failure('attachment.damaged', { rule: 'V117' });
      if (isDone) session.transfers.end(input.transfer);
      return { bytes, isDone };
    } catch (error) {
      session.transfers.end(input.transfer);
      throw error;
    }
  });
}

/** Reads the whole file and says whether it is what it should be; what was found is custody (V123). */
export async function verifyAttachment(
  session: OpenSession,
  input: Parsed<'attachment.verify'>,
): Promise<Output<'attachment.verify'>> {
  const file = requireFile(session, input.sha256);
  const job = session.jobs.begin(input.job);
  try {
    await proveEvidence(session.vault, file, (done, total) => job.step('verify', done, total));
  } catch (error) {
    const damage = damageOf(error);
    if (damage === undefined) throw error;
    if (damage.state === 'damaged') addEvent(session, 'attachment.verify', file, { event: 'damaged' });
    return damage;
  } finally {
    session.jobs.end(input.job);
  }
  addEvent(session, 'attachment.verify', file, { event: 'verified' });
  return { state: 'held' };
}

function attachmentRecord(
  session: OpenSession,
  { subjects, note, source, handling }: Parsed<'attachment.finish'>,
  { name, type }: { readonly name: string; readonly type: string },
  file: FileIdentity,
) {
  const notes = note === undefined ? [] : [{ property: 'note', value: note }];
  return session.author.seal({
    kind: 'attachment',
    subject: session.author.newSubject(),
    commitment: 'claims',
    supersedes: [],
    file: { ...file, type },
    supports: subjects,
    source,
    handling,
    claims: [{ property: 'name', value: name }, ...notes],
  });
}

/** Row, custody, record: one transaction, one batch, one step of undo. */
function keepRecord(
  session: OpenSession,
  record: ReturnType<typeof attachmentRecord>,
  file: FileIdentity & { readonly sniffed?: string },
  isNew: boolean,
): void {
  const at = session.context.now().toISOString();
  const details = { record: record.id, sha256: file.sha256, size: file.size, isNew };
  change(session, 'attachment.add', details, (tx) => {
    if (isNew) holdAttachment(tx, file);
    addCustody(tx, file.sha256, { event: 'added', at, actor: session.user });
    putRecords(tx, newBatch(tx, { kind: 'edit', at, actor: session.user }), [record]);
  });
}

function addEvent(
  session: OpenSession,
  action: string,
  { sha256 }: FileIdentity,
  event: Pick<Custody, 'event' | 'note'>,
): void {
  const by = { at: session.context.now().toISOString(), actor: session.user };
  change(session, action, { sha256, found: event.event }, (tx) => addCustody(tx, sha256, { ...by, ...event }));
}

/** Whatever damage reading meets is custody before it is an error. */
function reading<T>(session: OpenSession, file: FileIdentity, work: () => T): T {
  try {
    return work();
  } catch (error) {
    noteDamage(session, file, error);
    throw error;
  }
}

/** V123: that a file was found damaged, where that is the error. */
export function noteDamage(session: OpenSession, file: FileIdentity, error: unknown): void {
  if (damageOf(error)?.state === 'damaged') addEvent(session, 'attachment.verify', file, { event: 'damaged' });
}

function damageOf(error: unknown): Output<'attachment.verify'> | undefined {
  if (!(error instanceof ChirographError)) return undefined;
  if (error.code === 'attachment.missing') return { state: 'missing' };
  if (error.code !== 'attachment.damaged') return undefined;
  return { state: 'damaged', ...('rule' in error.details && { rule: error.details.rule }) };
}

/** A file that the store has held. Throws `store.not-found`, and `attachment.missing` for one that was erased. */
function requireFile({ store }: OpenSession, sha256: FileHash): FileIdentity {
  const row = findAttachment(store, sha256);
  if (row === undefined) throw failure('store.not-found', { what: 'file' });
  if (row.state !== 'held') throw failure('attachment.missing', {});
  return { sha256, size: row.size };
}

function requireSubjects({ store }: OpenSession, subjects: readonly SubjectId[]): void {
  const isKnown = subjects.every((subject) => subjectKind(store, subject) !== undefined);
  if (!isKnown) throw failure('store.not-found', { what: 'subject' });
}

function viewOf(session: OpenSession, held: HeldRecord | undefined): Output<'attachment.finish'> {
  if (held === undefined || !isAttachment(held)) throw failure('store.not-found', { what: 'record' });
  return attachmentView(session, held, agencyNames(session));
}

function isAttachment(held: HeldRecord): held is HeldRecord & { readonly record: AttachmentRecord } {
  return held.record.kind === 'attachment';
}

/** The type as it came, without parameters, in lower case; undefined for what is none or says nothing. */
function mediaType(text: string): string | undefined {
  const plain = text.replace(/;.*$/s, '').trim().toLowerCase();
  return plain === UNKNOWN_TYPE ? undefined : MediaType.safeParse(plain).data;
}

function sniffed(start: Uint8Array): { readonly sniffed?: string } {
  const type = sniffType(start);
  return type === undefined ? {} : { sniffed: type };
}

function newTransfer({ context }: OpenSession): string {
  return Buffer.from(context.randomBytes(16)).toString('hex');
}
