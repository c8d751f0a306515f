import type { VaultEvent } from '../../src-shared/contract/methods.ts';
import type { KdfCost } from '../vault/kdf.ts';

/** Why the process that holds the key ends: somebody asked, nobody was there, or something broke. */
export type LockReason = Extract<VaultEvent, { type: 'locked' }>['reason'];

/** The world that the application needs, given by whatever runs it: the vault process, the command line or a test. */
export interface AppContext {
  /** The folder that holds the vaults of this machine. */
  readonly home: string;
  now(): Date;
  randomBytes(length: number): Uint8Array;
  emit(event: VaultEvent): void;
  /** Ends the process that holds the key, once the reply of the running call is out. The caller has closed its store. */
  exit(reason: LockReason): void;
  /** What a guess at a new passphrase costs; the usual cost where nothing is said (docs/formats/vault.md, V9). */
  readonly kdf?: KdfCost;
}
