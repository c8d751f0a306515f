import { failure } from '../../src-shared/errors.ts';

/** Parameters of Argon2id: `m` in KiB. docs/formats/vault.md V9. */
export type KdfCost = { readonly m: number; readonly t: number; readonly p: number };
export type Kdf = KdfCost & { readonly salt: Uint8Array };

/** V9: what new slots get. About a third of a second on a desktop of 2026, 256 MiB a guess. */
export const USUAL_KDF: KdfCost = { m: 262_144, t: 3, p: 4 };
/** V9: the least that is accepted, compiled in. */
export const LEAST_KDF: KdfCost = { m: 65_536, t: 3, p: 1 };
const MOST_COST: KdfCost = { m: 1_048_576, t: 16, p: 16 };

/** V9: called for every slot before anything is derived, so that an edited header can neither weaken nor stall. Throws `vault.kdf-out-of-range`. */
export function requireCost(cost: KdfCost): void {
  for (const parameter of ['m', 't', 'p'] as const) {
    const value = cost[parameter];
    const least = LEAST_KDF[parameter];
    const most = MOST_COST[parameter];
    if (!Number.isSafeInteger(value) || value < least || value > most) {
      throw failure('vault.kdf-out-of-range', { parameter, value, least, most });
    }
  }
}
