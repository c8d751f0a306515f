import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PASSPHRASE, source, temporaryHome } from '../../support/agency.ts';
import { attach } from '../../support/attachment-steps.ts';
import { barePartner } from '../../support/bare-partner.ts';
import { addEntity, claimsOf } from '../../support/case-steps.ts';
import { commandsOf, typed } from '../../support/commands.ts';
import { inventedBytes } from '../../support/evidence.ts';
import { agencies, confirmed, smallCase } from '../../support/forwarding.ts';
import type { Member } from '../../support/forwarding.ts';

/** Evidence files on the command line: what leaves, what comes along, and the same bytes at the partner. */

const PHOTO = 'invented photograph.jpg';
const PORTRAIT = 'invented portrait.png';
const photo = Buffer.concat([Buffer.from('\xFF\xD8\xFF invented ', 'latin1'), inventedBytes(1_200_000)]);
const portrait = Buffer.from('\x89PNG\r\n\x1A\n invented', 'latin1');
const BASIS = ['--purpose', 'joint investigation', '--legal-basis', 'untoc-27'];

/** Two that trust one another; the first has a case with a suspect and a victim, and nobody has a vault open. */
async function twoWithVictim() {
  const [a, b] = (await agencies(2)) as [Member, Member];
  await confirmed(a, b);
  const made = await smallCase(a);
  const claims = { name: 'Vera Inventova', subjectCategory: 'victim' };
  const { subject: victim } = await addEntity(a.at, made.id, 'person', claims);
  return { a, b, made, victim, request: ['--case', 'Operation Test Lamp', '--to', b.name, ...BASIS] };
}

/** Without the columns' spaces. */
const linesOf = ({ text }: { readonly text: string }): string[] =>
  text.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, ' | '));

test('a file that is attached, released and received on the command line comes out the same', async () => {
  const { a, b, made, request } = await twoWithVictim();
  const folder = temporaryHome();
  const [north, south] = [await commandsOf(a.at), await commandsOf(b.at)];
  const [given, bundle, out] = [PHOTO, 'out.chiro', 'out.jpg'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(given, photo);
  const added = await north('attach', given, '--to', made.suspect, '--note', 'at the harbour');
  expect(added.status).toBe(0);
  const released = await north('release', ...request, '--answer', 'all', '--out', bundle);
  expect(released.status).toBe(0);

  const plan = await typed(b.at.home, PASSPHRASE, 'receive', bundle, '--plan');
  expect(plan.status).toBe(0);
  expect(linesOf(plan)).toContain(`file ${PHOTO} | ${photo.length} | came along | Sergo Madeupson`);
  expect((await south('attachments')).answer).toMatchObject({ attachments: [] });

  expect((await south('receive', bundle, '--accept', 'all')).status).toBe(0);
  const sha256 = createHash('sha256').update(photo).digest('hex');
  expect((await south('attachments', made.suspect)).answer).toMatchObject({
    attachments: [{ name: PHOTO, sha256, state: 'held', isOurs: false, notes: ['at the harbour'] }],
  });
  const take = [sha256, '--out', out, '--reason', 'for the invented court'];
  expect((await south('attachment export', ...take)).status).toBe(0);
  expect(readFileSync(out).equals(photo)).toBe(true);
  expect(linesOf(await typed(a.at.home, PASSPHRASE, 'attachments')).join('\n')).toContain(PHOTO);
});

test('[P16] a preview says of each file its size, the rule, and whom it is about, and stops for a victim', async () => {
  const { a, made, victim, request } = await twoWithVictim();
  await attach(a.at, [made.suspect], photo, { name: PHOTO, type: 'image/jpeg', step: 1_000_000 });
  await attach(a.at, [victim], portrait, { name: PORTRAIT, type: 'image/png' });
  await a.at.call('vault.lock', {});
  const preview = (...more: readonly string[]) =>
    typed(a.at.home, PASSPHRASE, 'release', ...request, '--preview', ...more);

  const home = linesOf(await preview());
  expect(home).toContain(`With them: 1 evidence files, ${photo.length} bytes.`);
  expect(home).toContain(`file ${PHOTO} | ${photo.length} | release P0 | Sergo Madeupson`);
  expect(home).toContain(`file ${PORTRAIT} | ${portrait.length} | withhold P16 | Vera Inventova`);

  const included = await preview('--include', 'victims');
  expect(included.status).toBe(1);
  expect(linesOf(included)).toContain(`With them: 2 evidence files, ${photo.length + portrait.length} bytes.`);
  expect(linesOf(included)).toContain(`file ${PORTRAIT} | ${portrait.length} | release P0 | Vera Inventova`);
  expect(included.text).toMatch(/^Waits for your answer: --answer '/m);
});

test('[R20] a plan says that a record came without its file, and so does the list of files', async () => {
  const [, b] = (await agencies(2)) as [Member, Member];
  const partner = await barePartner(b.at);
  const suspect = partner.person({ name: 'Sergo Madeupson' });
  const file = { sha256: createHash('sha256').update(photo).digest('hex'), size: photo.length, type: 'image/jpeg' };
  const record = partner.say({
    kind: 'attachment',
    source,
    file,
    supports: [suspect.record.subject],
    claims: claimsOf({ name: PHOTO }),
  });
  const bundle = join(temporaryHome(), 'in.chiro');
  writeFileSync(bundle, await partner.sealed([partner.group([suspect, record])]));
  const south = await commandsOf(b.at);
  const plan = await typed(b.at.home, PASSPHRASE, 'receive', bundle, '--plan');
  expect(linesOf(plan)).toContain(`file ${PHOTO} | ${photo.length} | the file is not here | Sergo Madeupson`);
  expect((await south('receive', bundle, '--accept', 'all')).status).toBe(0);
  expect((await south('attachments')).answer).toMatchObject({
    attachments: [{ name: PHOTO, state: 'missing', custody: [], isOurs: false }],
  });
  const refused = await south('attachment export', file.sha256, '--out', `${bundle}.jpg`, '--reason', 'to look at it');
  expect(refused.status).toBe(1);
});
