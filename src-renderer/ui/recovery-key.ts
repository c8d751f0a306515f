/** The groups in which a recovery key is printed (docs/formats/vault.md, V13). */
export function groupsOf(recoveryKey: string): readonly string[] {
  return recoveryKey.split(/[\s-]+/).filter((group) => group !== '');
}

/** True when the text is the key's last group, read as V13 reads it: any case, O for 0, I and L for 1. */
export function isLastGroup(recoveryKey: string, text: string): boolean {
  const last = groupsOf(recoveryKey).at(-1);
  return last !== undefined && readSymbols(text) === readSymbols(last);
}

function readSymbols(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}
