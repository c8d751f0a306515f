import { closeSync, openSync, readSync, writeSync } from 'node:fs';

const PIECE = 2 ** 22;
const NEWLINE = 0x0a;

/** The lines of a file of any size, as bytes; each is valid until the next is asked for. */
export function* eachLine(path: string): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    let rest: Buffer = Buffer.alloc(0);
    const piece = Buffer.alloc(PIECE);
    for (let length = readSync(file, piece); length > 0; length = readSync(file, piece)) {
      const bytes = Buffer.concat([rest, piece.subarray(0, length)]);
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        yield bytes.subarray(start, end);
        start = end + 1;
      }
      rest = bytes.subarray(start);
    }
  } finally {
    closeSync(file);
  }
}

export function writeLines(path: string, lines: readonly string[]): void {
  const file = openSync(path, 'w');
  try {
    for (let at = 0; at < lines.length; at += 4096) writeSync(file, `${lines.slice(at, at + 4096).join('\n')}\n`);
  } finally {
    closeSync(file);
  }
}
