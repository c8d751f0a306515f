import { findCode } from '../../src-shared/catalogue/code-list.ts';
import { processingPurposes } from '../../src-shared/catalogue/lists/processing-purposes.ts';
import type { PermissionView } from '../../src-shared/contract/views.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { HeldPermission } from '../store/permissions.ts';
import { agencyNames } from './agency-names.ts';
import type { OpenSession } from './session.ts';

/** A permission in words: whose, for whom, for what, until when. */
export function permissionView(session: OpenSession, { id, author, record }: HeldPermission): PermissionView {
  const nameOf = agencyNames(session);
  const today = session.context.now().toISOString().slice(0, 10);
  const reason = record.claims.filter(isDisclosed).find(({ property }) => property === 'reason')?.value;
  return {
    permission: id,
    author,
    authorName: nameOf(author),
    isOurs: author === session.us,
    to: record.recipients.map((agency) => ({ agency, name: nameOf(agency) })),
    purposes: record.handling.purposes.map((code) => ({
      code,
      label: findCode(processingPurposes, code)?.label ?? code,
    })),
    until: record.until,
    isOver: record.until < today,
    records: record.targets.length,
    ...(typeof reason === 'string' && { reason }),
    created: record.created,
  };
}
