import type { Reply } from '../../src-shared/contract/dispatch.ts';
import type { VaultEvent } from '../../src-shared/contract/methods.ts';
import type { LockReason } from './context.ts';

/** What crosses between a host and the vault process, as structured clones. */
export interface VaultCall {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

export type VaultMessage =
  | { readonly id: number; readonly reply: Reply }
  /** Said once, when it is ready to take calls; it has seen no case data until then. */
  | { readonly ready: true }
  | { readonly event: VaultEvent }
  | { readonly ending: LockReason };
