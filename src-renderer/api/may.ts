import type { VaultStatus } from '../../src-shared/contract/views.ts';

type Session = Pick<VaultStatus, 'role' | 'isReadOnly'>;

/** Whether this person can change something here: a lead never, nobody in a vault that was opened for reading (V97). */
export function mayWrite({ role, isReadOnly }: Session): boolean {
  return role !== 'lead' && !isReadOnly;
}

/** Whether this person can decide on partners, users, keys, and what leaves and enters. */
export function mayExchange({ role, isReadOnly }: Session): boolean {
  return role === 'officer' && !isReadOnly;
}
