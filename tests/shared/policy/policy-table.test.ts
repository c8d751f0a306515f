import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { subjectCategories } from '../../../src-shared/catalogue/lists/subject-category.ts';
import { HandlingCode, TLP_LABELS } from '../../../src-shared/domain/marking.ts';
import { judgeRows } from '../../../src-shared/policy/judge-outlet.ts';
import { OUTLETS, strictness } from '../../../src-shared/policy/outlets.ts';
import type { Cell } from '../../../src-shared/policy/outlets.ts';
import { POLICY_TABLE } from '../../../src-shared/policy/policy-table.ts';
import type { RowName } from '../../../src-shared/policy/policy-table.ts';
import { POLICY_RULES } from '../../../src-shared/policy/rules.ts';

/**
 * What docs/policy.md promises, written down a second time and by hand: `-` leaves, `c` leaves with its condition, `a` leaves once the officer
 * has answered, `s` stays; each with its rule. In the order release, forward, print, report, clipboard, export.
 */
const EXPECTED = `
author:own | - - - - - -
author:third-party | sP3 sP3 cP26 cP26 cP26 sP3
author:third-party, permission expired | sP23 sP23 cP26 cP26 cP26 sP3
author:third-party, permission not for every recipient | sP24 sP24 cP26 cP26 cP26 sP3
author:third-party, permission for other purposes | sP25 sP25 cP26 cP26 cP26 sP3
author:third-party, permission | cP22 cP22 cP26 cP26 cP26 sP3
author:third-party, file received | sP3 sP3 cP26 cP26 cP26 aP3
author:third-party, notice to who holds its targets | - - - - - -
author:third-party, notice to who holds none | sP3 sP3 cP26 cP26 cP26 sP3
proof:held | - - - - - -
proof:missing | - sP31 - - - -
state:live | - - - - - -
state:superseded | sP29 sP29 cP29 sP29 cP29 sP29
state:retracted | sP29 sP29 cP29 sP29 cP29 sP29
state:suppressed | sP29 sP29 sP29 sP29 sP29 sP29
state:erased | sP29 sP29 sP29 sP29 sP29 sP29
evidence:file | cP26 cP26 cP26 cP26 sP16 cP26
evidence:file about a protected person | sP16 sP16 aP16 sP16 sP16 aP16
evidence:file about a protected person, included by the officer | aP16 aP16 aP16 aP16 sP16 aP16
evidence:file too large for a bundle | sP32 sP32 - - - -
evidence:file not here | sP33 sP33 - - - -
tlp:TLP:CLEAR | - - - - - -
tlp:TLP:GREEN | cP26 cP26 cP26 cP26 cP26 cP26
tlp:TLP:AMBER | cP26 cP26 cP26 cP26 cP26 cP26
tlp:TLP:AMBER+STRICT | cP26 cP26 cP26 cP26 cP26 aP26
tlp:TLP:RED | sP2 sP2 sP2 sP2 sP2 sP2
review:none | - - - - - -
review:ahead | - - - - - -
review:past | sP11 sP11 cP11 sP11 cP11 sP11
code:none | - - - - - -
code:H0 | cP26 cP26 cP26 cP26 cP26 cP26
code:H0, not against crime | sP18 sP18 cP26 sP18 cP26 sP18
code:H1 | cP27 cP27 cP27 cP27 cP27 cP27
code:H1, before a court | sP27 cP22 cP27 sP27 cP27 sP27
code:H2 | sP4 cP22 cP26 sP4 cP26 sP4
code:H3 | aP19 aP19 cP19 aP19 aP19 aP19
code:P | - - - - - -
code:C | aP19 aP19 cP19 aP19 aP19 aP19
purposes:none | - - - - - -
purposes:this one | - - - - - -
purposes:in words | aP18 aP18 cP18 aP18 cP18 aP18
purposes:others | sP18 sP18 cP18 sP18 cP18 sP18
assertion:fact | - - - - - -
assertion:assessment | cP28 cP28 cP28 cP28 cP28 cP28
subject:none | - - - - - -
subject:suspect | - - - - - -
subject:convicted | - - - - - -
subject:contact | - - - - - -
subject:other | - - - - - -
subject:victim | sP5 sP5 aP5 sP5 aP5 sP5
subject:possible-victim | sP5 sP5 aP5 sP5 aP5 sP5
subject:witness | sP5 sP5 aP5 sP5 aP5 sP5
subject:child | sP5 sP5 aP5 sP5 aP5 sP5
subject:unknown category | sP5 sP5 aP5 sP5 aP5 sP5
subject:protected, included by the officer | aP5 aP5 aP5 aP5 aP5 aP5
subject:informant | sP13 sP13 sP13 sP13 sP13 sP13
subject:informant, included by the officer | aP13 aP13 aP13 aP13 aP13 aP13
subject:identifier of protected persons only | sP6 sP6 aP6 sP6 aP6 sP6
basis:gateway for the recipient | - - - - - -
basis:gateway for another recipient | sP17 sP17 - - - -
basis:duty alone | sP1 sP1 - - - -
basis:context alone | sP1 sP1 - - - -
basis:none | sP1 sP1 - - - -
recipient:confirmed | - - - - - -
recipient:not confirmed | sP10 sP10 - - - -
recipient:first time for this class of data | aP20 aP20 - - - -
recipient:approvals missing | sP30 sP30 - - - -
officer:keeps the subject home | sP9 sP9 - - - -
officer:keeps the value home | sP21 sP21 - - - -
`;

