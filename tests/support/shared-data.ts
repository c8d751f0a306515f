import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** Path of outside test data, or undefined (and one printed line) on a machine that does not have it. */
export function sharedData(path: string): string | undefined {
  const found = `${root}${path}`;
  if (existsSync(found)) return found;
  process.stderr.write(`outside data not here, its tests do not run: shared/data/${path}\n`);
  return undefined;
}
