import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-quic',
  '--disable-sync',
  '--window-size=1440,900',
];

export interface AppWindow {
  readonly process: ChildProcess;
  close(): void;
}

/**
 * Opens an address as an app window of an installed browser, with a profile of its own that is removed afterwards. The address holds the
 * launch token and every person on the machine can read a command line, so it goes through a file that only this person can read.
 */
export function openAppWindow(browser: string, address: string): AppWindow {
  const profile = mkdtempSync(join(tmpdir(), 'chirograph-window-'));
  const args = [`--app=${writeLaunchFile(profile, address)}`, `--user-data-dir=${profile}`, ...QUIET];
  const window = spawn(browser, args, { stdio: 'ignore' });
  window.once('exit', () => rmSync(profile, { recursive: true, force: true, maxRetries: 3 }));
  return { process: window, close: () => void window.kill() };
}

/** A file in the folder that leads to the address, readable by this person only; its own address. */
export function writeLaunchFile(folder: string, address: string): string {
  const file = join(folder, 'launch.html');
  writeFileSync(file, `<!doctype html><meta http-equiv="refresh" content="0;url=${address}">`, { mode: 0o600 });
  return pathToFileURL(file).href;
}
