/** Bytes written one after the other, with room ahead: of many texts none is joined with the others before it becomes bytes. */
export type ByteWriter = { bytes: Uint8Array; length: number };

const ENCODER = new TextEncoder();
const ROOM = 4096;
/** A UTF-16 unit is at most so many bytes of UTF-8. */
const MOST_BYTES_A_UNIT = 3;

export function newWriter(): ByteWriter {
  return { bytes: new Uint8Array(ROOM), length: 0 };
}

/** What is written so far; what is written after `length` was set back takes its place. */
export function writtenIn({ bytes, length }: ByteWriter): Uint8Array {
  return bytes.subarray(0, length);
}

/** A well-formed text in UTF-8. */
export function putText(writer: ByteWriter, text: string): void {
  const needed = writer.length + MOST_BYTES_A_UNIT * text.length;
  if (needed > writer.bytes.length) {
    const larger = new Uint8Array(2 * needed);
    larger.set(writtenIn(writer));
    writer.bytes = larger;
  }
  writer.length += ENCODER.encodeInto(text, writer.bytes.subarray(writer.length)).written;
}
