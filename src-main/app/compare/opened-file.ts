import { hash } from 'node:crypto';
import type { ComparisonStatement } from '../../../src-shared/bundle/comparison-file.ts';
import type { Heads } from '../../../src-shared/bundle/comparison-tree.ts';
import type { Parsed } from '../../../src-shared/contract/methods.ts';
import { readHead } from '../../store/head-row.ts';
import type { PartnerRow } from '../../store/types.ts';
import type { Job } from '../jobs.ts';
import type { OpenSession } from '../session.ts';
import { linesOf } from './differences.ts';
import type { Line } from './differences.ts';
import { openFrom } from './files.ts';
import { headsOfSet, toldSet } from './told-set.ts';
import type { ToldSet } from './told-set.ts';

/** A file of a comparison, held against what we and its issuer told each other. */
interface OpenedFile {
  readonly statement: ComparisonStatement;
  readonly partner: PartnerRow;
  readonly set: ToldSet;
  readonly heads: Heads;
  readonly lines: readonly Line[];
}

/** The last one of each session: its pages and its answer ask for the same. */
const lastOf = new WeakMap<OpenSession, { readonly key: string; readonly file: OpenedFile }>();

/**
 * Opens a file, once for all of its pages: answered from memory as long as nothing in the store changed, as the head's sequence goes up with every
 * change. Throws what opening does.
 */
export async function openedFile(
  session: OpenSession,
  input: Pick<Parsed<'compare.open'>, 'case' | 'bytes'>,
  job: Job,
): Promise<OpenedFile> {
  const key = keyOf(session, input);
  const last = lastOf.get(session);
  if (last?.key === key) return last.file;
  const { statement, partner } = await openFrom(session, input);
  const set = await toldSet(session, input.case, partner.agency, job);
  const heads = await headsOfSet(set, statement.depth, job);
  const lines = statement.round === 1 ? [] : linesOf(session, set, statement);
  const file = { statement, partner, set, heads, lines };
  if (keyOf(session, input) === key) lastOf.set(session, { key, file });
  return file;
}

function keyOf({ store }: OpenSession, input: Pick<Parsed<'compare.open'>, 'case' | 'bytes'>): string {
  return [readHead(store).sequence, input.case, hash('sha256', input.bytes, 'hex')].join(' ');
}
