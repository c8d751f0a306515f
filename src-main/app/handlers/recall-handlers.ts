import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { RecallRow } from '../../../src-shared/contract/streams.ts';
import type { RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../../src-shared/domain/record.ts';
import type { RetractRecord } from '../../../src-shared/domain/record.ts';
import { recallBoard } from '../../exchange/recall-board.ts';
import type { BoardLine } from '../../exchange/recall-board.ts';
import { knownRecords } from '../../store/history.ts';
import { partners } from '../../store/partners.ts';
import { entityRows } from '../../store/queries.ts';
import { carriersOf, heardFrom, reachedByRecalls } from '../../store/recalls.ts';
import { agencyNames } from '../agency-names.ts';
import type { OpenSession } from '../session.ts';

const DAY = 24 * 60 * 60 * 1000;
/** So many targets of a withdrawal are named. */
const NAMED = 5;

/** Q20: every withdrawal, ours or passed on, and every partner that was sent something of what it withdraws. A receipt proves a statement (Q23). */
export function showRecallBoard(session: OpenSession, input: Parsed<'recall.board'>): Output<'recall.board'> {
  const { store } = session;
  const heard = heardFrom(store);
  const epochs = new Map([...heard].map(([agency, { epoch }]) => [agency, epoch]));
  const reached = reachedByRecalls(store).filter(
    ({ partner }) => input.agency === undefined || partner === input.agency,
  );
  const lines = recallBoard(
    reached,
    carriersOf(
      store,
      reached.map(({ withdrawal }) => withdrawal),
    ),
    epochs,
  );
  const open = lines.filter(isOpen);
  const shown = (input.isOpen === true ? open : lines).slice(0, input.limit ?? MOST);
  return { rows: rowsOf(session, shown, heard), total: lines.length, open: open.length };
}

const MOST = 1000;

/** Nobody has said that it was applied, or a restore may have brought it back. */
function isOpen({ answer, isRestoredSince }: BoardLine): boolean {
  return answer !== 'applied' || isRestoredSince;
}

function rowsOf(session: OpenSession, lines: readonly BoardLine[], heard: ReturnType<typeof heardFrom>): RecallRow[] {
  const { store, us, context } = session;
  const nameOf = agencyNames(session);
  const records = retractionsOf(session, lines);
  const labels = labelsOf(session, [...records.values()]);
  const confirmed = new Set(partners(store).flatMap(({ agency, state }) => (state === 'confirmed' ? [agency] : [])));
  const now = context.now().getTime();
  return lines.flatMap((line): RecallRow[] => {
    const record = records.get(line.withdrawal);
    if (record === undefined) return [];
    const { withdrawal, author, partner, epoch, sequence, at, targets, withheldClaims, sent, answer, rule } = line;
    const heardAt = heard.get(partner)?.at;
    return [
      {
        withdrawal,
        action: record.action,
        reason: reasonOf(record),
        createdAt: record.created,
        author,
        authorName: nameOf(author),
        isOurs: author === us,
        labels: record.targets.flatMap((target) => labels.get(target) ?? []).slice(0, NAMED),
        partner,
        partnerName: nameOf(partner),
        canSend: confirmed.has(partner),
        held: { epoch, sequence, at, targets, isRedacted: withheldClaims > 0 },
        ...(sent !== undefined && { sent: { epoch: sent.epoch, sequence: sent.sequence, at: sent.at } }),
        answer,
        ...(sent?.receipt !== undefined && { answeredAt: sent.receipt.at }),
        ...(rule !== undefined && { rule }),
        isRestoredSince: line.isRestoredSince,
        ...(heardAt !== undefined && { heardAt }),
        silentDays: Math.max(0, Math.floor((now - Date.parse(heardAt ?? sent?.at ?? at)) / DAY)),
        ...(line.case !== undefined && { case: line.case }),
      },
    ];
  });
}

function retractionsOf({ store }: OpenSession, lines: readonly BoardLine[]): ReadonlyMap<RecordId, RetractRecord> {
  const known = knownRecords(store, [...new Set(lines.map(({ withdrawal }) => withdrawal))]);
  return new Map(
    [...known].flatMap(([id, found]) =>
      found !== 'erased' && found.record.kind === 'retract' ? [[id, found.record] as const] : [],
    ),
  );
}

function reasonOf(record: RetractRecord): string {
  const reason = record.claims.filter(isDisclosed).find(({ property }) => property === 'reason')?.value;
  return typeof reason === 'string' ? reason : '';
}

/** What is erased has no label any more. */
function labelsOf({ store }: OpenSession, records: readonly RetractRecord[]): ReadonlyMap<RecordId, string> {
  const targets = records.flatMap((record) => record.targets.slice(0, NAMED));
  const subjects = new Map<RecordId, SubjectId>();
  for (const [id, found] of knownRecords(store, [...new Set(targets)]))
    if (found !== 'erased') subjects.set(id, found.record.subject);
  const labels = new Map(entityRows(store, [...new Set(subjects.values())]).map(({ id, label }) => [id, label]));
  return new Map(
    [...subjects].flatMap(([id, subject]) => (labels.has(subject) ? [[id, labels.get(subject) ?? '']] : [])),
  );
}
