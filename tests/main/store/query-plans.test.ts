import { expect, test } from 'vitest';
import { PLACEMENTS, UNATTESTED } from '../../../src-main/store/attestations.ts';
import { AUDIT_PAGE } from '../../../src-main/store/audit.ts';
import { queryPlan } from '../../../src-main/store/connection.ts';
import { CASE_RECORD_IDS } from '../../../src-main/store/fingerprint.ts';
import {
  ALL_SAME,
  CASE_RECORDS,
  IDENTITIES,
  LIVE_OF,
  PAST_OF,
  RECORD,
  RECORDS_OF,
  RETRACTIONS_OF,
} from '../../../src-main/store/history.ts';
import { DISCLOSURES_OF_SUBJECT, HOLDERS } from '../../../src-main/store/ledger.ts';
import { NEIGHBOUR_COUNTS, NEIGHBOURS } from '../../../src-main/store/neighbours.ts';
import { PROTECTED_TEXTS } from '../../../src-main/store/protected-texts.ts';
import { LIVE_OF_SUBJECT } from '../../../src-main/store/project-subjects.ts';
import {
  CASE,
  CASE_ENTITIES,
  CASE_LINKS,
  CASE_POSITIONS,
  CASES_OF,
  ENTITIES_BY_ID,
  KIND,
  LINKS_BY_ID,
  LINKS_TOTAL,
  LINKS_UNDRAWN,
} from '../../../src-main/store/queries.ts';
import { KEYS_IN_RANGE } from '../../../src-main/store/search.ts';
import { emptyStore } from '../../support/store-builders.ts';

/** Every traversal and search must stay as fast at a million entities as it is here: no scan of a table, and the join order as written. */

const PLANS = {
  AUDIT_PAGE,
  CASE,
  CASES_OF,
  CASE_ENTITIES,
  CASE_LINKS,
  CASE_POSITIONS,
  CASE_RECORDS,
  CASE_RECORD_IDS,
  DISCLOSURES_OF_SUBJECT,
  ENTITIES_BY_ID,
  KEYS_IN_RANGE,
  HOLDERS,
  IDENTITIES,
  KIND,
  LINKS_BY_ID,
  LIVE_OF,
  LIVE_OF_SUBJECT,
  NEIGHBOURS,
  NEIGHBOUR_COUNTS,
  PAST_OF,
  PLACEMENTS,
  RECORD,
  RECORDS_OF,
  RETRACTIONS_OF,
  UNATTESTED,
};

const store = emptyStore();

test.each(Object.entries(PLANS))('%s scans no table', (_, sql) => {
  const scans = queryPlan(store, sql)
    .split('\n')
    .filter((step) => step.startsWith('SCAN'))
    .filter(
      (step) =>
        !/^SCAN (j VIRTUAL|json_each VIRTUAL|value VIRTUAL|t VIRTUAL TABLE INDEX 0:M|n$|m$|\(subquery|CONSTANT|\d+ CONSTANT)/.test(
          step,
        ),
    );
  expect(scans).toEqual([]);
});

test('one hop goes by the two covering indexes', () => {
  const plan = queryPlan(store, NEIGHBOURS);
  expect(plan).toContain('USING COVERING INDEX links_out (src=?)');
  expect(plan).toContain('USING COVERING INDEX links_in (dst=?)');
});

test('degrees of a chart’s entities go by the same indexes', () => {
  const plan = queryPlan(store, CASE_ENTITIES);
  expect(plan).toContain('SEARCH o USING COVERING INDEX links_out (src=?)');
  expect(plan).toContain('SEARCH i USING COVERING INDEX links_in (dst=?)');
  expect(plan).toContain('SEARCH m USING PRIMARY KEY (case_id=?)');
});

test('the counts of the status line read indexes only', () => {
  expect(queryPlan(store, LINKS_TOTAL)).toMatch(/^SCAN links USING COVERING INDEX/);
  expect(queryPlan(store, LINKS_UNDRAWN)).toContain('links_undrawn');
});

test('all identities are read from their own small index, and protected names in one pass over the entities', () => {
  expect(queryPlan(store, ALL_SAME)).toMatch(/SCAN r USING INDEX identities_by_src/);
  const [first, ...others] = queryPlan(store, PROTECTED_TEXTS).split('\n');
  expect(first).toMatch(/^SCAN e/);
  expect(others.join('\n')).toMatch(/SEARCH s USING INTEGER PRIMARY KEY[\s\S]*SCAN t VIRTUAL TABLE INDEX 0:=/);
});
