import { SubjectId } from '../../src-shared/domain/ids.ts';

/** A new subject: UUID version 7 (RFC 9562 §5.7), so that ids made together lie together in an index. */
export function newSubject(now: Date, randomBytes: (length: number) => Uint8Array): SubjectId {
  const bytes = randomBytes(16);
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  const time = BigInt(now.getTime());
  view.setUint32(0, Number(time >> 16n));
  view.setUint16(4, Number(time & 0xffffn));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return SubjectId.parse(
    [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'),
  );
}
