import type { Reply } from '../../src-shared/contract/dispatch.ts';
import type { VaultEvent } from '../../src-shared/contract/methods.ts';
import { MAX_FRAME, encodeFrame, parseFrame } from '../../src-shared/contract/transport.ts';
import type { ErrorCode, ErrorDetails, WireError } from '../../src-shared/errors.ts';
import type { Bridge } from '../../src-shared/contract/bridge.ts';
import { Refusal } from './refusal.ts';

const NO_SESSION = 401;

/** The bridge of the loopback host: framed calls and server-sent events on the address that served the page. */
export function loopbackBridge(): Bridge {
  const session = openSession();
  const listeners = new Set<(event: VaultEvent) => void>();
  void session.then(() => listen(listeners)).catch(() => undefined);
  return {
    async call(name, input) {
      await session;
      return postCall(name, input);
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The launch token stands in the fragment, is good once, and is taken out of the address at once; a reload has the cookie already. */
async function openSession(): Promise<void> {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (token === null) return;
  window.history.replaceState(null, '', window.location.pathname);
  const response = await reach('/session', JSON.stringify({ token }));
  if (!response.ok) throw refusal('host.no-session', {});
}

async function postCall(name: string, input: object): Promise<Reply> {
  const call = encodeFrame({ name, input }, 'input');
  if (call.length > MAX_FRAME) throw refusal('request.too-large', { size: call.length, limit: MAX_FRAME });
  const response = await reach('/call', call);
  if (response.status === NO_SESSION) throw refusal('host.no-session', {});
  const frame = new Uint8Array(await response.arrayBuffer());
  // The host is our own program and answers with what `dispatch` made; behind that door nothing is checked twice.
  return parseFrame(frame, 'value') as unknown as Reply;
}

async function reach(path: string, body: BodyInit): Promise<Response> {
  try {
    return await fetch(path, { method: 'POST', body, credentials: 'same-origin', cache: 'no-store' });
  } catch (error) {
    throw refusal('host.unreachable', {}, error);
  }
}

/** The browser reconnects by itself when the connection breaks; what was said meanwhile is lost, so anything may have changed. */
function listen(listeners: ReadonlySet<(event: VaultEvent) => void>): void {
  const source = new EventSource('/events');
  const tell = (event: VaultEvent) => listeners.forEach((listener) => listener(event));
  source.addEventListener('message', (message) => tell(JSON.parse(String(message.data))));
  source.addEventListener('error', () => {
    source.addEventListener('open', () => tell({ type: 'changed', change: 0 }), { once: true });
  });
}

function refusal<C extends ErrorCode>(code: C, details: ErrorDetails[C], cause?: unknown): Refusal {
  return new Refusal({ code, details } as unknown as WireError, { cause });
}
