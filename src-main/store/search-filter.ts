import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import type { SqlValue, ReadDb } from './connection.ts';
import { findAgency, findSubject } from './identities.ts';

/** V86: what a search can be limited to. A list that is empty finds nothing; several limits must all hold. */
export type SearchFilter = {
  readonly types?: readonly string[] | undefined;
  /** Only members of this case. */
  readonly case?: SubjectId | undefined;
  /** Stated by at least one of these. */
  readonly agencies?: readonly AgencyId[] | undefined;
  /** At least one of these, as `europol-4x4:B2`. */
  readonly grades?: readonly string[] | undefined;
  /** The strictest label of the entity is one of these. */
  readonly tlp?: readonly string[] | undefined;
  /** Partial dates: the period of the entity (V46) touches the one from `from` to `to`. Entities without a date are not found. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly isProtected?: boolean | undefined;
};

/** Values for `PASSES`, in the order of its numbers, 1 to 9. */
export function filterValues(db: ReadDb, filter: SearchFilter): readonly SqlValue[] {
  return [
    list(filter.types),
    filter.case === undefined ? null : (findSubject(db, filter.case) ?? 0),
    list(filter.agencies?.map((agency) => String(findAgency(db, agency) ?? 0))),
    list(filter.grades),
    list(filter.tlp),
    filter.from ?? null,
    filter.to ?? null,
    list(filter.categories),
    filter.isProtected === undefined ? null : Number(filter.isProtected),
  ];
}

/** Whether anything is left out at all. */
export function isFiltered(filter: SearchFilter): boolean {
  return FIELDS.some((field) => filter[field] !== undefined);
}

const FIELDS = ['types', 'case', 'agencies', 'grades', 'tlp', 'from', 'to', 'categories', 'isProtected'] as const;

const anyWord = (value: string, column: string): string =>
  `(${value} IS NULL OR EXISTS (SELECT 1 FROM json_each(${value}) w WHERE instr(' ' || ${column} || ' ', ' ' || w.value || ' ') > 0))`;
const oneOf = (value: string, column: string): string =>
  `(${value} IS NULL OR ${column} IN (SELECT value FROM json_each(${value})))`;

/** The condition on `entities e`. A partial date is compared as far as both are known, so `2019` touches `2019-05`. */
export const PASSES = [
  oneOf('?1', 'e.type'),
  '(?2 IS NULL OR EXISTS (SELECT 1 FROM case_members m WHERE m.case_id = ?2 AND m.member = e.id))',
  anyWord('?3', 'e.authors'),
  anyWord('?4', 'e.grades'),
  oneOf('?5', 'e.tlp'),
  '(?6 IS NULL OR e.last_on >= substr(?6, 1, length(e.last_on)))',
  '(?7 IS NULL OR substr(e.first_on, 1, length(?7)) <= ?7)',
  oneOf('?8', 'e.subject_category'),
  '(?9 IS NULL OR e.is_protected = ?9)',
].join('\n    AND ');

function list(values: readonly string[] | undefined): string | null {
  return values === undefined ? null : JSON.stringify(values);
}
