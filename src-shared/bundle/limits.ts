import { MAX_BUNDLED_BYTES } from '../domain/record.ts';

/** docs/formats/bundle.md S2, B5: checked before anything is cut out, allocated or derived. */
export const MAX_FILE_BYTES = 2 ** 31;
export const MAX_INNER_BYTES = 2 ** 31;
export const MAX_BODY_BYTES = 2 ** 31;
export const MAX_MANIFEST_BYTES = 65_536;
export const MAX_ATTESTATIONS = 8192;
export const MAX_RECIPIENTS = 128;
export const MAX_GROUP_HEADER_BYTES = 4096;
export const MAX_AGE_HEADER_BYTES = 262_144;
export const MAX_APPROVALS = 8;
export const MAX_LISTED_RECALLS = 256;
export const MAX_CARDS = 64;
/** B37: what is held of a file while it is read or written. */
export const FILE_PIECE_BYTES = 2 ** 20;
/** B36, B37: entries and lengths beside the bytes of the files themselves. */
export const MAX_STORED_FILES_BYTES = MAX_BUNDLED_BYTES + 2 ** 17;
/** B29: what is held of a body in parts while it is read. */
export const MAX_PART_BYTES = 8 * 2 ** 20;
