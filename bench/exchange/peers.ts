import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cpuOf } from '../bench.ts';
import { eachLine } from './lines.ts';

/** The programs that agencies use today, on the same lines: keys made on the fly, in the folder of the run. */

export interface Peer {
  readonly create: { readonly command: string; readonly run: () => number };
  /** Opens, verifies, and reads every line as JSON. */
  readonly receive: { readonly command: string; readonly run: () => number };
  /** In MB. */
  readonly size: () => number;
  readonly close: () => void;
}

/** GnuPG with a key for each side; undefined where it is not installed. Its agent's processor time, for one signature, is not counted. */
export function gnupg(folder: string, lines: string): Peer | undefined {
  if (!isThere('gpg')) return undefined;
  const home = join(folder, 'gnupg');
  mkdirSync(home, { mode: 0o700 });
  const env = { ...process.env, GNUPGHOME: home };
  const gpg = (...args: readonly string[]): number =>
    timed(['gpg', '--batch', '--yes', '--quiet', '--trust-model', 'always', ...args], env);
  for (const name of ['sender', 'receiver']) {
    gpg('--passphrase', '', '--quick-generate-key', name, 'ed25519', 'sign', 'never');
    const listed = spawnSync('gpg', ['--batch', '--with-colons', '--list-keys', name], { env, encoding: 'utf8' });
    const fingerprint = /^fpr:+([0-9A-F]+):/m.exec(listed.stdout)?.[1] ?? '';
    gpg('--passphrase', '', '--quick-add-key', fingerprint, 'cv25519', 'encr', 'never');
  }
  const file = join(folder, 'records.gpg');
  const opened = join(folder, 'records.from-gpg');
  return {
    create: {
      command: 'gpg --sign --encrypt of the same lines',
      run: () => gpg('-u', 'sender', '-r', 'receiver', '--output', file, '--sign', '--encrypt', lines),
    },
    receive: {
      command: 'gpg --decrypt, then JSON.parse of every line',
      run: () => gpg('--output', opened, '--decrypt', file) + readLines(opened),
    },
    size: () => statSync(file).size / 1e6,
    close: () => void spawnSync('gpgconf', ['--kill', 'all'], { env }),
  };
}

/** zstd, age and minisign, the pieces of which a careful person would build it; undefined where one of them is not installed. */
export function ageAndMinisign(folder: string, lines: string): Peer | undefined {
  if (!['age', 'age-keygen', 'minisign', 'zstd'].every(isThere)) return undefined;
  const at = (name: string): string => join(folder, name);
  spawnSync('age-keygen', ['-o', at('age.key')]);
  const recipient = spawnSync('age-keygen', ['-y', at('age.key')], { encoding: 'utf8' }).stdout.trim();
  spawnSync('minisign', ['-G', '-W', '-f', '-p', at('minisign.pub'), '-s', at('minisign.key')]);
  const shell = (script: string): number => timed(['bash', '-e', '-o', 'pipefail', '-c', script], process.env, folder);
  return {
    create: {
      command: 'zstd -3 | age, and minisign -S',
      run: () =>
        shell(
          `zstd -q -3 -c '${lines}' | age -r ${recipient} > records.age; minisign -S -q -s minisign.key -m records.age`,
        ),
    },
    receive: {
      command: 'minisign -V, age --decrypt | zstd -d, then JSON.parse of every line',
      run: () =>
        shell(
          'minisign -V -q -p minisign.pub -m records.age; age -d -i age.key records.age | zstd -q -d > records.from-age',
        ) + readLines(at('records.from-age')),
    },
    size: () => statSync(at('records.age')).size / 1e6,
    close: () => undefined,
  };
}

/** Processor time, in ms, of reading every line as JSON. */
function readLines(path: string): number {
  return cpuOf(() => {
    for (const line of eachLine(path)) JSON.parse(line.toString());
  });
}

function isThere(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/** Processor time of a command and all that it starts, in ms. */
function timed(command: readonly string[], env: NodeJS.ProcessEnv, cwd?: string): number {
  const { status, stderr } = spawnSync(
    'bash',
    ['-c', 'TIMEFORMAT="%U %S"; time "$@" > /dev/null', 'time', ...command],
    {
      env: { ...env, LC_ALL: 'C' },
      encoding: 'utf8',
      ...(cwd !== undefined && { cwd }),
    },
  );
  const times = /([\d.]+) ([\d.]+)\s*$/.exec(stderr);
  if (status !== 0 || times === null) throw new Error(`${command[0] ?? ''}: ${stderr.slice(0, 500)}`);
  return (Number(times[1]) + Number(times[2])) * 1000;
}
