import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startLoopback } from '../../../src-main/hosts/loopback/loopback.ts';
import type { LoopbackServer } from '../../../src-main/hosts/loopback/server.ts';
import { MAX_FRAME, encodeFrame, parseFrame } from '../../../src-shared/contract/transport.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let folder: string;
let server: LoopbackServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chirograph-test-'));
  writeFileSync(join(folder, 'index.html'), '<title>page</title>');
  server = await startLoopback({ home: join(folder, 'home'), pageFolder: folder, port: 0 });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** One request as a program (not a browser) would send it, so that every header can be wrong. */
function send(method: string, path: string, headers: OutgoingHttpHeaders = {}, body?: Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(server.origin, { method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function post(path: string, body: Uint8Array, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
  return send('POST', path, { 'origin': server.origin, 'content-length': body.length, ...headers }, body);
}

function token(): string {
  return new URL(server.launchAddress).hash.slice('#token='.length);
}

function exchange(given: string, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
  return post('/session', Buffer.from(JSON.stringify({ token: given })), headers);
}

async function openSession(): Promise<string> {
  const { headers } = await exchange(token());
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

const listVaults = encodeFrame({ name: 'vault.list', input: {} }, 'input');

test('with the token a session opens, and with its cookie a call is answered', async () => {
  const cookie = await openSession();
  const { status, body } = await post('/call', listVaults, { cookie });
  expect(status).toBe(200);
  expect(parseFrame(body, 'value')).toEqual({ ok: true, value: { vaults: [], place: { kind: 'local' } } });
});

test('the cookie cannot be read by scripts or sent by other sites', async () => {
  const { status, headers } = await exchange(token());
  expect(status).toBe(204);
  expect(headers['set-cookie']?.[0]).toMatch(/^chirograph-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
});

test('the launch token is good once', async () => {
  await openSession();
  const again = await exchange(token());
  expect([again.status, again.headers['set-cookie']]).toEqual([403, undefined]);
});

test('a wrong token is refused and does not use up the right one', async () => {
  expect((await exchange('wrong')).status).toBe(403);
  expect((await post('/session', Buffer.from('{"token":7}'))).status).toBe(403);
  expect((await post('/session', Buffer.from('not json'))).status).toBe(403);
  expect((await exchange(token())).status).toBe(204);
});

test.each(['/call', '/events'])('without the cookie, or with another, %s is refused', async (path) => {
  const cookie = await openSession();
  const method = path === '/call' ? 'POST' : 'GET';
  const frame = path === '/call' ? listVaults : undefined;
  const own = { 'origin': server.origin, ...(frame && { 'content-length': frame.length }) };
  for (const wrong of [undefined, '', 'chirograph-1=x', `${cookie}x`, cookie.slice(0, -1), 'null']) {
    const headers = wrong === undefined ? own : { ...own, cookie: wrong };
    expect((await send(method, path, headers, frame)).status).toBe(401);
  }
});

test('before the exchange no cookie is good, not even an empty one', async () => {
  const port = new URL(server.origin).port;
  expect((await post('/call', listVaults, { cookie: `chirograph-${port}=` })).status).toBe(401);
});

test.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]'])(
  'a request to the host %j is refused: DNS may have been rebound',
  async (host) => {
    expect((await send('GET', '/', { host })).status).toBe(403);
    expect((await exchange(token(), { host })).status).toBe(403);
  },
);

test.each(['http://evil.example', 'null', 'http://127.0.0.1', 'http://127.0.0.1:1', 'https://127.0.0.1', 'file://'])(
  'a request from the origin %j is refused',
  async (origin) => {
    expect((await exchange(token(), { origin })).status).toBe(403);
    expect((await send('GET', '/', { origin })).status).toBe(403);
  },
);

test('a POST without an origin is refused', async () => {
  const body = Buffer.from(JSON.stringify({ token: token() }));
  expect((await send('POST', '/session', { 'content-length': body.length }, body)).status).toBe(403);
});

test('another site may open the page as a document, and nothing else', async () => {
  const cookie = await openSession();
  const cross = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  expect((await send('GET', '/', { ...cross, 'sec-fetch-dest': 'document' })).status).toBe(200);
  expect((await send('GET', '/', { ...cross, 'sec-fetch-dest': 'iframe' })).status).toBe(403);
  expect((await send('GET', '/events', { ...cross, 'sec-fetch-dest': 'document', cookie })).status).toBe(403);
  expect((await post('/call', listVaults, { ...cross, cookie })).status).toBe(403);
});

test('a body that is announced too large is refused before it is sent', async () => {
  const headers = { 'origin': server.origin, 'cookie': await openSession(), 'content-length': MAX_FRAME + 1 };
  const { status, body } = await new Promise<Answer>((resolve, reject) => {
    const sent = request(server.origin, { method: 'POST', path: '/call', headers }, (response) => {
      response.once('data', (chunk: Buffer) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: chunk });
        sent.destroy();
      });
    });
    sent.on('error', reject);
    sent.flushHeaders();
  });
  expect(status).toBe(413);
  expect(parseFrame(body, 'value')).toMatchObject({ ok: false, error: { code: 'request.too-large' } });
});

test('a body without a length, and one that is no frame, are refused', async () => {
  const cookie = await openSession();
  const chunked = await send(
    'POST',
    '/call',
    { 'origin': server.origin, cookie, 'transfer-encoding': 'chunked' },
    listVaults,
  );
  const noFrame = await post('/call', Buffer.from('no frame at all'), { cookie });
  expect([chunked.status, noFrame.status]).toEqual([400, 400]);
  expect(parseFrame(noFrame.body, 'value')).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
});

test.each([
  '/../package.json',
  '/..%2fpackage.json',
  '/%2e%2e/package.json',
  '//etc/passwd',
  '/home',
  '/index.html/../x',
  '/\\..',
])('the path %j leads nowhere', async (path) => {
  expect((await send('GET', path)).status).toBe(404);
});

test.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('the method %s leads nowhere', async (method) => {
  expect((await send(method, '/call', { origin: server.origin })).status).toBe(404);
});

test('every answer forbids guessing its type, keeping it, framing it and naming it to others', async () => {
  for (const path of ['/', '/nowhere', '/events']) {
    const { headers } = await send('GET', path);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});
