import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import type { Grade } from '../../../src-shared/domain/grading.ts';
import type { CaseChart, EntityView, LinkView } from '../../../src-shared/contract/views.ts';
import type { Tlp } from '../../../src-shared/domain/marking.ts';
import type { Attention } from '../../ui/attention.ts';
import { lookOf } from '../../ui/appearance.ts';

/** Shown one beside the other, so that neither is cut away by the length of the other. */
export interface LinkEnds {
  readonly from: string;
  readonly verb: string;
  readonly to: string;
  readonly isDirected: boolean;
}

/** One row of the table, for an entity or a link alike. */
export interface TableRow {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly icon: { readonly type: string; readonly subjectCategory: string | undefined } | undefined;
  /** What a link joins; an entity has none. */
  readonly ends: LinkEnds | undefined;
  readonly links: number;
  readonly grades: readonly Grade[];
  readonly authors: string;
  readonly tlp: Tlp;
  readonly firstOn: string;
  readonly lastOn: string;
  /** Filtered out but not hidden, or not among what was found. */
  readonly isDim: boolean;
}

export const ALL_SORTS = ['label', 'kind', 'links', 'authors', 'tlp', 'firstOn', 'lastOn'] as const;
export type SortKey = (typeof ALL_SORTS)[number];

/** By these the store has an order of its own. */
export const PAGED_SORTS = ['label', 'kind', 'firstOn', 'lastOn'] as const;

export interface Sort {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

/** How the store is asked for a sort. */
export function pagedSort({ key, isDescending }: Sort) {
  return { sort: PAGED_SORTS.find((known) => known === key) ?? 'label', isDescending };
}

/** What of it rows depend on; not the selection, which changes with every step. */
export type RowAttention = Omit<Attention, 'selection'>;

/** The entities of a case as rows; what the filters hide is left out, what they dim stays. */
export function entityRows(chart: CaseChart, attention: RowAttention, sort: Sort): readonly TableRow[] {
  const rows = chart.entities
    .filter((entity) => attention.mode === 'dim' || attention.shownEntities.has(entity.id))
    .map((entity) => entityRow(entity, chart, attention));
  return sorted(rows, sort);
}

/** Entities as rows, one for each, in the order in which they came: for a case that is read piece by piece, without what is hidden. */
export function pagedRows(
  entities: readonly EntityView[],
  agencies: CaseChart['agencies'],
  found: Attention['found'],
  passes: (entity: EntityView) => boolean,
): readonly TableRow[] {
  return entities.map((entity) => ({
    ...entityCells(entity, { agencies }),
    isDim: !passes(entity) || (found !== undefined && !found.has(entity.id)),
  }));
}

/** The links of a case as rows. */
export function linkRows(chart: CaseChart, attention: RowAttention, sort: Sort): readonly TableRow[] {
  const labels = new Map<string, string>(chart.entities.map((entity) => [entity.id, entity.label]));
  const rows = chart.links
    .filter((link) => attention.mode === 'dim' || attention.shownLinks.has(link.id))
    .map((link) => linkRow(link, chart, attention, labels));
  return sorted(rows, sort);
}

function entityRow(entity: EntityView, chart: CaseChart, attention: RowAttention): TableRow {
  return {
    ...entityCells(entity, chart),
    isDim:
      !attention.shownEntities.has(entity.id) || (attention.found !== undefined && !attention.found.has(entity.id)),
  };
}

function entityCells(entity: EntityView, chart: Pick<CaseChart, 'agencies'>): Omit<TableRow, 'isDim'> {
  return {
    id: entity.id,
    label: entity.label,
    kind: lookOf(entity.type, entity.subjectCategory).label,
    icon: { type: entity.type, subjectCategory: entity.subjectCategory },
    ends: undefined,
    links: entity.degree,
    ...commonCells(entity, chart),
  };
}

function linkRow(
  link: LinkView,
  chart: CaseChart,
  attention: RowAttention,
  labels: ReadonlyMap<string, string>,
): TableRow {
  const { found } = attention;
  const [from, verb, to] = [labels.get(link.from) ?? '', linkKind(link.type).label, labels.get(link.to) ?? ''];
  return {
    id: link.id,
    label: `${from} ${verb} ${to}`,
    kind: `${verb}, ${link.confidence}`,
    icon: undefined,
    ends: { from, verb, to, isDirected: link.directed },
    links: 0,
    ...commonCells(link, chart),
    isDim: !attention.shownLinks.has(link.id) || (found !== undefined && !found.has(link.from) && !found.has(link.to)),
  };
}

function commonCells(item: EntityView | LinkView, chart: Pick<CaseChart, 'agencies'>) {
  const nameOf = (id: string) => chart.agencies.find((agency) => agency.id === id)?.name ?? id.slice(0, 8);
  return {
    grades: item.grades,
    authors: item.authors.map(nameOf).sort().join(', '),
    tlp: item.tlp,
    firstOn: item.firstOn ?? '',
    lastOn: item.lastOn ?? '',
  };
}

const BY_LETTERS = new Intl.Collator();

/** Rows by one column; ties by label, then by id, so that nothing jumps. Empty dates come last. */
function sorted(rows: readonly TableRow[], sort: Sort): readonly TableRow[] {
  const sign = sort.isDescending ? -1 : 1;
  const byKey = (one: TableRow, other: TableRow) => {
    const [left, right] = [one[sort.key], other[sort.key]];
    if (left === right) return 0;
    if (left === '' || right === '') return left === '' ? 1 : -1;
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
    return sign * BY_LETTERS.compare(String(left), String(right));
  };
  return rows.toSorted(
    (one, other) => byKey(one, other) || BY_LETTERS.compare(one.label, other.label) || (one.id < other.id ? -1 : 1),
  );
}
