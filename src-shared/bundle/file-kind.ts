import { toBytes } from '../crypto/hash.ts';
import { failure } from '../errors.ts';
import type { ErrorDetails } from '../errors.ts';

/** What a file of ours is, told by its first bytes, so that one given to the wrong place is sent to the right one. */
export type FileKind = ErrorDetails['file.other-kind']['kind'];

const COMMANDS: { readonly [K in FileKind]: string } = {
  bundle: 'receive',
  comparison: 'compare open',
  card: 'partner add',
  backup: 'vault restore',
  salvage: 'vault from-salvage',
};

/** A card has its kind, and a salvage its first line, within so many bytes: bundle.md K15, salvage.md W3. */
const LOOKED_AT = 65_536;

/** Of a file that is not sealed; undefined for one that is, and for what is none of ours: bundle.md K6, K14, backup.md U1. */
export function unsealedKind(file: Uint8Array): FileKind | undefined {
  if (beginsWith(file, 'CHIROVLT')) return 'backup';
  return beginsWith(file, '{') && holds(file, '"kind":"card"') ? 'card' : undefined;
}

/** Of what was sealed for us: bundle.md B1, compare.md M14, salvage.md W2. */
export function sealedKind(inner: Uint8Array): FileKind | undefined {
  if (beginsWith(inner, 'CHB')) return 'bundle';
  if (beginsWith(inner, 'CHC')) return 'comparison';
  return beginsWith(inner, '{') && holds(inner, '"line":"salvage"') ? 'salvage' : undefined;
}

/** Throws `file.other-kind` for a file of ours that belongs elsewhere; anything else is for the format's own rules to judge. */
export function refuseOtherKind(found: FileKind | undefined, wanted: FileKind): void {
  if (found !== undefined && found !== wanted)
    throw failure('file.other-kind', { kind: found, command: COMMANDS[found] });
}

function beginsWith(bytes: Uint8Array, text: string, from = 0): boolean {
  return toBytes(text).every((byte, at) => bytes[from + at] === byte);
}

function holds(bytes: Uint8Array, text: string): boolean {
  const first = toBytes(text)[0] ?? 0;
  const looked = bytes.subarray(0, LOOKED_AT);
  for (let at = looked.indexOf(first); at >= 0; at = looked.indexOf(first, at + 1)) {
    if (beginsWith(looked, text, at)) return true;
  }
  return false;
}
