import { type Incidents, dispatch } from '../../src-shared/contract/dispatch.ts';
import type { Handlers } from '../../src-shared/contract/methods.ts';
import type { VaultCall, VaultMessage } from './vault-messages.ts';

/** These must get through while a long call runs: they stop it, or say that a person is still there. */
const UNQUEUED: ReadonlySet<string> = new Set(['job.cancel', 'vault.touch', 'vault.lock']);

/** Answers calls by `dispatch`, one at a time in the order they came, except those of `UNQUEUED`. */
export function serveVault(
  handlers: Handlers,
  incidents: Incidents,
  post: (message: VaultMessage) => void,
): (call: VaultCall) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  const answer = async ({ id, name, input }: VaultCall): Promise<void> =>
    post({ id, reply: await dispatch(handlers, name, input, incidents) });
  return (call) => {
    if (UNQUEUED.has(call.name)) return answer(call);
    last = last.then(() => answer(call));
    return last;
  };
}
