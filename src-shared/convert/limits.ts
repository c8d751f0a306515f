import { failure } from '../errors.ts';

/** I1, I7, I22: refused before they cost memory or time. */
export const LIMITS = {
  file: 512 * 1024 * 1024,
  items: 4_000_000,
  field: 1024 * 1024,
  token: 2 * 1024 * 1024,
  columns: 4096,
  depth: 64,
  rejected: 10_000,
} as const;

/** Throws import.too-large when a count has passed its limit. */
export function refuseBeyond(what: keyof typeof LIMITS, found: number, line: number): void {
  if (found > LIMITS[what]) throw failure('import.too-large', { what, limit: LIMITS[what], line });
}
