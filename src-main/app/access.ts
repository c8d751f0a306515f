import type { Access } from '../../src-shared/contract/method.ts';
import { methods } from '../../src-shared/contract/methods.ts';
import type { MethodName } from '../../src-shared/contract/methods.ts';
import type { Role } from '../../src-shared/contract/views.ts';
import { failure } from '../../src-shared/errors.ts';
import type { Store } from '../store/store.ts';

/** What each role may do. A lead briefs from the graph and changes nothing; only an exchange officer decides what leaves and enters. */
const ALLOWED: { readonly [R in Role]: readonly Access[] } = {
  lead: ['locked', 'read'],
  analyst: ['locked', 'read', 'write'],
  officer: ['locked', 'read', 'write', 'officer'],
};

/** Throws `request.forbidden` when the role may not call the method. */
export function requireAccess(name: MethodName, role: Role): void {
  if (!ALLOWED[role].includes(methods[name].access)) throw failure('request.forbidden', { method: name, role });
}

/** Readers that change something, and the ways out of a vault that was opened for reading. */
const CHANGING_READERS: ReadonlySet<MethodName> = new Set(['vault.change-passphrase']);
const WAYS_OUT: ReadonlySet<MethodName> = new Set(['store.salvage', 'store.salvage-part']);

/** What is asked of a store whose tables are not those that this program knows. */
const OF_OLDER: ReadonlySet<MethodName> = new Set(['vault.status', 'store.state', ...WAYS_OUT]);

/**
 * V97: throws `vault.opened-for-reading` for whatever would change a vault that was opened for reading, and `vault.older-version` for all but
 * salvage where its store could not be brought up to date (salvage.md W13).
 */
export function requireChangeable(
  name: MethodName,
  { store }: { readonly store: Pick<Store, 'isReadOnly' | 'older'> },
): void {
  if (store.older !== undefined && !OF_OLDER.has(name)) throw failure('vault.older-version', store.older);
  const isReader = methods[name].access === 'read' && !CHANGING_READERS.has(name);
  if (store.isReadOnly && !isReader && !WAYS_OUT.has(name)) throw failure('vault.opened-for-reading', {});
}
