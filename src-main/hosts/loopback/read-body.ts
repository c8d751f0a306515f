import type { IncomingMessage } from 'node:http';
import { failure } from '../../../src-shared/errors.ts';

/**
 * The body of a request whose announced length is within `limit`; memory is taken once, after that check. Throws `request.too-large`
 * before reading anything, `request.invalid` when the length is missing or is not what comes.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  const size = Number(request.headers['content-length'] ?? Number.NaN);
  if (!Number.isSafeInteger(size) || size < 0) throw failure('request.invalid', { path: 'content-length' });
  if (size > limit) throw failure('request.too-large', { size, limit });
  const body = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    body.set(chunk, filled);
    filled += chunk.length;
  }
  if (filled !== size) throw failure('request.invalid', { path: 'content-length' });
  return body;
}
