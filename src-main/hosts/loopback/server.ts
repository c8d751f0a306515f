import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { Reply } from '../../../src-shared/contract/dispatch.ts';
import { ASSET_POLICY, PAGE_HEADERS } from '../../../src-shared/contract/page-policy.ts';
import { MAX_FRAME, encodeFrame, parseFrame } from '../../../src-shared/contract/transport.ts';
import { toWireError } from '../../../src-shared/errors.ts';
import type { PageFiles } from '../../app/page-files.ts';
import type { VaultLink } from '../../app/vault-link.ts';
import { readBody } from './read-body.ts';
import { type Session, newSession } from './session.ts';

export interface LoopbackServer {
  readonly origin: string;
  /** Opens the page with the launch token, which is good once. */
  readonly launchAddress: string;
  close(): Promise<void>;
}

interface Host {
  readonly origin: string;
  readonly session: Session;
  readonly page: PageFiles;
  readonly link: VaultLink;
  readonly maxFrame: number;
}

type Route = (host: Host, request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const ROUTES: Readonly<Record<string, Route>> = {
  'POST /session': exchangeToken,
  'POST /call': passCall,
  'GET /events': streamEvents,
};
const MAX_TOKEN_BODY = 1024;

/** Serves the page and its calls on 127.0.0.1 only. Every request must name this host and come from this page; calls need the session. */
export async function startServer(options: {
  readonly page: PageFiles;
  readonly link: VaultLink;
  readonly port: number;
  readonly maxFrame?: number;
}): Promise<LoopbackServer> {
  const server = createServer();
  const port = await listen(server, options.port);
  const origin = `http://127.0.0.1:${port}`;
  const host: Host = { maxFrame: MAX_FRAME, ...options, origin, session: newSession(port) };
  server.on('request', (request, response) => {
    answer(host, request, response).catch((error: unknown) => refuse(response, error));
  });
  return {
    origin,
    launchAddress: `${origin}/#token=${host.session.token}`,
    async close() {
      options.link.kill();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

async function answer(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isOurs(host, request)) return end(response, 403);
  const path = (request.url ?? '').split(/[?#]/, 1)[0] ?? '';
  const route = ROUTES[`${request.method} ${path}`];
  if (route !== undefined) return route(host, request, response);
  const file = request.method === 'GET' ? host.page(path) : undefined;
  if (file === undefined) return end(response, 404);
  response.writeHead(200, file.headers).end(file.body);
}

/**
 * DNS rebinding shows in `Host`, another site's page in `Origin` or `Sec-Fetch-Site`. Browsers send `Origin` with every POST. Anybody may
 * open the page itself as a document: it holds no data, cannot be framed, and the cookie does not come along (SameSite=Strict).
 */
function isOurs({ origin }: Host, { headers, method, url }: IncomingMessage): boolean {
  if (`http://${headers.host}` !== origin) return false;
  if (headers.origin !== origin && (headers.origin !== undefined || method !== 'GET')) return false;
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  return method === 'GET' && url === '/' && headers['sec-fetch-dest'] === 'document';
}

async function exchangeToken({ session }: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = Buffer.from(await readBody(request, MAX_TOKEN_BODY)).toString('utf8');
  const cookie = session.exchange(tokenIn(body));
  if (cookie === undefined) return end(response, 403);
  response.setHeader('set-cookie', cookie);
  end(response, 204);
}

function tokenIn(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    const token: unknown = typeof parsed === 'object' && parsed !== null && 'token' in parsed ? parsed.token : '';
    return typeof token === 'string' ? token : '';
  } catch {
    return '';
  }
}

async function passCall(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!host.session.isOpenTo(request.headers.cookie)) return end(response, 401);
  const call = parseFrame(await readBody(request, host.maxFrame), 'input');
  sendReply(response, 200, await host.link.call(String(call['name']), call['input']));
}

function streamEvents({ link, session }: Host, request: IncomingMessage, response: ServerResponse): void {
  if (!session.isOpenTo(request.headers.cookie)) return end(response, 401);
  response.writeHead(200, headers('text/event-stream'));
  response.write(': open\n\n');
  const stop = link.onEvent((event) => response.write(`data: ${JSON.stringify(event)}\n\n`));
  response.on('close', stop);
}

/** A request that could not be read as a call gets a refusal in the form of a reply, and its connection ends. */
function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  response.setHeader('connection', 'close');
  const wire = toWireError(error, randomUUID());
  sendReply(response, wire.code === 'request.too-large' ? 413 : 400, { ok: false, error: wire });
}

function sendReply(response: ServerResponse, status: number, reply: Reply): void {
  response.writeHead(status, headers('application/octet-stream')).end(encodeFrame(reply, 'value'));
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, headers('text/plain; charset=utf-8')).end();
}

function headers(type: string): Readonly<Record<string, string>> {
  return { ...PAGE_HEADERS, 'content-type': type, 'content-security-policy': ASSET_POLICY };
}
