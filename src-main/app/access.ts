import type { Access } from '../../src-shared/contract/method.ts';
import { methods } from '../../src-shared/contract/methods.ts';
import type { MethodName } from '../../src-shared/contract/methods.ts';
import type { Role } from '../../src-shared/contract/views.ts';
import { failure } from '../../src-shared/errors.ts';

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
