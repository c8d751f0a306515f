import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the vaults of this person on this machine are: the same for every host. `CHIROGRAPH_HOME` says otherwise. */
export function homeFolder(environment: Readonly<Record<string, string | undefined>>, platform: string): string {
  const { CHIROGRAPH_HOME, XDG_DATA_HOME, APPDATA } = environment;
  if (CHIROGRAPH_HOME) return CHIROGRAPH_HOME;
  if (platform === 'win32') return join(APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Chirograph');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Chirograph');
  return join(XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'chirograph');
}
