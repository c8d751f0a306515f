import { unpackFile } from '../../../src-shared/bundle/files.ts';
import type { ReceivedFile } from '../../../src-shared/bundle/files.ts';
import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import { SNIFFED_LENGTH, sniffType } from '../../../src-shared/catalogue/file-types.ts';
import type { FileHash } from '../../../src-shared/domain/ids.ts';
import type { AttachmentRecord } from '../../../src-shared/domain/record.ts';
import { failure } from '../../../src-shared/errors.ts';
import { decompress } from '../../exchange/zstd.ts';
import { addCustody, holdAttachment } from '../../store/attachments.ts';
import type { WriteDb } from '../../store/connection.ts';
import { beginEvidenceIn, dropPlaced, placeEvidence } from '../../vault/evidence-folder.ts';
import type { EvidenceWriter } from '../../vault/evidence-writer.ts';
import { stateOfFile } from '../attachment-view.ts';
import { nameFile } from '../evidence-upkeep.ts';
import type { Job } from '../jobs.ts';
import type { OpenSession } from '../session.ts';

/** Files of a bundle on their way into the vault: docs/formats/vault.md V126. End them with `keep` or `drop`. */
export interface IncomingFiles {
  /** In the transaction that stores their records: names them, and says that they are held. */
  enter(tx: WriteDb, said: { readonly at: string; readonly note: string }): void;
  /** The transaction is through. */
  keep(): void;
  /** It is not: nothing is left. Does nothing after `keep`. */
  drop(): void;
}

type Written = { readonly file: ReceivedFile; readonly writer: EvidenceWriter; readonly sniffed: string | undefined };

/** What a bundle brings for a record: the file comes, is held already, or is not here and does not come. */
export function fileOf(
  session: OpenSession,
  { files }: Pick<VerifiedBundle, 'files'>,
  { file }: AttachmentRecord,
): 'comes' | 'held' | 'absent' {
  if (stateOfFile(session, file) === 'held') return 'held';
  return files.some(({ sha256 }) => sha256 === file.sha256) ? 'comes' : 'absent';
}

/**
 * Writes the files that these records of a bundle name and that are not held, encrypted, beside the others; no row speaks of them yet. Others are
 * answered meanwhile, and a cancelled one leaves nothing.
 */
export async function writeIncoming(
  session: OpenSession,
  bundle: Pick<VerifiedBundle, 'files'>,
  records: VerifiedBundle['records'],
  job: Job,
): Promise<IncomingFiles> {
  const wanted = new Set<FileHash>(
    records.flatMap(({ record }) =>
      record.kind === 'attachment' && fileOf(session, bundle, record) === 'comes' ? [record.file.sha256] : [],
    ),
  );
  const files = bundle.files.filter(({ sha256 }) => wanted.has(sha256));
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const written: Written[] = [];
  try {
    let done = 0;
    for (const file of files) {
      written.push(await writeOne(session, file, (bytes) => job.step('files', (done += bytes), total)));
    }
  } catch (error) {
    for (const { writer } of written) writer.discard();
    throw error;
  }
  return incoming(session, written);
}

/** B39: proved once more as it is stored. */
async function writeOne(
  session: OpenSession,
  file: ReceivedFile,
  step: (bytes: number) => Promise<void>,
): Promise<Written> {
  const writer = beginEvidenceIn(session.vault, file.size, session.context.randomBytes);
  try {
    let sniffed: string | undefined;
    let isFirst = true;
    for (const bytes of unpackFile(file, decompress)) {
      if (isFirst) sniffed = sniffType(bytes.subarray(0, SNIFFED_LENGTH));
      isFirst = false;
      writer.write(bytes);
      await step(bytes.length);
    }
    const { sha256 } = await writer.finish();
    if (sha256 !== file.sha256) throw failure('bundle.malformed', { rule: 'B39' });
    return { file, writer, sniffed };
  } catch (error) {
    writer.discard();
    throw error;
  }
}

function incoming(session: OpenSession, written: readonly Written[]): IncomingFiles {
  const placed: FileHash[] = [];
  let isKept = false;
  return {
    enter(tx, { at, note }) {
      for (const { file, writer, sniffed } of written) {
        const { sha256, size } = file;
        // somebody may have added it meanwhile
        if (stateOfFile(session, file) === 'held') continue;
        placeEvidence(session.vault, writer.path, sha256);
        placed.push(sha256);
        holdAttachment(tx, { sha256, size, ...(sniffed !== undefined && { sniffed }) });
        addCustody(tx, sha256, { event: 'added', at, actor: session.user, note });
      }
    },
    keep() {
      isKept = true;
      for (const sha256 of placed) nameFile(session, sha256);
      for (const { writer } of written) writer.discard();
    },
    drop() {
      if (isKept) return;
      for (const sha256 of placed) dropPlaced(session.vault, sha256);
      for (const { writer } of written) writer.discard();
    },
  };
}
