/** Hands a file to the browser's own way of saving; nothing leaves the machine. */
export function saveFile(fileName: string, bytes: Uint8Array): void {
  saveBlob(fileName, new Blob([bytes.slice()], { type: 'application/octet-stream' }));
}

/** The same for what the browser keeps for us, such as a file that is too large for the page. */
export function saveBlob(fileName: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = fileName;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
