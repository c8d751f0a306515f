import { sealing } from '../support/case-steps.ts';
import { writeSync } from 'node:fs';
import { newAgency } from '../../src-main/app/new-agency.ts';
import { contextOf, closeStation, openStation } from './station.ts';
import type { Station } from './station.ts';
import { attachBytes, HANDLING, SOURCE } from './steps.ts';

/** The process that is watched: `canary-worker.ts <home> <passphrase> <canary> <count>` does with planted values what people do with names. */

const [home = '', passphrase = '', canary = '', countText = '1000'] = process.argv.slice(2);
const count = Number(countText);
const station = await openStation(home, passphrase);
station.session.proof.begin();
const { case: caseId, erasable } = await fill(station);
await look(station, caseId);
await handOut(station, caseId);
say('erasing');
for (let at = 0; at < erasable.length; at += 5000) {
  await station.call('record.retract', {
    records: erasable.slice(at, at + 5000),
    action: 'erase',
    reason: 'an invented reason',
  });
}
closeStation(station);
say('closed');

/** A large import, a small one, edits and a file, all of them planted. */
async function fill({ call, session }: Station): Promise<{ case: string; erasable: string[] }> {
  say('importing');
  const { case: id } = await importNames(`${canary} case`, 0, count);
  await importNames(`${canary} more`, count, 40);
  say('editing');
  const { subject } = await call('entity.save', {
    case: id,
    type: 'person',
    supersedes: [],
    claims: [
      { property: 'name', value: `${canary} edited` },
      { property: 'note', value: `${canary} note `.repeat(200) },
    ],
    source: { ...SOURCE, reference: `${canary} source` },
    handling: HANDLING,
  });
  say('attaching');
  await attachBytes(station, `${canary}.txt`, new TextEncoder().encode(`${canary} `.repeat(40_000)), subject);
  const all = session.store.sqlite.prepare("SELECT lower(hex(id)) FROM records WHERE kind <> 'retract'").pluck().all();
  return { case: id, erasable: all.map(String) };
}

function importNames(title: string, from: number, rows: number) {
  const lines = Array.from({ length: rows }, (_, i) => `${canary}${from + i} Invented,${canary}${from + i} note`);
  return station.call('import.apply', {
    case: { title },
    name: 'people.csv',
    format: 'auto',
    attach: 'never',
    entityType: 'person',
    source: SOURCE,
    handling: HANDLING,
    bytes: new TextEncoder().encode(`name,note\n${lines.join('\n')}\n`),
  });
}

/** Searching, drawing, listing, and a sort that needs more room than the library likes to give it. */
async function look({ call, session }: Station, id: string): Promise<void> {
  say('searching');
  for (let length = 2; length <= canary.length; length += 1)
    await call('search.find', { text: canary.slice(0, length), limit: 100 });
  await call('case.chart', { case: id });
  say('sorting');
  session.store.sqlite.exec('CREATE TEMP TABLE sorted AS SELECT body FROM records ORDER BY body DESC');
  session.store.sqlite.prepare('SELECT a.body FROM records a ORDER BY substr(a.body, 40), a.body').all();
  session.store.sqlite.exec('DROP TABLE sorted');
  say('rebuilding');
  await call('store.rebuild', {});
}

/** A release to an invented partner, and a backup, read to its end. */
async function handOut({ call }: Station, id: string): Promise<void> {
  say('releasing');
  const { card } = await newAgency(
    { name: 'Southvale Agency', country: 'XS', sample: false },
    contextOf(home).randomBytes,
  );
  const { agency, words } = await call('partner.add', { bytes: card.bytes });
  await call('partner.confirm', { agency, words, with: 'Cleo', channel: 'phone' });
  const request = { case: id, to: [agency], purpose: 'test', legalBases: ['untoc-27'], include: [], exclude: [] };
  const preview = await call('release.preview', request);
  await call('release.seal', sealing(request, preview));
  say('backing up');
  const { backup } = await call('backup.begin', {});
  for (let isLast = false; !isLast;) ({ isLast } = await call('backup.read', { backup }));
  await call('backup.end', { backup });
}

function say(line: string): void {
  writeSync(1, `${line}\n`);
}
