import type { z } from 'zod';

/** One row of the contract: what goes in, what comes out, and who may call it. */
export interface Method<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
  readonly access: Access;
}

/**
 * Who may call a method: anyone while the vault is locked too, any unlocked user, users who may write (analyst, exchange officer),
 * or exchange officers only.
 */
export type Access = 'locked' | 'read' | 'write' | 'officer';

export function method<I extends z.ZodType, O extends z.ZodType>(access: Access, shape: { input: I; output: O }): Method<I, O> {
  return { access, ...shape };
}
