import { z } from 'zod';

const SHA256_HEX = /^[0-9a-f]{64}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An agency: SHA-256 of its first key set (docs/formats/bundle.md, K1). */
export const AgencyId = z.string().regex(SHA256_HEX).brand<'AgencyId'>();
export type AgencyId = z.infer<typeof AgencyId>;

/** A record: SHA-256 over its header and its claim hashes (docs/formats/record.md, R10). */
export const RecordId = z.string().regex(SHA256_HEX).brand<'RecordId'>();
export type RecordId = z.infer<typeof RecordId>;

/** One salted claim (docs/formats/record.md, R8). */
export const ClaimHash = z.string().regex(SHA256_HEX).brand<'ClaimHash'>();
export type ClaimHash = z.infer<typeof ClaimHash>;

/** An evidence file: SHA-256 of its bytes (docs/formats/record.md, R18). */
export const FileHash = z.string().regex(SHA256_HEX).brand<'FileHash'>();
export type FileHash = z.infer<typeof FileHash>;

/** What records speak about: an entity, a link, a case, a chart, an evidence file or an act of record keeping. Agencies share it; it says nothing itself. */
export const SubjectId = z.string().regex(UUID).brand<'SubjectId'>();
export type SubjectId = z.infer<typeof SubjectId>;

/** One import, edit or received bundle: the unit of undo in one store. Never leaves the store. */
export const BatchId = z.number().int().positive().brand<'BatchId'>();
export type BatchId = z.infer<typeof BatchId>;

/** A key of an agency: the first 16 hex digits of the SHA-256 of its public key. A hint, never proof. */
export const KeyId = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .brand<'KeyId'>();
export type KeyId = z.infer<typeof KeyId>;
