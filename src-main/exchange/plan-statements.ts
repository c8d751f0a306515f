import { findCode } from '../../src-shared/catalogue/code-list.ts';
import { processingPurposes } from '../../src-shared/catalogue/lists/processing-purposes.ts';
import { displayValue } from '../../src-shared/catalogue/display.ts';
import { propertyKind } from '../../src-shared/catalogue/kinds.ts';
import type { PlanItem } from '../../src-shared/contract/views.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { AnyRecord, Claim, PermissionRecord, RetractRecord } from '../../src-shared/domain/record.ts';
import { typeOf } from './plan-receive.ts';
import type { Holdings, OurKnowledge, PlanEntry } from './plan-receive.ts';
import { inPropertyOrder } from './property-order.ts';
import { others } from './plan-conflicts.ts';
import { compareClaim, heldClaims, NOTHING_HELD, standingClaims } from './standing-claims.ts';
import type { Standing } from './standing-claims.ts';

type Statements = PlanItem['statements'];

/** What is needed to tell one item in full. */
export interface Telling {
  readonly held: Holdings;
  readonly label: (subject: SubjectId) => string;
  readonly agencyName: OurKnowledge['agencyName'];
}

/**
 * What the records of an item that are news say, beside what we hold: made when somebody looks at it. With the other sides of its conflict, value by
 * value.
 */
export function statementsOf(telling: Telling, entry: PlanEntry, sides: readonly PlanEntry[] = []): Statements {
  const standing = standingClaims(heldClaims(telling.held.liveRecords(entry.subject)));
  const all = [entry, ...sides];
  const statements = all.flatMap((one) => {
    const news = new Set(one.news);
    const rivals = sides.length === 0 ? NOTHING_HELD : others(all, one);
    return one.offered
      .filter(({ id }) => news.has(id))
      .flatMap(({ record }) => told(telling, record, { standing, rivals }));
  });
  return sides.length === 0 ? statements : [...Map.groupBy(statements, ({ property }) => property).values()].flat();
}

/** What a record is compared with: what we hold, and what others say in the same bundle. */
interface Beside {
  readonly standing: Standing;
  readonly rivals: Standing;
}

function told(telling: Telling, record: AnyRecord, { standing, rivals }: Beside): Statements {
  if (record.kind === 'case' || record.kind === 'chart') return summaryOf(telling, record);
  if (record.kind === 'retract') return withdrawalOf(telling, record);
  if (record.kind === 'permission') return permissionOf(telling, record);
  const source = 'source' in record ? record.source : undefined;
  const replaced = new Set(record.supersedes);
  const type = typeOf(record);
  return inPropertyOrder(type, record.claims.filter(isDisclosed)).map((claim) => {
    const { state, ours } = compareClaim(type, record.kind, claim, standing, replaced);
    const isDenied = compareClaim(type, record.kind, claim, rivals, replaced).state === 'differs';
    return {
      property: claim.property,
      label: propertyKind(type, claim.property)?.label ?? claim.property,
      theirs: displayValue(type, claim.property, claim.value),
      ...(ours !== undefined && {
        ours: displayValue(type, claim.property, ours.claim.value),
        oursBy: {
          author: telling.agencyName(ours.author),
          ...(ours.source !== undefined && { source: ours.source }),
        },
      }),
      state: isDenied ? 'differs' : state,
      ...(source !== undefined && { source }),
      author: telling.agencyName(record.author),
    };
  });
}

/** A case and a chart in a few lines: their members and positions are counted, not listed. */
function summaryOf(telling: Telling, record: AnyRecord): Statements {
  const said = record.claims.filter(isDisclosed);
  const counted = ['member', 'position'].flatMap((property) => {
    const count = said.filter((claim) => claim.property === property).length;
    const label = property === 'member' ? 'Members' : 'Positions';
    return count === 0 ? [] : [line(telling, record, { property, label, theirs: String(count) })];
  });
  const others = inPropertyOrder(typeOf(record), said)
    .filter((claim) => claim.property !== 'member' && claim.property !== 'position')
    .map((claim) => toldLine(telling, record, claim));
  return [...others, ...counted];
}

const EFFECTS: { readonly [A in RetractRecord['action']]: string } = {
  correct: 'Stays in the history',
  suppress: 'Shown to nobody',
  erase: 'Erased here for good',
};

/** Why, with what effect, and which of the records that we hold: named by their subjects, the others counted. */
function withdrawalOf(telling: Telling, record: RetractRecord): Statements {
  const { held, label } = telling;
  const ours = record.targets.flatMap((id) => held.record(id) ?? []).filter(({ author }) => author === record.author);
  const names = [...new Set(ours.map(({ subject }) => label(subject)))];
  const others = record.targets.length - ours.length;
  return [
    ...record.claims.filter(isDisclosed).map((claim) => toldLine(telling, record, claim)),
    line(telling, record, { property: 'action', label: 'Effect', theirs: EFFECTS[record.action] }),
    ...names.map((theirs) => line(telling, record, { property: 'target', label: 'Withdraws', theirs })),
    ...(others > 0
      ? [line(telling, record, { property: 'target', label: 'Not held here', theirs: String(others) })]
      : []),
  ];
}

/** Who may be given how many of its author's records, for what, and until when (record.md R22). */
function permissionOf(telling: Telling, record: PermissionRecord): Statements {
  const purposes = record.handling.purposes.map((code) => findCode(processingPurposes, code)?.label ?? code);
  return [
    ...record.claims.filter(isDisclosed).map((claim) => toldLine(telling, record, claim)),
    line(telling, record, { property: 'targets', label: 'Records', theirs: String(record.targets.length) }),
    ...record.recipients.map((agency) =>
      line(telling, record, { property: 'recipients', label: 'May be given to', theirs: telling.agencyName(agency) }),
    ),
    ...purposes.map((theirs) => line(telling, record, { property: 'purposes', label: 'For', theirs })),
    line(telling, record, { property: 'until', label: 'Until the end of', theirs: record.until }),
  ];
}

function toldLine(telling: Telling, record: AnyRecord, { property, value }: Claim): Statements[number] {
  const label = propertyKind(typeOf(record), property)?.label ?? property;
  return line(telling, record, { property, label, theirs: displayValue(typeOf(record), property, value) });
}

function line(
  { agencyName }: Telling,
  record: AnyRecord,
  said: Pick<Statements[number], 'property' | 'label' | 'theirs'>,
): Statements[number] {
  return { ...said, state: 'new', author: agencyName(record.author) };
}
