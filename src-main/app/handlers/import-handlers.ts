import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { findAttachment } from '../import/attachment.ts';
import { eachSlice } from '../import/file-slices.ts';
import { previewTally } from '../import/preview-tally.ts';
import { storeSlices } from '../import/store-slices.ts';
import type { Written } from '../import/store-slices.ts';
import { changeInSlices } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { requireCase } from './case-handlers.ts';

/** What an import would do. Nothing is written. */
export async function previewImport(
  session: OpenSession,
  input: Parsed<'import.preview'>,
): Promise<Output<'import.preview'>> {
  const job = session.jobs.begin(input.job);
  try {
    const known = await findAttachment(session, input, job);
    const tally = previewTally(known);
    const summary = await eachSlice({ session, input, job }, 'read', async (slice) => {
      tally.add(slice);
      return 'go on';
    });
    if (summary === undefined) throw new Error('nobody stopped this preview');
    return tally.end(summary);
  } finally {
    session.jobs.end(input.job);
  }
}

/**
 * Imports a file in one transaction and one batch, which `batch.undo` takes back (docs/formats/import.md I30). A cancelled import leaves
 * nothing.
 */
export async function applyImport(
  session: OpenSession,
  input: Parsed<'import.apply'>,
): Promise<Output<'import.apply'>> {
  const job = session.jobs.begin(input.job);
  try {
    if ('id' in input.case) requireCase(session, input.case.id);
    const known = await findAttachment(session, input, job);
    const written = await changeInSlices(session, 'import.apply', auditOf, job, (bulk) =>
      storeSlices({ session, input, job }, known, bulk),
    );
    const { batch, entities, links, summary } = written;
    return {
      batch,
      read: summary.read,
      entities,
      links,
      rejected: [...summary.rejected],
      warnings: [...summary.warnings],
      case: written.case,
    };
  } finally {
    session.jobs.end(input.job);
  }
}

function auditOf({ records, entities, links, summary }: Written) {
  return { records, entities, links, rejected: summary.rejectedTotal };
}
