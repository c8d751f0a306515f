import anyAscii from 'any-ascii';
import { entityKinds } from '../../src-shared/catalogue/entity-kinds.ts';
import type { Recipient, ReleaseQuestion } from '../../src-shared/policy/plan-release.ts';
import type { ParsedRecord } from '../../src-shared/records/parse-record.ts';
import { AGENCY_A, AGENCY_B } from './records.ts';

/** An invented partner in another State, to whom every usual class of data went before. */
export function recipient(more: Partial<Recipient> = {}): Recipient {
  return { agency: AGENCY_B, isConfirmed: true, country: 'XS', kind: 'police', sentBefore: EVERYTHING, ...more };
}

/** Of none of these it can be said that it goes for the first time. */
const EVERYTHING: ReadonlySet<string> = new Set([
  ...entityKinds.map(({ type }) => `entity:${type}`),
  'protected:victims',
  'protected:witnesses',
  'protected:informants',
  'third-party',
  'assessment',
  'special-category',
  'evidence',
]);

/** The question that a release of these records puts to policy, all of them live and in the case. */
export function questionOf(records: readonly ParsedRecord[], more: Partial<ReleaseQuestion> = {}): ReleaseQuestion {
  return {
    us: AGENCY_A,
    ourCountry: 'XN',
    candidates: records,
    context: records.map(({ record }) => record),
    past: [],
    elsewhere: [],
    recipients: [recipient()],
    permissions: [],
    unproven: new Set(),
    files: {
      here: new Set(records.flatMap(({ id, record }) => (record.kind === 'attachment' ? [id] : []))),
      sentToAll: new Set(),
    },
    holders: new Map(),
    purpose: 'joint investigation',
    purposeCode: 'investigation',
    legalBases: ['untoc-27'],
    include: [],
    exclude: new Set(),
    withhold: { claims: new Map(), properties: new Set() },
    approvalsMissing: 0,
    today: '2026-03-01',
    foldToAscii: anyAscii,
    ...more,
  };
}
