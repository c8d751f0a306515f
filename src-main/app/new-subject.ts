import { toHex } from '../../src-shared/crypto/hash.ts';
import type { RandomBytes } from '../../src-shared/crypto/hash.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';

/** A new subject: UUID version 7 (RFC 9562 §5.7), so that ids made together lie together in an index. */
export function newSubject(now: Date, randomBytes: RandomBytes): SubjectId {
  const time = now.getTime().toString(16).padStart(12, '0');
  const bytes = randomBytes(10).slice();
  bytes[0] = ((bytes[0] ?? 0) & 0x0f) | 0x70;
  bytes[2] = ((bytes[2] ?? 0) & 0x3f) | 0x80;
  const rest = toHex(bytes);
  return `${time.slice(0, 8)}-${time.slice(8)}-${rest.slice(0, 4)}-${rest.slice(4, 8)}-${rest.slice(8)}` as SubjectId;
}
