import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, say } from './project.ts';

const PACKAGE = join(ROOT, 'node_modules/electron');
const FETCH_LIMIT_SECONDS = 90;

/** Electron's program, fetched by its own installer when it is not there; or the reason why there is none. */
export function findElectron(): { readonly program: string } | { readonly whyNot: string } {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) {
    const program = join(override, programName());
    return existsSync(program) ? { program } : { whyNot: `ELECTRON_OVERRIDE_DIST_PATH holds no ${programName()}` };
  }
  if (!existsSync(PACKAGE)) return { whyNot: 'the electron package is not installed' };
  const program = installedProgram() ?? fetchProgram();
  return program === undefined ? { whyNot: "Electron's installer could not fetch its runtime" } : { program };
}

function installedProgram(): string | undefined {
  const pathFile = join(PACKAGE, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const program = join(PACKAGE, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(program) ? program : undefined;
}

function fetchProgram(): string | undefined {
  say(`Fetching the Electron runtime (${FETCH_LIMIT_SECONDS} s at most; npm start -- --loopback does without) …`);
  spawnSync(process.execPath, [join(PACKAGE, 'install.js')], { stdio: 'ignore', timeout: FETCH_LIMIT_SECONDS * 1000 });
  return installedProgram();
}

function programName(): string {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}
