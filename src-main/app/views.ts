import type { CaseView, EntityView, LinkView } from '../../src-shared/contract/views.ts';
import type { CaseRow, EntityRow, LinkRow } from '../store/types.ts';

/** Rows of the store as the contract shows them: the same facts without what stays inside. */

export function entityView(row: EntityRow): EntityView {
  return {
    ...projected(row),
    type: row.type,
    label: row.label,
    ...(row.subjectCategory !== undefined && { subjectCategory: row.subjectCategory }),
    isProtected: row.isProtected,
    degree: row.degree,
    conflicts: row.conflicts,
    withheld: row.withheld,
  };
}

export function linkView(row: LinkRow): LinkView {
  return {
    ...projected(row),
    type: row.type,
    from: row.from,
    to: row.to,
    directed: row.directed,
    confidence: row.confidence,
  };
}

export function caseView(row: CaseRow): CaseView {
  return {
    id: row.id,
    title: row.title,
    ...(row.reference !== undefined && { reference: row.reference }),
    entities: row.entities,
    links: row.links,
    authors: [...row.authors],
    tlp: row.tlp,
    createdAt: row.createdAt,
    changedAt: row.changedAt,
  };
}

function projected(
  row: EntityRow | LinkRow,
): Pick<EntityView, 'id' | 'authors' | 'grades' | 'tlp' | 'firstOn' | 'lastOn'> {
  return {
    id: row.id,
    authors: [...row.authors],
    grades: [...row.grades],
    tlp: row.tlp,
    ...(row.firstOn !== undefined && { firstOn: row.firstOn }),
    ...(row.lastOn !== undefined && { lastOn: row.lastOn }),
  };
}