const CASES = EXPECTED.trim()
  .split('\n')
  .flatMap((line) => {
    const [row = '', cells = ''] = line.split(' | ');
    return cells.split(' ').map((cell, at) => [row, OUTLETS[at] ?? '', cell] as const);
  });

function written(cell: Cell): string {
  if (cell.verdict === 'leaves') return '-';
  if (cell.verdict === 'stays') return `s${cell.rule}`;
  return `${cell.condition === 'carried' ? 'c' : 'a'}${cell.rule}`;
}

function inWords(cell: Cell): string {
  if (cell.verdict === 'leaves') return 'leaves';
  if (cell.verdict === 'stays') return `stays ${cell.rule}`;
  return `${cell.condition === 'carried' ? 'carried' : 'asked'} ${cell.rule}`;
}

describe('what a code means for a way out', () => {
  test.each(CASES)('%s by %s: %s', (row, outlet, expected) => {
    const found = POLICY_TABLE.find((each) => each.row === row)?.cells[
      OUTLETS.find((each) => each === outlet) ?? 'print'
    ];
    expect(found === undefined ? 'no such row' : written(found)).toBe(expected);
  });

  test('every row of the table is promised, once, and every promise is one of all six ways', () => {
    expect(POLICY_TABLE.map(({ row }) => row)).toEqual([...new Set(CASES.map(([row]) => row))]);
    expect(CASES).toHaveLength(POLICY_TABLE.length * 6);
  });

  test('every label, every handling code and every subject category has rows', () => {
    const rows: readonly string[] = POLICY_TABLE.map(({ row }) => row);
    for (const label of TLP_LABELS) expect(rows).toContain(`tlp:${label}`);
    for (const code of HandlingCode.options) expect(rows).toContain(`code:${code}`);
    for (const { code } of subjectCategories.codes) expect(rows).toContain(`subject:${code}`);
  });

  test('every cell names a rule, and every row where it comes from', () => {
    for (const { row, source, cells } of POLICY_TABLE) {
      expect([row, source.length > 0]).toEqual([row, true]);
      for (const outlet of OUTLETS) expect(POLICY_RULES).toContain(cells[outlet].rule);
    }
  });

  test('docs/policy.md says the same', () => {
    const text = readFileSync(fileURLToPath(new URL('../../../docs/policy.md', import.meta.url)), 'utf8');
    for (const { row, source, cells } of POLICY_TABLE) {
      expect(text).toContain(`| ${[row, ...OUTLETS.map((outlet) => inWords(cells[outlet])), source].join(' | ')} |`);
    }
    for (const rule of POLICY_RULES) expect(text).toContain(`| ${rule} |`);
  });
});

test('a further code never lets anything leave that stayed, nor takes a condition away', () => {
  const rowNames = fc.subarray(POLICY_TABLE.map(({ row }): RowName => row));
  const ways = fc.constantFrom(...OUTLETS);
  fc.assert(
    fc.property(rowNames, fc.constantFrom(...POLICY_TABLE.map(({ row }): RowName => row)), ways, (rows, more, way) => {
      const before = judgeRows(rows, way).cell;
      for (const after of [judgeRows([...rows, more], way).cell, judgeRows([more, ...rows], way).cell]) {
        expect(strictness(after)).toBeGreaterThanOrEqual(strictness(before));
      }
    }),
    { numRuns: 1000 },
  );
});
