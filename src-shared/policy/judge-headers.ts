import { eachInSteps } from '../crypto/steps.ts';
import type { Step } from '../crypto/steps.ts';
import type { RecordId } from '../domain/ids.ts';
import type { AnyRecord } from '../domain/record.ts';
import { judgeRows, originRows, rowsOf } from './judge-outlet.ts';
import { holdsAny, isNotice } from './notices.ts';
import type { Cell } from './outlets.ts';
import { permissionsByRecord } from './permissions.ts';
import type { PermissionState } from './permissions.ts';
import type { ReleaseQuestion } from './release-types.ts';
import type { PolicyRule } from './rules.ts';

export interface HeaderJudge {
  /** Every cell of the table that speaks of the record. */
  cellsOf(record: AnyRecord): readonly Cell[];
  /** The rule that keeps it home whatever it says; undefined when none does. */
  ruleOf(record: AnyRecord): PolicyRule | undefined;
}

/** Judges records by author, label, codes, purposes and dates, each once. Records that are no candidates have no permission. With pauses. */
export function* headerJudge(question: ReleaseQuestion): Generator<Step, HeaderJudge, undefined> {
  const { us, candidates, holders, purpose, purposeCode, today } = question;
  const recipients = question.recipients.map(({ agency }) => agency);
  const permissionOf = yield* permissionsByRecord(question.permissions, { recipients, purposeCode, today });
  /** Of those that are not ours: nobody permits what we said ourselves. */
  const ids = new Map<AnyRecord, RecordId>();
  yield* eachInSteps('policy', candidates, ({ id, record }) => {
    if (record.author !== us) ids.set(record, id);
  });
  const judged = new Map<AnyRecord, { readonly cell: Cell; readonly cells: readonly Cell[] }>();
  const judge = (record: AnyRecord) => {
    const known = judged.get(record);
    if (known !== undefined) return known;
    const isOurs = record.author === us;
    const id = ids.get(record);
    const permission = isOurs ? 'none' : stateOf(record, id);
    const isProven = id === undefined || !question.unproven.has(id);
    const circumstances = { isOurs, permission, isProven, purpose, purposeCode, today };
    // withdrawals and permissions of others are passed on as a duty, whatever they are marked with
    const rows = !isOurs && isNotice(record) ? originRows(circumstances) : rowsOf(record, circumstances);
    const found = judgeRows(rows, isOurs ? 'release' : 'forward');
    judged.set(record, found);
    return found;
  };
  return {
    cellsOf: (record) => judge(record).cells,
    ruleOf(record) {
      const { cell } = judge(record);
      return cell.verdict === 'stays' ? cell.rule : undefined;
    },
  };

  function stateOf(record: AnyRecord, id: RecordId | undefined): PermissionState {
    if (isNotice(record)) return isForOneOf(record) ? 'notice to who holds its targets' : 'notice to who holds none';
    return id === undefined ? 'none' : permissionOf(id, record.author);
  }

  /** A permission is for who gets what it permits, too: `withUsedPermissions` keeps the others home. */
  function isForOneOf(record: AnyRecord): boolean {
    return record.kind === 'permission' || recipients.some((agency) => holdsAny(record, agency, holders));
  }
}
