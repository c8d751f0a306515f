import { saveBlob } from './save-file.ts';

/** Where a large file is saved to, piece by piece. End it with `finish` or `discard`. */
export interface FileSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

interface Picker {
  showSaveFilePicker(options: { readonly suggestedName: string }): Promise<FileSystemFileHandle>;
}

/**
 * Asks where to save (File System Access, in Chromium and Electron); undefined when the person changed their mind. Where the browser cannot ask, the
 * pieces are kept by it and downloaded at the end. Call it from a press.
 */
export async function openFileSink(fileName: string): Promise<FileSink | undefined> {
  if (!canPick(window)) return downloadSink(fileName);
  try {
    const handle = await window.showSaveFilePicker({ suggestedName: fileName });
    const stream = await handle.createWritable();
    return { write: (bytes) => stream.write(bytes), finish: () => stream.close(), discard: () => stream.abort() };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    return downloadSink(fileName);
  }
}

function canPick(candidate: object): candidate is Picker {
  return 'showSaveFilePicker' in candidate;
}

/** A Blob of Blobs: the browser moves large ones out of memory. */
function downloadSink(fileName: string): FileSink {
  let pieces: Blob[] = [];
  return {
    async write(bytes) {
      pieces.push(new Blob([bytes]));
    },
    async finish() {
      saveBlob(fileName, new Blob(pieces, { type: 'application/octet-stream' }));
    },
    async discard() {
      pieces = [];
    },
  };
}
