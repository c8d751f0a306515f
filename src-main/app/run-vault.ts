import { randomBytes } from 'node:crypto';
import type { Handlers } from '../../src-shared/contract/methods.ts';
import { failure } from '../../src-shared/errors.ts';
import type { AppContext } from './context.ts';
import { openIncidentLog } from './incident-log.ts';
import { serveVault } from './serve-vault.ts';
import type { VaultCall, VaultMessage } from './vault-messages.ts';

interface Port {
  post(message: VaultMessage, done: () => void): void;
  listen(listener: (call: VaultCall) => void): void;
}

/** Electron gives a utility process a `parentPort`; its types belong to that host, so the little that is used is written here. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(name: 'message', listener: (event: { readonly data: VaultCall }) => void): void;
}

const EXIT_BUG = 70;

/**
 * Makes this process a vault process: the home folder is its only argument, its host talks to it in `vault-messages.ts`, and locking the
 * vault ends it. It ends with its host too.
 */
export function runVault(createHandlers: (context: AppContext) => Handlers): void {
  const port = openPort();
  const home = homeArgument();
  const handlers = createHandlers({
    home,
    now,
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    emit: (event) => port.post({ event }, ignore),
    // Not before the reply of the call that asked for it is out.
    exit: (reason) => setImmediate(() => port.post({ ending: reason }, () => process.exit(0))),
  });
  const incidents = openIncidentLog(home, now);
  // Node would print the message of the error, which can quote case data.
  process.on('uncaughtException', (error) => {
    incidents.record(incidents.newIncident(), error);
    process.exit(EXIT_BUG);
  });
  const serve = serveVault(handlers, incidents, (message) => port.post(message, ignore));
  port.listen((call) => void serve(call));
  port.post({ ready: true }, ignore);
}

function openPort(): Port {
  if ('parentPort' in process && process.parentPort) return electronPort(process.parentPort);
  process.on('disconnect', () => process.exit(0));
  return {
    post: (message, done) => process.send?.(message, undefined, undefined, done),
    listen: (listener) => process.on('message', listener),
  };
}

function electronPort(parent: ParentPort): Port {
  return {
    post(message, done) {
      parent.postMessage(message);
      setImmediate(done);
    },
    listen: (listener) => parent.on('message', (event) => listener(event.data)),
  };
}

function homeArgument(): string {
  const home = process.argv[2];
  if (home === undefined) throw failure('request.invalid', { path: 'home' });
  return home;
}

function now(): Date {
  return new Date();
}

function ignore(): void {}
