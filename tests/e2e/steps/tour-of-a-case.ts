import type { Page } from 'playwright-core';
import { inspector, newestDialog, selectInList } from './case.ts';
import { choose, giveFile } from './fields.ts';
import type { Look } from './look.ts';

/** The dialogs of the list of cases. */
export async function lookAtNewCase(page: Page, look: Look): Promise<void> {
  await page.getByRole('button', { name: 'New case' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Create case' }).click();
  await page.getByText('Give the case a title.').waitFor();
  await look('new-case');
  await close(page);
}

/** Command box, shortcut sheet and menus of the bar. */
export async function lookAtCommands(page: Page, look: Look): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command, name, number or plate' }).fill('tallow');
  await page.getByRole('option', { name: /^Odette Tallow/ }).waitFor();
  await look('command-box-found');
  await page.getByRole('combobox', { name: 'Command, name, number or plate' }).fill('zzzz');
  await page.getByText('Nothing found.').waitFor();
  await look('command-box-empty');
  await close(page);
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await look('shortcuts');
  await close(page);
  for (const [button, name] of [
    ['Theme', 'menu-theme'],
    ['Operation Lantern', 'menu-cases'],
  ] as const) {
    await page.getByRole('banner').getByRole('button', { name: button }).click();
    await page.getByRole('menu').waitFor();
    await look(name);
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
  }
}

/** Table and list, with search and a filter on. */
export async function lookAtTables(page: Page, look: Look): Promise<void> {
  const views = page.getByRole('radiogroup', { name: 'View' });
  await views.getByText('Table').click();
  await page.getByRole('grid', { name: 'Entities of the case' }).waitFor();
  await look('case-table');
  await page.getByRole('radiogroup', { name: 'Rows' }).getByText('Links').click();
  await page.getByRole('grid', { name: 'Links of the case' }).waitFor();
  await page
    .getByRole('complementary', { name: 'Filters' })
    .getByRole('checkbox', { name: /^Suspect/ })
    .uncheck();
  await page.getByRole('contentinfo').getByText('by 1 filter').waitFor();
  await look('case-table-filtered');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await views.getByText('List').click();
  await look('case-list');
}

/** An entity, a link and the case, with every tab. */
export async function lookAtInspector(page: Page, look: Look): Promise<void> {
  await selectInList(page, 'Odette Tallow');
  await look('entity-details');
  for (const tab of ['Links', 'Sources', 'History']) {
    await inspector(page).getByRole('tab', { name: tab }).click();
    await look(`entity-${tab.toLowerCase()}`);
  }
  await inspector(page).getByRole('button', { name: 'Actions for this subject' }).click();
  await page.getByRole('menu').waitFor();
  await look('menu-subject');
  await page.keyboard.press('Escape');
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Graph').click();
  await page.getByRole('application', { name: /^Chart: / }).waitFor();
  await look('case-graph-selected');
  await inspector(page).getByRole('tab', { name: 'Links' }).click();
  await inspector(page)
    .getByRole('button', { name: /^Show the link: / })
    .first()
    .click();
  await inspector(page)
    .getByText(/^Link: /)
    .waitFor();
  await look('link-details');
}

/** Every form that writes, about one entity. */
export async function lookAtForms(page: Page, look: Look): Promise<void> {
  await selectInList(page, 'Odette Tallow');
  await page.getByRole('main').getByRole('button', { name: 'Add entity' }).click();
  const form = newestDialog(page);
  await choose(form, 'Grade', 'Europol 4x4');
  await form.getByRole('checkbox', { name: /^H3 / }).check();
  await form.getByRole('button', { name: 'Add entity' }).click();
  await form.getByText('Say at least one thing about it.').waitFor();
  await look('add-entity-refused');
  await close(page);
  for (const [action, name] of FORMS) {
    await inspector(page).getByRole('button', { name: 'Actions for this subject' }).click();
    await page.getByRole('menuitem', { name: action }).click();
    await newestDialog(page).getByRole('button', { name: 'Cancel' }).waitFor();
    await look(name);
    await close(page);
  }
}

const FORMS = [
  ['Add statement…', 'add-statement'],
  ['Add link…', 'add-link'],
  ['Mark as the same as…', 'mark-same'],
  ['Remove from this case…', 'remove-from-case'],
  ['Retract what we say about it…', 'retract'],
] as const;

/** The three steps of an import and what comes after. */
export async function lookAtImport(page: Page, look: Look): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await look('import-choose');
  await giveFile(dialog, 'Choose a CSV or GraphML file', {
    name: 'people.csv',
    bytes: new TextEncoder().encode(
      'id,name,role\np1,Alma Testova,victim\np1,Boris Beispiel,winkler\np3,Carla,winkler\n',
    ),
  });
  await dialog.getByRole('button', { name: 'Preview' }).waitFor();
  await look('import-origin');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByRole('table', { name: 'Rows left out' }).waitFor();
  await look('import-preview');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.getByRole('button', { name: 'Undo this import' }).waitFor();
  await look('import-done');
  await dialog.getByRole('button', { name: 'Undo this import' }).click();
  await dialog.getByText('The import was undone.').waitFor();
  await look('import-undone');
  await close(page);
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
