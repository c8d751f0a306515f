import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { ledgerCsv } from '../../../src-shared/contract/ledger-csv.ts';
import { PASSPHRASE, confirmedPair, temporaryHome } from '../../support/agency.ts';
import { addEntity, openCase, openedText, release } from '../../support/case-steps.ts';
import { commandsAs } from '../../support/commands.ts';

/** What an inspector reads of a release: 28 CFR 23.20(d), (g); Directive (EU) 2016/680 art. 25. */

async function stage() {
  const { a, b, idB } = await confirmedPair();
  const id = await openCase(a, 'Operation Test Lamp');
  const { subject } = await addEntity(a, id, 'person', { name: 'Vera Inventova', subjectCategory: 'victim' });
  const withhold = { claims: [], properties: [{ type: 'phone', property: 'internationalNumber' }] };
  await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  const { sealed } = await release(a, id, idB, { purpose: '=joint "team"', include: ['victims'], withhold });
  return { a, b, sealed, subject };
}

test('the ledger says for what a release was, on what basis, by whom, until when, and what was answered for', async () => {
  const { a, b, sealed, subject } = await stage();
  const { disclosures } = await a.call('ledger.list', { subject });
  const [row] = disclosures;
  expect(disclosures).toHaveLength(1);
  expect(row).toMatchObject({
    subjectType: 'person',
    subjectLabel: 'Vera Inventova',
    purpose: '=joint "team"',
    purposeCode: 'investigation',
    legalBases: ['untoc-27'],
    releasedBy: 'Olga Officer',
    answers: expect.any(Number),
    isConfirmed: false,
  });
  expect(row?.answers).toBeGreaterThan(0);
  expect(await openedText(b, sealed.bytes), 'the end that the bundle itself says').toContain(
    `"notAfter":"${row?.validUntil}"`,
  );
});

test('[P5] as a file it has every term and names nobody, and a spreadsheet runs nothing of it', async () => {
  const { a, subject } = await stage();
  const { disclosures } = await a.call('ledger.list', {});
  const text = ledgerCsv(disclosures);
  const rows: Record<string, string>[] = parse(text, { columns: true });
  expect(rows).toHaveLength(disclosures.length);
  expect(rows.find((row) => row['subject'] === subject)).toMatchObject({
    'kind': 'person',
    'partner': 'Suedhafen Office',
    'purpose': `'=joint "team"`,
    'purpose code': 'investigation',
    'legal bases': 'untoc-27',
    'released by': 'Olga Officer',
    'valid until': expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
    'receipt': 'no',
  });
  for (const name of ['Inventova', '900123', 'Test Lamp']) expect(text).not.toContain(name);
});

test('a script writes the whole ledger, page by page what the list gives', async () => {
  const { a } = await stage();
  const all = await a.call('ledger.list', {});
  const pages = [];
  for (let from = 0; from < all.total; from += 1) pages.push(await a.call('ledger.list', { from, limit: 1 }));
  expect(pages.flatMap(({ disclosures }) => disclosures)).toEqual(all.disclosures);
  expect(pages.map(({ total }) => total)).toEqual(pages.map(() => all.total));
  await a.call('vault.lock', {});
  const file = join(temporaryHome(), 'ledger.csv');
  const ran = await commandsAs(a.home, PASSPHRASE)('ledger', '--out', file);
  expect(ran).toMatchObject({ status: 0, answer: { disclosures: all.total } });
  expect(readFileSync(file, 'utf8')).toBe(ledgerCsv(all.disclosures));
});
