import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { PASSPHRASE, createdAgency } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { sharedData } from '../support/shared-data.ts';
import { inspector, selectInList, statusLine } from './steps/case.ts';
import { choose, giveFile, type SavedFile } from './steps/fields.ts';
import { unlock } from './steps/vault.ts';

/** Of the shape of the synthetic networks: people in a ring, with a role and a number for a name. */
const INVENTED_NETWORK: Network = {
  name: 'invented-ring.graphml',
  bytes: new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="v_role" for="node" attr.name="role" attr.type="string"/>
  <key id="v_label" for="node" attr.name="label" attr.type="string"/>
  <graph id="G" edgedefault="undirected">
    ${ring(8, (at) => `<node id="n${at}"><data key="v_role">${at === 0 ? 'trafficker' : 'victim'}</data><data key="v_label">${at + 1}</data></node>`)}
    ${ring(8, (at) => `<edge source="n${at}" target="n${(at + 1) % 8}"/>`)}
  </graph>
</graphml>`),
  entities: 8,
  links: 8,
};

/** One row without an id, one that says p2 again, one with a field too few, and a role that nobody understands. */
const PEOPLE = `id,name,role,Date of birth
p1,Alma Testova,victim,2001
p2,Boris Beispiel,trafficker,1979-05
,Nobody Idless,victim,1990
p2,Boris Again,trafficker,
p3,Too few
p4,Carla Madeup,winkler,1988~
`;

interface Network extends SavedFile {
  readonly entities: number;
  readonly links: number;
}

function ring(size: number, draw: (at: number) => string): string {
  return Array.from({ length: size }, (_, at) => draw(at)).join('\n    ');
}

function network(): Network {
  const path = sharedData('htn-synthetic-kosmas/HT5_1_40.graphml');
  if (path === undefined) return INVENTED_NETWORK;
  return { name: basename(path), bytes: readFileSync(path), entities: 28, links: 65 };
}

async function openEmptyVault(name: string): Promise<Page> {
  const agency = await createdAgency('Northmark Agency');
  await agency.call('vault.lock', {});
  const { page } = await startApp({ home: agency.home, name });
  await unlock(page, PASSPHRASE);
  return page;
}

/** Chooses a file and goes to what it would become. */
async function preview(page: Page, file: SavedFile): Promise<Locator> {
  await page.getByRole('banner').getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await giveFile(dialog, 'Choose a CSV or GraphML file', file);
  await choose(dialog, 'Grade', 'Europol 4x4');
  await dialog
    .getByRole('radiogroup', { name: 'Reliability of the source' })
    .getByRole('radio', { name: /^C / })
    .check();
  await dialog
    .getByRole('radiogroup', { name: 'Quality of the information' })
    .getByRole('radio', { name: /^4 / })
    .check();
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByRole('button', { name: 'Apply' }).waitFor();
  return dialog;
}

test('a network as another program wrote it is previewed, applied and opened', async () => {
  const page = await openEmptyVault('import-graphml');
  const file = network();
  const dialog = await preview(page, file);
  const adds = `${file.entities} entities and ${file.links} links`;
  await dialog.getByText(`Adds ${adds} from ${file.entities + file.links} rows.`).waitFor();
  await dialog.getByRole('row', { name: 'role Role, in the source’s words trafficker' }).waitFor();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.getByText(`Imported ${adds}.`).waitFor();
  await dialog.getByRole('button', { name: 'Open case' }).click();
  await statusLine(page).getByText(`${file.entities} entities · ${file.links} links`).waitFor();
  expect(await page.getByRole('checkbox', { name: 'C4' }).isChecked()).toBe(true);
});

test('an import is taken back whole in one step', async () => {
  const page = await openEmptyVault('import-undo');
  const file = network();
  const dialog = await preview(page, file);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.getByRole('button', { name: 'Undo this import' }).click();
  await dialog.getByText('The import was undone.').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('heading', { name: 'No cases yet' }).waitFor();
  await page.getByRole('banner').getByRole('button', { name: 'Audit log and ledger' }).click();
  await page.getByRole('tab', { name: 'Changes' }).click();
  const changes = page.getByRole('table', { name: 'Changes' }).getByRole('row').filter({ hasText: 'Import' });
  expect(await changes.allInnerTexts()).toEqual([expect.stringContaining('Undone')]);
});

test('rows that cannot be used are listed with their line and reason, and the rest is imported', async () => {
  const page = await openEmptyVault('import-csv');
  const dialog = await preview(page, { name: 'people.csv', bytes: new TextEncoder().encode(PEOPLE) });
  await dialog.getByText('Adds 4 entities and 0 links from 6 rows.').waitFor();
  const leftOut = dialog.getByRole('table', { name: 'Rows left out' }).getByRole('row');
  expect(await leftOut.allInnerTexts()).toEqual([
    expect.stringMatching(/^line 5\t.*same id as line 3.*\tI15$/),
    expect.stringMatching(/^line 6\t.*2 fields, 4 expected.*\tI10$/),
  ]);
  const lookAt = dialog.getByRole('table', { name: 'To look at' });
  await lookAt.getByText('A role is not understood: the person has no category and is not protected.').waitFor();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.getByText('2 rows could not be used and were left out.').waitFor();
  await dialog.getByRole('button', { name: 'Open case' }).click();
  await statusLine(page).getByText('4 entities · 0 links').waitFor();
  await selectInList(page, 'Alma Testova');
  await inspector(page).getByText('Protected', { exact: true }).waitFor();
});

test('a large import says what it is doing and can be cancelled in the middle; nothing of it stays', async () => {
  const page = await openEmptyVault('import-cancel');
  const rows = Array.from({ length: 40_000 }, (_, i) => `n${i},Invented Person ${i}x,seen ${i}\n`);
  const bytes = new TextEncoder().encode(`id,name,note\n${rows.join('')}`);
  const dialog = await preview(page, { name: 'many.csv', bytes });
  await dialog.getByText('Adds 40,000 entities and 0 links from 40,000 rows.').waitFor();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.getByText('Sealing and storing records').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByText('The work was cancelled.').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  const empty = page.getByRole('heading', { name: 'No cases yet' });
  await empty.waitFor();
  expect(await empty.isVisible()).toBe(true);
});
