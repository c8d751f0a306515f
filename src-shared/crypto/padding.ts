/** bundle.md B4, vault.md V114: Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", PoPETs 2019, §4). At most 12 % longer. */
export function paddedLength(length: number): number {
  if (length < 2) return length;
  const exponent = Math.floor(Math.log2(length));
  const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1);
  return step < 1 ? length : Math.ceil(length / step) * step;
}
