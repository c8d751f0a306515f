import { dispatch } from '../../src-shared/contract/dispatch.ts';
import type { Input, MethodName, Output } from '../../src-shared/contract/methods.ts';
import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import { ChirographError } from '../../src-shared/errors.ts';
import type { AppContext } from './context.ts';
import { createHandlers } from './handlers.ts';
import { openIncidentLog } from './incident-log.ts';

/** One of the demo's agencies: an application over its own folder, driven through `dispatch` as a host would. */
export interface DemoAgency {
  readonly name: string;
  call<M extends MethodName>(name: M, input: Input<M>): Promise<Output<M>>;
}

/** Clock, randomness, and the folder below which the demo works if not the machine's own for such things. */
export type DemoWorld = Omit<AppContext, 'home' | 'emit' | 'exit'> & { readonly temporary?: string };

/** Starts an agency's application and creates its vault with a passphrase that nobody will need again. */
export async function startDemoAgency(
  home: string,
  name: string,
  country: string,
  world: DemoWorld,
): Promise<DemoAgency> {
  const { temporary: _, ...rest } = world;
  const handlers = createHandlers({ ...rest, home, emit: () => undefined, exit: () => undefined });
  const incidents = openIncidentLog(home, () => world.now());
  const agency: DemoAgency = {
    name,
    async call<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>> {
      const reply = await dispatch(handlers, method, input, incidents);
      if (!reply.ok) throw new ChirographError(reply.error.code, reply.error.details);
      // `dispatch` answers with what the handler of this very name returned.
      return reply.value as Output<M>;
    },
  };
  const passphrase = Buffer.from(world.randomBytes(18)).toString('base64');
  await agency.call('vault.create', { vault: 'demo', agency: name, country, user: 'Demo officer', passphrase });
  return agency;
}

/** Each takes in the other's card and confirms the twelve words; both sides must see the same ones. */
export async function introduce(
  one: DemoAgency,
  other: DemoAgency,
): Promise<{ readonly words: string; readonly idOfOne: AgencyId; readonly idOfOther: AgencyId }> {
  const seenByOther = await other.call('partner.add', { bytes: (await one.call('partner.card', {})).bytes });
  const seenByOne = await one.call('partner.add', { bytes: (await other.call('partner.card', {})).bytes });
  const channel = 'telephone';
  await one.call('partner.confirm', { agency: seenByOne.agency, words: seenByOther.words, with: other.name, channel });
  await other.call('partner.confirm', { agency: seenByOther.agency, words: seenByOne.words, with: one.name, channel });
  return { words: seenByOne.words, idOfOne: seenByOther.agency, idOfOther: seenByOne.agency };
}

export interface Exchange {
  readonly preview: Output<'release.preview'>;
  readonly released: Output<'release.seal'>;
  readonly plan: Output<'receive.open'>;
  readonly received: Output<'receive.apply'>;
}

/** A release with its preview, its receipt by the other agency after review of everything, and the receipt back home. */
export async function exchange(
  from: DemoAgency,
  to: DemoAgency,
  recipient: AgencyId,
  id: SubjectId,
): Promise<Exchange> {
  const purpose = 'Joint work on Operation Lantern';
  const request = { case: id, to: [recipient], purpose, legalBases: ['untoc-27'], include: [], exclude: [] };
  const preview = await from.call('release.preview', request);
  const answers = preview.stops.filter(({ answerable }) => answerable).map(({ key }) => key);
  const released = await from.call('release.seal', { ...request, digest: preview.digest, answers });
  const plan = await to.call('receive.open', { bytes: released.bytes });
  const received = await to.call('receive.apply', { quarantine: plan.quarantine, accept: 'all' });
  if (received.bytes !== undefined) await from.call('receive.open', { bytes: received.bytes });
  return { preview, released, plan, received };
}
