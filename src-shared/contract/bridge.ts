import type { Reply } from './dispatch.ts';
import type { VaultEvent } from './methods.ts';

/** What a host gives the page: calls to the vault process and its events. The Electron preload exposes one as `window.chirograph`. */
export interface Bridge {
  call(name: string, input: object): Promise<Reply>;
  /** Returns the function that ends the subscription. */
  onEvent(listener: (event: VaultEvent) => void): () => void;
  /** Says that a person opened the scanner, or that it ended. Only a host that decides about the camera itself has it. */
  allowCamera?(isAllowed: boolean): Promise<void>;
}
