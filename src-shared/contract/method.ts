import type { z } from 'zod';

/**
 * Who may call a method: anyone while the vault is locked too, any unlocked user, users who may write (analyst, exchange officer),
 * or exchange officers only.
 */
export type Access = 'locked' | 'read' | 'write' | 'officer';

/** One row of the contract: what goes in, what comes out, and who may call it. */
export interface Method<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, A extends Access = Access> {
  readonly input: I;
  readonly output: O;
  readonly access: A;
}

export function method<A extends Access, I extends z.ZodType, O extends z.ZodType>(
  access: A,
  shape: { readonly input: I; readonly output: O },
): Method<I, O, A> {
  return { access, ...shape };
}
