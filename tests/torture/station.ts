import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppContext } from '../../src-main/app/context.ts';
import { tidyFiles } from '../../src-main/app/evidence-upkeep.ts';
import { makeVault } from '../../src-main/app/handlers/vault-handlers.ts';
import { createJobs } from '../../src-main/app/jobs.ts';
import { openHandlers } from '../../src-main/app/open-handlers.ts';
import { openSession } from '../../src-main/app/open-session.ts';
import type { OpenSession } from '../../src-main/app/session.ts';
import { LEAST_KDF } from '../../src-main/vault/kdf.ts';
import { closeVault, unlockVault } from '../../src-main/vault/open-vault.ts';
import type { OpenVault } from '../../src-main/vault/open-vault.ts';
import { methods } from '../../src-shared/contract/methods.ts';
import type { Input, OpenMethodName, Output } from '../../src-shared/contract/methods.ts';

/** A real vault of an invented agency in a temporary folder, and the application's own handlers over it. */

export const VAULT = 'main';
export const FIRST_PASSPHRASE = 'a lantern over Northmark';

/** All but the one that puts another vault in the place of the session's. */
type StationMethod = Exclude<OpenMethodName, 'vault.rotate'>;

export type Station = {
  readonly session: OpenSession;
  call<M extends StationMethod>(name: M, input: Input<M>): Promise<Output<M>>;
};

/** Makes an empty vault and leaves it closed. */
export async function makeStation(home: string): Promise<void> {
  const { opened } = await makeVault(contextOf(home), {
    vault: VAULT,
    agency: 'Northmark Agency',
    country: 'XN',
    user: 'Olga',
    passphrase: FIRST_PASSPHRASE,
  });
  closeVault(opened);
}

/** `own`: what this station does not take from the machine. */
export async function openStation(
  home: string,
  passphrase: string,
  own: Partial<Pick<AppContext, 'now' | 'randomBytes'>> = {},
): Promise<Station> {
  const context = { ...contextOf(home), ...own };
  return stationOver(context, await unlockVault(join(home, VAULT), { passphrase }, context));
}

export function closeStation({ session }: Station): void {
  session.proof.stop();
  closeVault(session.vault);
}

/** Runs `work` with a folder that is gone afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'chirograph-torture-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function contextOf(home: string): AppContext {
  return {
    home,
    kdf: LEAST_KDF,
    now: () => new Date(),
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    emit: () => undefined,
    exit: () => undefined,
  };
}

function stationOver(context: AppContext, vault: OpenVault): Station {
  const session = openSession(context, createJobs(context.emit), VAULT, vault);
  tidyFiles(session);
  return {
    session,
    async call<M extends StationMethod>(name: M, input: Input<M>): Promise<Output<M>> {
      const handle = openHandlers[name] as (session: OpenSession, input: unknown) => Output<M> | Promise<Output<M>>;
      return session.proof.during(() => handle(session, methods[name].input.parse(input)));
    },
  };
}
