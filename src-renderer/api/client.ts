import type { Input, MethodName, Output, VaultEvent } from '../../src-shared/contract/methods.ts';
import type { Bridge } from '../../src-shared/contract/bridge.ts';
import { loopbackBridge } from './loopback-bridge.ts';
import { Refusal } from './refusal.ts';

declare global {
  interface Window {
    /** Set by the Electron preload; absent in the loopback host. */
    readonly chirograph?: Bridge;
  }
}

const bridge: Bridge = window.chirograph ?? loopbackBridge();

/** Calls a method of the contract. Throws a `Refusal` with the code and details when it is refused. */
export async function call<M extends MethodName>(name: M, input: Input<M>): Promise<Output<M>> {
  const reply = await bridge.call(name, input);
  if (!reply.ok) throw new Refusal(reply.error);
  // The one place where the page takes the contract's word for what a reply holds.
  return reply.value as Output<M>;
}

/** Hears what the vault process says unasked; returns the function that ends the subscription. */
export function onEvent(listener: (event: VaultEvent) => void): () => void {
  return bridge.onEvent(listener);
}
