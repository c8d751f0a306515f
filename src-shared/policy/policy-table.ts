import { acknowledged, carried, LEAVES, stays } from './outlets.ts';
import type { Cell, Outlet } from './outlets.ts';

/** One code or circumstance, where it comes from, and what it means for each outlet. docs/policy.md has the reasons. */
export interface PolicyRow {
  readonly row: string;
  readonly source: string;
  readonly cells: { readonly [O in Outlet]: Cell };
}

const TLP = 'TLP 2.0 (FIRST, August 2022)';
const EUROPOL = 'Reg. (EU) 2016/794 art. 19(2), 29; Europol handling codes';
const UK = 'UK 3x5x2 (College of Policing, intelligence report)';
const PURPOSE = 'LED art. 4(1)(b), 9(3); Palermo Protocol art. 10(3)';
const ORIGINATOR = 'LED art. 35(1)(c), (e); Reg. (EU) 2016/794 art. 19(2); TLP 2.0';
const PROTECTED = 'Palermo Protocol art. 6(1); LED art. 6; CETS 197 art. 11; Reg. (EU) 2016/794 art. 30';
const CATEGORY = 'LED art. 6';
const GATEWAY = 'LED art. 8, 35';
const REVIEW = 'LED art. 5';
const ACCURACY = 'LED art. 7(2)–(3), 16';

const ASKED_IDENTITY = acknowledged('P5');
const IDENTITY_STAYS = row6(stays('P5'), stays('P5'), ASKED_IDENTITY, stays('P5'), ASKED_IDENTITY, stays('P5'));
const ASKED_FILE = acknowledged('P16');
const CAVEAT = row6(
  acknowledged('P19'),
  acknowledged('P19'),
  carried('P19'),
  acknowledged('P19'),
  acknowledged('P19'),
  acknowledged('P19'),
);
const OUTDATED = row6(stays('P29'), stays('P29'), carried('P29'), stays('P29'), carried('P29'), stays('P29'));

