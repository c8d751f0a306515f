import { handling, source } from './agency.ts';
import { sealing } from './case-steps.ts';
import type { MemoryAgency } from './memory-agency.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';

/** Steps between agencies whose stores are in memory. */

/** Both confirm each other. */
export async function introduce(one: MemoryAgency, other: MemoryAgency): Promise<void> {
  for (const [at, of] of [
    [one, other],
    [other, one],
  ] as const) {
    const { bytes } = await of.call('partner.card', {});
    const { agency, words } = await at.call('partner.add', { bytes });
    await at.call('partner.confirm', { agency, words, with: 'Somebody', channel: 'phone' });
  }
}

/** A case of ours, with one person. */
export async function caseAt(at: MemoryAgency, name = 'Sergo Madeupson'): Promise<SubjectId> {
  const { id } = await at.call('case.save', { title: `Operation ${name}`, handling });
  await sayAt(at, id, 'person', { name });
  return id;
}

export async function sayAt(at: MemoryAgency, id: SubjectId, type: string, said: Readonly<Record<string, string>>) {
  const claims = Object.entries(said).map(([property, value]) => ({ property, value }));
  return at.call('entity.save', { case: id, supersedes: [], type, claims, source, handling });
}

const terms = { purpose: 'joint investigation', legalBases: ['untoc-27'], include: [], exclude: [] };

/** What would leave, and how it is sealed, with every stop answered that can be. */
export async function previewFor(from: MemoryAgency, to: readonly MemoryAgency[], of: SubjectId, more: object = {}) {
  const request = { case: of, to: to.map(({ id }) => id), ...terms, ...more };
  const preview = await from.call('release.preview', request);
  return { preview, seal: () => from.call('release.seal', sealing(request, preview)) };
}

export async function send(from: MemoryAgency, to: MemoryAgency, of: SubjectId, more: object = {}) {
  return (await (await previewFor(from, [to], of, more)).seal()).bytes;
}

/** Opens it and accepts everything; answers the receipt. */
export async function take(at: MemoryAgency, bytes: Uint8Array): Promise<Uint8Array> {
  const plan = await at.call('receive.open', { bytes });
  const { bytes: receipt } = await at.call('receive.apply', { quarantine: plan.quarantine, accept: 'all' });
  if (receipt === undefined) throw new Error('no receipt');
  return receipt;
}
