import { randomBytes } from 'node:crypto';
import { createHandlers } from '../../src-main/app/handlers.ts';
import { LEAST_KDF } from '../../src-main/vault/kdf.ts';
import { dispatch } from '../../src-shared/contract/dispatch.ts';
import type { Input, MethodName, Output } from '../../src-shared/contract/methods.ts';
import { dieAt } from './dies-at.ts';

/** A process that takes the bundle that waits in a vault, and dies at the nth piece of its files or at the nth change of a name. Says how many there are. */

const [what = '', home = '', passphrase = '', at = '0'] = process.argv.slice(2);
let pieces = 0;
const handlers = createHandlers({
  home,
  kdf: LEAST_KDF,
  now: () => new Date(),
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
  emit(event) {
    if (event.type !== 'progress' || event.stage !== 'files') return;
    pieces += 1;
    if (what === 'piece' && pieces === Number(at)) process.kill(process.pid, 'SIGKILL');
  },
  exit: () => undefined,
});
const incidents = {
  newIncident: () => 'test',
  record(_incident: string, error: unknown) {
    throw error;
  },
};

async function call<M extends MethodName>(name: M, input: Input<M>): Promise<Output<M>> {
  const reply = await dispatch(handlers, name, input, incidents);
  if (!reply.ok) throw new Error(`${name}: ${reply.error.code}`);
  return reply.value as Output<M>;
}

await call('vault.unlock', { vault: 'main', passphrase });
const { quarantined } = await call('receive.list', {});
const names = dieAt(what === 'name' ? Number(at) : 0);
await call('receive.apply', { quarantine: quarantined[0]?.quarantine ?? '', accept: 'all', job: 'taking' });
process.stdout.write(`${what === 'name' ? names() : pieces}\n`);
process.exit(0);