/** Every row, in the order in which its rules are named where several keep a record home. */
export const POLICY_TABLE = [
  row('author:own', ORIGINATOR, all(LEAVES)),
  row('author:third-party', ORIGINATOR, thirdParty(stays('P3'))),
  row('author:third-party, permission expired', ORIGINATOR, thirdParty(stays('P23'))),
  row('author:third-party, permission not for every recipient', ORIGINATOR, thirdParty(stays('P24'))),
  row('author:third-party, permission for other purposes', ORIGINATOR, thirdParty(stays('P25'))),
  row('author:third-party, permission', ORIGINATOR, thirdParty(carried('P22'))),
  row('author:third-party, file received', ORIGINATOR, { ...thirdParty(stays('P3')), export: acknowledged('P3') }),
  row('author:third-party, notice to who holds its targets', 'LED art. 16(5)–(6)', all(LEAVES)),
  row('author:third-party, notice to who holds none', 'LED art. 16(5)–(6)', thirdParty(stays('P3'))),

  row('proof:held', 'docs/formats/bundle.md B27', all(LEAVES)),
  row('proof:missing', 'docs/formats/bundle.md B27', row6(LEAVES, stays('P31'), LEAVES, LEAVES, LEAVES, LEAVES)),

  row('state:live', ACCURACY, all(LEAVES)),
  row('state:superseded', ACCURACY, OUTDATED),
  row('state:retracted', ACCURACY, OUTDATED),
  row('state:suppressed', ACCURACY, all(stays('P29'))),
  row('state:erased', ACCURACY, all(stays('P29'))),

  row(
    'evidence:file',
    'docs/formats/record.md R20',
    row6(carried('P26'), carried('P26'), carried('P26'), carried('P26'), stays('P16'), carried('P26')),
  ),
  row(
    'evidence:file about a protected person',
    'docs/formats/record.md R20',
    row6(stays('P16'), stays('P16'), ASKED_FILE, stays('P16'), stays('P16'), ASKED_FILE),
  ),
  row(
    'evidence:file about a protected person, included by the officer',
    'docs/formats/record.md R20',
    row6(ASKED_FILE, ASKED_FILE, ASKED_FILE, ASKED_FILE, stays('P16'), ASKED_FILE),
  ),
  row('evidence:file too large for a bundle', 'docs/formats/bundle.md B36', towards(stays('P32'))),
  row('evidence:file not here', 'docs/formats/bundle.md B38', towards(stays('P33'))),

  row('tlp:TLP:CLEAR', TLP, all(LEAVES)),
  row('tlp:TLP:GREEN', TLP, all(carried('P26'))),
  row('tlp:TLP:AMBER', TLP, all(carried('P26'))),
  row(
    'tlp:TLP:AMBER+STRICT',
    TLP,
    row6(carried('P26'), carried('P26'), carried('P26'), carried('P26'), carried('P26'), acknowledged('P26')),
  ),
  row('tlp:TLP:RED', TLP, all(stays('P2'))),

  row('review:none', REVIEW, all(LEAVES)),
  row('review:ahead', REVIEW, all(LEAVES)),
  row(
    'review:past',
    REVIEW,
    row6(stays('P11'), stays('P11'), carried('P11'), stays('P11'), carried('P11'), stays('P11')),
  ),

  row('code:none', 'no handling code: the label and the legal basis decide', all(LEAVES)),
  row('code:H0', EUROPOL, all(carried('P26'))),
  row(
    'code:H0, not against crime',
    EUROPOL,
    row6(stays('P18'), stays('P18'), carried('P26'), stays('P18'), carried('P26'), stays('P18')),
  ),
  row('code:H1', EUROPOL, all(carried('P27'))),
  row(
    'code:H1, before a court',
    EUROPOL,
    row6(stays('P27'), carried('P22'), carried('P27'), stays('P27'), carried('P27'), stays('P27')),
  ),
  row('code:H2', EUROPOL, row6(stays('P4'), carried('P22'), carried('P26'), stays('P4'), carried('P26'), stays('P4'))),
  row('code:H3', EUROPOL, CAVEAT),
  row('code:P', UK, all(LEAVES)),
  row('code:C', UK, CAVEAT),

  row('purposes:none', PURPOSE, all(LEAVES)),
  row('purposes:this one', PURPOSE, all(LEAVES)),
  row(
    'purposes:in words',
    PURPOSE,
    row6(
      acknowledged('P18'),
      acknowledged('P18'),
      carried('P18'),
      acknowledged('P18'),
      carried('P18'),
      acknowledged('P18'),
    ),
  ),
  row(
    'purposes:others',
    PURPOSE,
    row6(stays('P18'), stays('P18'), carried('P18'), stays('P18'), carried('P18'), stays('P18')),
  ),

  row('assertion:fact', 'LED art. 7(1)', all(LEAVES)),
  row('assertion:assessment', 'LED art. 7(1)', all(carried('P28'))),

  row('subject:none', CATEGORY, all(LEAVES)),
  row('subject:suspect', CATEGORY, all(LEAVES)),
  row('subject:convicted', CATEGORY, all(LEAVES)),
  row('subject:contact', CATEGORY, all(LEAVES)),
  row('subject:other', CATEGORY, all(LEAVES)),
  row('subject:victim', PROTECTED, IDENTITY_STAYS),
  row('subject:possible-victim', PROTECTED, IDENTITY_STAYS),
  row('subject:witness', PROTECTED, IDENTITY_STAYS),
  row('subject:child', PROTECTED, IDENTITY_STAYS),
  row('subject:unknown category', PROTECTED, IDENTITY_STAYS),
  row('subject:protected, included by the officer', PROTECTED, all(ASKED_IDENTITY)),
  row('subject:informant', PROTECTED, all(stays('P13'))),
  row('subject:informant, included by the officer', PROTECTED, all(acknowledged('P13'))),
  row(
    'subject:identifier of protected persons only',
    PROTECTED,
    row6(stays('P6'), stays('P6'), acknowledged('P6'), stays('P6'), acknowledged('P6'), stays('P6')),
  ),

  row('basis:gateway for the recipient', GATEWAY, all(LEAVES)),
  row('basis:gateway for another recipient', GATEWAY, towards(stays('P17'))),
  row('basis:duty alone', GATEWAY, towards(stays('P1'))),
  row('basis:context alone', GATEWAY, towards(stays('P1'))),
  row('basis:none', GATEWAY, towards(stays('P1'))),

  row('recipient:confirmed', 'docs/formats/bundle.md K9', all(LEAVES)),
  row('recipient:not confirmed', 'docs/formats/bundle.md K9', towards(stays('P10'))),
  row('recipient:first time for this class of data', 'LED art. 7(2), 35(1)(a)', towards(acknowledged('P20'))),
  row('recipient:approvals missing', 'docs/formats/bundle.md B21', towards(stays('P30'))),

  row('officer:keeps the subject home', 'the officer', towards(stays('P9'))),
  row('officer:keeps the value home', 'the officer', towards(stays('P21'))),
] as const satisfies readonly PolicyRow[];

export type RowName = (typeof POLICY_TABLE)[number]['row'];

function row<const N extends string>(name: N, source: string, cells: PolicyRow['cells']) {
  return { row: name, source, cells };
}

function row6(release: Cell, forward: Cell, print: Cell, report: Cell, clipboard: Cell, export_: Cell) {
  return { release, forward, print, report, clipboard, export: export_ };
}

function all(cell: Cell): PolicyRow['cells'] {
  return row6(cell, cell, cell, cell, cell, cell);
}

/** Said by another agency: inside our own its name goes with it; an open file would let it go on without permission. */
function thirdParty(cell: Cell): PolicyRow['cells'] {
  return row6(cell, cell, carried('P26'), carried('P26'), carried('P26'), stays('P3'));
}

/** Matters only where another agency gets it. */
function towards(cell: Cell): PolicyRow['cells'] {
  return row6(cell, cell, LEAVES, LEAVES, LEAVES, LEAVES);
}
