import { failure } from '../errors.ts';

/**
 * How a call or a reply crosses a byte stream (the loopback host):
 *
 *   frame = length{4, big-endian} head{length} bytes
 *   head  = UTF-8 JSON {"message": object, "bytes": number | null}
 *
 * A message may hold one `bytes: Uint8Array` inside its payload (`input` of a call, `value` of a reply). It is lifted out of the JSON,
 * travels behind it untouched, and `head.bytes` says its length, so that a cut or padded frame is refused.
 */
const LENGTH_SIZE = 4;
export const MAX_FRAME = 512 * 1024 * 1024;

export type PayloadField = 'input' | 'value';

/** Lifts `message[field].bytes` behind the JSON. */
export function encodeFrame(message: object, field: PayloadField): Uint8Array<ArrayBuffer> {
  const { rest, bytes } = liftBytes(message, field);
  const head = new TextEncoder().encode(JSON.stringify({ message: rest, bytes: bytes?.length ?? null }));
  const frame = new Uint8Array(LENGTH_SIZE + head.length + (bytes?.length ?? 0));
  new DataView(frame.buffer).setUint32(0, head.length);
  frame.set(head, LENGTH_SIZE);
  if (bytes !== undefined) frame.set(bytes, LENGTH_SIZE + head.length);
  return frame;
}

/** The message of a frame with its bytes put back. Throws `request.invalid` for anything that `encodeFrame` does not make. */
export function parseFrame(frame: Uint8Array, field: PayloadField): Readonly<Record<string, unknown>> {
  if (frame.length < LENGTH_SIZE) throw failure('request.invalid', { path: 'frame' });
  const bodyStart = LENGTH_SIZE + new DataView(frame.buffer, frame.byteOffset, LENGTH_SIZE).getUint32(0);
  if (bodyStart > frame.length) throw failure('request.invalid', { path: 'frame.length' });
  const head = parseHead(frame.subarray(LENGTH_SIZE, bodyStart));
  const body = frame.slice(bodyStart);
  if (body.length !== (head.bytes ?? 0)) throw failure('request.invalid', { path: 'frame.bytes' });
  if (head.bytes === null) return head.message;
  const payload = head.message[field];
  if (!isObject(payload)) throw failure('request.invalid', { path: `frame.${field}` });
  return { ...head.message, [field]: { ...payload, bytes: body } };
}

function liftBytes(message: object, field: PayloadField): { rest: object; bytes: Uint8Array | undefined } {
  const payload: unknown = Object.hasOwn(message, field) ? Reflect.get(message, field) : undefined;
  if (!isObject(payload) || !(payload['bytes'] instanceof Uint8Array)) return { rest: message, bytes: undefined };
  const { bytes, ...others } = payload;
  return { rest: { ...message, [field]: others }, bytes };
}

function parseHead(bytes: Uint8Array): { message: Record<string, unknown>; bytes: number | null } {
  const head = parseJson(bytes);
  if (!isObject(head) || !isObject(head['message'])) throw failure('request.invalid', { path: 'frame.head' });
  const length = head['bytes'];
  if (length !== null && typeof length !== 'number') throw failure('request.invalid', { path: 'frame.head' });
  return { message: head['message'], bytes: length };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    throw failure('request.invalid', { path: 'frame.head' }, error);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
