import { expect, test } from 'vitest';
import { standing, unpermittedOf } from '../../../src-main/exchange/passed-on.ts';
import type { Permitting } from '../../../src-main/exchange/passed-on.ts';
import { permissionsByRecord } from '../../../src-shared/policy/permissions.ts';
import { AgencyId, RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import type { AnyRecord, PermissionRecord } from '../../../src-shared/domain/record.ts';
import { runThrough } from '../../../src-shared/crypto/steps.ts';

/** docs/formats/record.md §7: whom a permission covers, for who gets a record (X6) and for who passes it on (P22–P25). */

const [author, issuer, us, other] = ['a', 'b', 'c', 'd'].map((digit) => AgencyId.parse(digit.repeat(64))) as [
  AgencyId,
  AgencyId,
  AgencyId,
  AgencyId,
];
const target = RecordId.parse('1'.repeat(64));
const another = RecordId.parse('2'.repeat(64));
const subject = SubjectId.parse('00000000-0000-7000-8000-000000000001');
const said = { author, kind: 'entity', supersedes: [], subject } as unknown as AnyRecord;

function permission(more: Partial<PermissionRecord> = {}, id = '9'): Permitting {
  const record = { author, kind: 'permission', subject, supersedes: [], targets: [target], recipients: [us] };
  return {
    id: RecordId.parse(id.repeat(64)),
    record: { ...record, until: '2026-03-10', ...more } as unknown as PermissionRecord,
  };
}

function isTaken(permissions: readonly Permitting[], at = '2026-03-10T12:00:00.000Z', record: AnyRecord = said) {
  return !unpermittedOf({ us, issuer, now: new Date(at), permissions })(target, record);
}

test('[R24] a record is covered by one permission that names it, its author, and the recipient, until the end of the last day', () => {
  expect(isTaken([])).toBe(false);
  expect(isTaken([permission()])).toBe(true);
  expect(isTaken([permission({ targets: [another] })])).toBe(false);
  expect(isTaken([permission({ recipients: [other] })])).toBe(false);
  expect(isTaken([permission({ author: other })])).toBe(false);
  expect(isTaken([permission({ author: issuer })])).toBe(false);
});

test('[R24, X6] for who gets it the last day counts 24 hours longer, and not a moment more', () => {
  expect(isTaken([permission()], '2026-03-11T23:59:59.999Z')).toBe(true);
  expect(isTaken([permission()], '2026-03-12T00:00:00.000Z')).toBe(false);
});

test('[R24] permissions that each lack something do not cover it together', () => {
  const parts = [permission({ recipients: [other] }), permission({ targets: [another] }, '8')];
  expect(isTaken(parts)).toBe(false);
});

test('[R25] neither withdrawals nor permissions need one, nor what the issuer or we said', () => {
  const kinds = ['retract', 'permission', 'entity', 'link'] as const;
  const taken = kinds.filter((kind) => isTaken([], undefined, { ...said, kind } as AnyRecord));
  expect(taken).toEqual(['retract', 'permission']);
  for (const by of [issuer, us]) expect(isTaken([], undefined, { ...said, author: by })).toBe(true);
});

test('[R14, R23] only its author takes a permission back, and replaces it only about the same subject', () => {
  const one = permission();
  const by = (more: object) => standing([one], [{ ...said, supersedes: [], ...more }]).length;
  expect(by({ kind: 'retract', targets: [one.id] })).toBe(0);
  expect(by({ kind: 'retract', targets: [one.id], author: other })).toBe(1);
  expect(by({ kind: 'permission', supersedes: [one.id] })).toBe(0);
  expect(by({ kind: 'permission', supersedes: [one.id], author: other })).toBe(1);
  const elsewhere = SubjectId.parse('00000000-0000-7000-8000-000000000002');
  expect(by({ kind: 'permission', supersedes: [one.id], subject: elsewhere })).toBe(1);
});

const onward = { recipients: [us], purposeCode: 'investigation', today: '2026-03-10' };
const given = { author, targets: [target], recipients: [us], purposes: ['investigation'], until: '2026-03-10' };

function stateFor(permissions: readonly (typeof given)[], more: object = {}) {
  return runThrough(permissionsByRecord(permissions, { ...onward, ...more }))(target, author);
}

test('[R24, P22–P25] who passes it on needs one permission for every recipient, the purpose and the day', () => {
  expect(stateFor([given])).toBe('permission');
  expect(stateFor([given], { today: '2026-03-11' })).toBe('permission expired');
  expect(stateFor([given], { recipients: [us, other] })).toBe('permission not for every recipient');
  expect(stateFor([given], { purposeCode: 'prosecution' })).toBe('permission for other purposes');
  expect(stateFor([{ ...given, author: other }])).toBe('none');
  expect(stateFor([{ ...given, targets: [another] }])).toBe('none');
});

test('[R24] two permissions, each for one recipient, let it go on to neither of the two together', () => {
  const both = [given, { ...given, recipients: [other] }];
  expect(stateFor(both, { recipients: [us, other] })).toBe('permission not for every recipient');
  expect(stateFor([...both, { ...given, recipients: [us, other] }], { recipients: [us, other] })).toBe('permission');
});
