import { randomBytes } from 'node:crypto';
import {
  beginEvidenceIn,
  keepPlaced,
  placeEvidence,
  proveEvidence,
  shredEvidence,
} from '../../src-main/vault/evidence-folder.ts';

/** A program: adds and reads a file of so many MiB in the folder that is named, and prints the most memory that it took, in MiB. */
const [dir = '', mebibytes = '1'] = process.argv.slice(2);
const PIECE = 4_194_304;
const size = Number(mebibytes) * 1_048_576;
const place = { dir, vault: '0'.repeat(32), masterKey: new Uint8Array(32).fill(7) };
const writer = beginEvidenceIn(place, size, (length) => new Uint8Array(randomBytes(length)));
const piece = randomBytes(PIECE);
for (let at = 0; at < size; at += PIECE) {
  piece.writeUInt32BE(at / PIECE);
  writer.write(piece.subarray(0, Math.min(PIECE, size - at)));
}
const file = await writer.finish();
placeEvidence(place, writer.path, file.sha256);
keepPlaced(place, file.sha256);
await proveEvidence(place, file, async () => undefined);
shredEvidence(place, file.sha256);
process.stdout.write(String(Math.round(process.resourceUsage().maxRSS / 1024)));
