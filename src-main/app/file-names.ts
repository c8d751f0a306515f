/** A file name that says nothing of a case: an agency, a number, an ending. Letters, digits and hyphens only. */
export function fileNameFor(agency: string, ending: string): string {
  const plain = agency
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 40);
  return `${plain === '' ? 'agency' : plain}-${ending}`;
}
