import type { LeavingFile } from '../../../src-shared/bundle/files.ts';
import { FILE_PIECE_BYTES } from '../../../src-shared/bundle/limits.ts';
import { isLeaving, filesOf } from '../../exchange/release-preview.ts';
import type { RecordVerdict, ReleasePlan } from '../../../src-shared/policy/plan-release.ts';
import { addCustody } from '../../store/attachments.ts';
import type { WriteDb } from '../../store/connection.ts';
import { readEvidence } from '../../vault/evidence-folder.ts';
import type { FileIdentity } from '../../vault/evidence-format.ts';
import { noteDamage } from '../handlers/attachment-handlers.ts';
import type { OpenSession } from '../session.ts';
import { forgetPlan } from './planning.ts';

/** The evidence files that leave with a plan, each once; they are read piece by piece when the bundle is made (docs/formats/bundle.md §8.2). */
export function leavingFiles(session: OpenSession, plan: ReleasePlan): LeavingFile[] {
  return filesOf(plan.verdicts.filter(isLeaving)).map((file) => ({ ...file, pieces: () => piecesOf(session, file) }));
}

/** V123, V126: that they went, to whom and in which bundle. */
export function noteReleased(
  session: OpenSession,
  tx: WriteDb,
  { leaving, at, note }: { readonly leaving: readonly RecordVerdict[]; readonly at: string; readonly note: string },
): void {
  for (const { sha256 } of filesOf(leaving))
    addCustody(tx, sha256, { event: 'exported', at, actor: session.user, note });
}

/** Throws `attachment.missing`, `attachment.damaged`; the latter is noted in its custody first. */
function* piecesOf(session: OpenSession, file: FileIdentity): Generator<Uint8Array> {
  try {
    const reader = readEvidence(session.vault, file);
    try {
      for (let at = 0; at < file.size; at += FILE_PIECE_BYTES) yield reader.read(at, FILE_PIECE_BYTES);
    } finally {
      reader.close();
    }
  } catch (error) {
    noteDamage(session, file, error);
    // the files in the vault's folder are not what it was worked out from
    forgetPlan(session);
    throw error;
  }
}
