import { decompress } from '../../src-main/exchange/zstd.ts';
import { readerOf } from '../../src-shared/bundle/body.ts';
import { parseFrame } from '../../src-shared/bundle/frame.ts';
import { unseal } from '../../src-shared/bundle/seal.ts';
import type { ClaimInput, Input, Output } from '../../src-shared/contract/methods.ts';
import { AgencyId } from '../../src-shared/domain/ids.ts';
import type { RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import { handling, source } from './agency.ts';
import type { TestAgency } from './agency.ts';
import { openFully } from './review.ts';

/** Steps of a story about a case, each of one or two calls of the contract. */

type Said = Readonly<Record<string, ClaimInput['value'] | readonly string[]>>;

/** `{ name: 'Ana', alias: ['A', 'B'] }` as claims. */
export function claimsOf(said: Said): ClaimInput[] {
  return Object.entries(said).flatMap(([property, value]) =>
    Array.isArray(value)
      ? value.map((each: string) => ({ property, value: each }))
      : [{ property, value: value as ClaimInput['value'] }],
  );
}

export async function openCase(at: TestAgency, title = 'Operation Test Lamp'): Promise<SubjectId> {
  return (await at.call('case.save', { title, handling })).id;
}

type Saved = Output<'entity.save'>;
type More<M extends 'entity.save' | 'link.save'> = Partial<Input<M>>;

export async function addEntity(
  at: TestAgency,
  id: SubjectId,
  type: string,
  said: Said,
  more: More<'entity.save'> = {},
): Promise<Saved> {
  return at.call('entity.save', { case: id, supersedes: [], type, claims: claimsOf(said), source, handling, ...more });
}

export async function addLink(
  at: TestAgency,
  id: SubjectId,
  type: string,
  ends: readonly [SubjectId, SubjectId],
  said: Said = {},
  more: More<'link.save'> = {},
): Promise<Saved> {
  const [from, to] = ends;
  const claims = claimsOf(said);
  return at.call('link.save', {
    case: id,
    supersedes: [],
    type,
    from,
    to,
    directed: true,
    claims,
    source,
    handling,
    ...more,
  });
}

export type Terms = Partial<Input<'release.preview'>>;

export function releaseRequest(
  id: SubjectId,
  to: string | readonly string[],
  more: Terms = {},
): Input<'release.preview'> {
  return {
    case: id,
    to: [to].flat().map((agency) => AgencyId.parse(agency)),
    purpose: 'joint investigation',
    legalBases: ['untoc-27'],
    include: [],
    exclude: [],
    ...more,
  };
}

export async function release(from: TestAgency, id: SubjectId, to: string | readonly string[], more: Terms = {}) {
  const request = releaseRequest(id, to, more);
  const preview = await from.call('release.preview', request);
  return { preview, sealed: await from.call('release.seal', sealing(request, preview)) };
}

/** What was previewed, with every stop answered that can be: the officer who says yes to all of it. */
export function sealing<R extends object>(request: R, preview: Output<'release.preview'>) {
  const answers = preview.stops.filter(({ answerable }) => answerable).map(({ key }) => key);
  return { ...request, digest: preview.digest, answers };
}

export async function receiveAll(at: TestAgency, bytes: Uint8Array) {
  const plan = await openFully(at, bytes);
  return { plan, result: await at.call('receive.apply', { quarantine: plan.quarantine, accept: 'all' }) };
}

export async function liveRecordsOf(at: TestAgency, subject: SubjectId): Promise<RecordId[]> {
  const { history } = await at.call('subject.show', { subject });
  return history.filter(({ state }) => state === 'live').map(({ record }) => record);
}

/** Everything in a sealed file that its recipient's software can read. */
export async function openedText(recipient: TestAgency, bytes: Uint8Array): Promise<string> {
  const identity = new TextDecoder().decode((await recipient.call('vault.identity', {})).bytes).trim();
  return textOfInner(await unseal([identity], bytes));
}

/** Everything that a program can read in an opened file: the manifest and the body, which JSON leaves unescaped but for quotes and backslashes. */
function textOfInner(inner: Uint8Array): string {
  const { manifest, manifestBytes, storedBody } = parseFrame(inner);
  const { encoding, size } = manifest.body;
  const body =
    encoding === 'parts' ? piecesOf(storedBody) : [encoding === 'zstd' ? decompress(storedBody, size) : storedBody];
  return Buffer.concat([manifestBytes, ...body]).toString('utf8');
}

/** B29. */
function piecesOf(stored: Uint8Array): Uint8Array[] {
  const reader = readerOf(stored);
  const pieces: Uint8Array[] = [];
  while (!reader.isAtEnd()) {
    const [length, size] = [reader.number(), reader.number()];
    const piece = reader.bytes(length);
    pieces.push(length === size ? piece : decompress(piece, size));
  }
  return pieces;
}

/** What must be as it was when something is refused: the store's counts, its head and its audit log. */
export async function stateOf(at: TestAgency) {
  const { entities, links, records, cases, partners, quarantined } = await at.call('vault.status', {});
  const { entries } = await at.call('audit.list', { limit: 500 });
  const actions = entries.map(({ sequence, action }) => `${sequence} ${action}`);
  return {
    entities,
    links,
    records,
    cases,
    partners,
    quarantined,
    actions,
    batches: await at.call('batch.list', { limit: 500 }),
  };
}
