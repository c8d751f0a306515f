import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listReleaseSubjects, previewRelease } from '../../../src-main/app/handlers/release-handlers.ts';
import { applyImport } from '../../../src-main/app/handlers/import-handlers.ts';
import { saveEntity } from '../../../src-main/app/handlers/subject-handlers.ts';
import { openFile } from '../../../src-main/app/receive/open-file.ts';
import { sealRelease } from '../../../src-main/app/release/seal-release.ts';
import { change } from '../../../src-main/app/session.ts';
import type { OpenSession } from '../../../src-main/app/session.ts';
import { auditEntries } from '../../../src-main/store/audit.ts';
import { fingerprint } from '../../../src-main/store/fingerprint.ts';
import { methods } from '../../../src-shared/contract/methods.ts';
import type { Input, Parsed, VaultEvent } from '../../../src-shared/contract/methods.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import { confirmedPair, handling, source } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { addEntity, claimsOf, releaseRequest, sealing } from '../../support/case-steps.ts';
import { rowsOf, vaultSession } from '../../support/vault-session.ts';

/** A large release: others are answered while it is planned and sealed, it can be cancelled, and it is never of two states of the store. */

const PEOPLE = 3000;
/** Every name stays home. */
const NAMES = { claims: [], properties: [{ type: 'person', property: 'name' }] };
const JOB = 'release';
type Told = Extract<VaultEvent, { type: 'progress' }>;

interface Scene {
  readonly session: OpenSession;
  readonly b: TestAgency;
  readonly id: SubjectId;
  readonly request: Parsed<'release.preview'> & { readonly job: string };
  readonly told: Told[];
  /** Does something when so much more has been told. */
  after(steps: number, work: () => void): void;
}

/** A case of three thousand invented people, one in twenty a victim. */
async function scene(people = PEOPLE): Promise<Scene> {
  const { a, b, idB } = await confirmedPair();
  const rows = Array.from(
    { length: people },
    (_, i) => `n${i},Invented Person ${i}x,${i % 20 === 0 ? 'victim' : ''}\n`,
  );
  const told: Told[] = [];
  let due: { left: number; readonly work: () => void } | undefined;
  const session = await vaultSession(a, (event) => {
    if (event.type !== 'progress') return;
    told.push(event);
    if (due === undefined || (due.left -= 1) > 0) return;
    const { work } = due;
    due = undefined;
    work();
  });
  const { case: id } = await applyImport(session, {
    case: { title: 'Operation Test Lamp' },
    name: 'people.csv',
    format: 'csv',
    entityType: 'person',
    attach: 'auto',
    source,
    handling,
    bytes: new TextEncoder().encode(`id,name,role\n${rows.join('')}`),
  });
  const request = { ...parsed('release.preview', releaseRequest(id, idB)), job: JOB };
  return { session, b, id, request, told, after: (left, work) => void (due = { left, work }) };
}

function parsed<M extends 'release.preview' | 'release.seal' | 'release.subjects'>(
  name: M,
  input: Input<M>,
): Parsed<M> {
  return methods[name].input.parse(input) as Parsed<M>;
}

function everything({ store, context }: OpenSession): unknown {
  return {
    fingerprint: fingerprint(store),
    audit: auditEntries(store, { limit: 500 }),
    rows: rowsOf(store, new Set()),
    files: readdirSync(join(context.home, 'main')).toSorted(),
  };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ChirographError) return error.code;
    throw error;
  }
  return 'done';
}

function addPerson(session: OpenSession, id: SubjectId, name: string): void {
  saveEntity(session, { case: id, supersedes: [], type: 'person', claims: claimsOf({ name }), source, handling });
}

describe('planning', () => {
  test('goes no further than some thousand records between two moments at which others are answered', async () => {
    const { session, request, told } = await scene();
    const { totals } = await previewRelease(session, request);
    expect(totals.records + totals.withheldRecords).toBeGreaterThan(PEOPLE);
    const pauses = Map.groupBy(told, ({ stage }) => stage);
    expect(new Set(pauses.keys())).toEqual(
      new Set([
        'members',
        'records',
        'permissions',
        'proofs',
        'related',
        'people',
        'texts',
        'files',
        'policy',
        'names',
        'digest',
        'sums',
        'order',
      ]),
    );
    for (const stage of ['records', 'permissions', 'proofs', 'related', 'policy', 'names', 'digest', 'sums', 'order'])
      expect(pauses.get(stage)?.length).toBeGreaterThanOrEqual(Math.floor(PEOPLE / 1024));
  });

  test('that is cancelled at any moment leaves nothing, and can be done again', async () => {
    const { session, request, told, after } = await scene();
    await previewRelease(session, request);
    const steps = told.length;
    const before = everything(session);
    for (const at of [1, Math.ceil(steps / 2), steps - 1]) {
      after(at, () => session.jobs.cancel(JOB));
      expect(await codeOf(previewRelease(session, { ...request, purpose: `for the ${at}th time` }))).toBe(
        'request.cancelled',
      );
      expect(everything(session)).toEqual(before);
    }
    expect((await previewRelease(session, request)).totals.subjects).toBe(PEOPLE + 1);
  });

  test('begins anew when the store changes in the middle, and what it tells is of one state', async () => {
    const { session, id, request, told, after } = await scene();
    const first = await previewRelease(session, request);
    const steps = told.length;
    for (const at of [2, Math.ceil(steps / 2), steps - 1]) {
      const asked = { ...request, purpose: `after ${at} steps` };
      after(at, () => addPerson(session, id, `Zenobia Invented${at}`));
      const found = await previewRelease(session, asked);
      const again = await previewRelease(session, { ...asked, job: 'again' });
      expect(found).toEqual(again);
      expect(told.some(({ job, stage }) => job === 'again' && stage === 'records')).toBe(false);
    }
    expect((await previewRelease(session, request)).totals.subjects).toBe(first.totals.subjects + 3);
  });

  test('of a store that does not come to rest is given up', async () => {
    const { session, id, request, told, after } = await scene();
    await previewRelease(session, request);
    const steps = told.length;
    const disturb = (): void => {
      addPerson(session, id, 'Zenobia Invented');
      after(Math.ceil(steps / 2), disturb);
    };
    after(1, disturb);
    expect(await codeOf(previewRelease(session, { ...request, purpose: 'another' }))).toBe(
      'release.changed-since-preview',
    );
  });

  test('does not begin while an import is under way, whose records may be taken back', async () => {
    const { session, id, request } = await scene(10);
    session.store.sqlite.exec('BEGIN IMMEDIATE');
    expect(await codeOf(previewRelease(session, request))).toBe('vault.busy');
    session.store.sqlite.exec('ROLLBACK');
    expect(await codeOf(previewRelease(session, { ...request, case: id }))).toBe('done');
  });

  test('is done once for all who ask the same, and goes on for whoever does not cancel', async () => {
    const { session, request, told } = await scene();
    await previewRelease(session, { ...request, purpose: 'another' });
    const steps = told.length;
    const both = [previewRelease(session, request), previewRelease(session, { ...request, job: 'other' })];
    session.jobs.cancel(JOB);
    const [one, other] = await Promise.allSettled(both);
    expect([one?.status, other?.status]).toEqual(['rejected', 'fulfilled']);
    expect(told.filter(({ job }) => job === 'other').length).toBeLessThanOrEqual(steps + 1);
  });

  test('of one preview ends when another one is asked for; what is shown is of the choices that are shown', async () => {
    const { session, request, told } = await scene();
    const older = codeOf(previewRelease(session, request));
    while (told.length < 3) await new Promise((resolve) => void setImmediate(resolve));
    const [first] = (await previewRelease(session, { ...request, job: 'newer', withhold: NAMES })).totals.byRule;
    expect(await older).toBe('request.cancelled');
    expect(first).toMatchObject({ rule: 'P5' });
    const { totals } = await previewRelease(session, { ...request, withhold: NAMES });
    expect(totals.byRule.map(({ rule }) => rule)).toContain('P21');
  });

  test('is not done again because somebody was shown a protected person', async () => {
    const { session, request, told } = await scene();
    await previewRelease(session, request);
    const before = told.length;
    const { job: _job, ...terms } = request;
    const { subjects } = await listReleaseSubjects(session, { ...terms, show: 'protected', after: 0, limit: 5 });
    change(session, 'subject.read', { count: 1 }, () => undefined);
    await listReleaseSubjects(session, { ...terms, show: 'protected', after: 5, limit: 5, job: 'page' });
    expect(subjects.every(({ isProtected }) => isProtected)).toBe(true);
    expect(told.slice(before).filter(({ stage }) => stage === 'records')).toEqual([]);
  });
});

describe('sealing', () => {
  test('that is cancelled at any moment leaves nothing: no entry in the ledger, no number used, no file, no audit entry', async () => {
    const { session, request, told, after, b } = await scene();
    const preview = await previewRelease(session, request);
    const asked = { ...parsed('release.seal', sealing(releaseRequest(request.case, request.to), preview)), job: JOB };
    const before = everything(session);
    let steps = 0;
    for (const stage of ['attest', 'encode', 'seal', 'ledger', 'commit']) {
      told.length = 0;
      const cancelAt = (): void => {
        if (told.at(-1)?.stage === stage) session.jobs.cancel(JOB);
        else after(1, cancelAt);
      };
      after(1, cancelAt);
      expect(await codeOf(sealRelease(session, asked))).toBe('request.cancelled');
      expect(told.at(-1)?.stage).toBe(stage);
      steps += told.length;
      expect(everything(session)).toEqual(before);
    }
    expect(steps).toBeGreaterThan(5);
    after(Number.POSITIVE_INFINITY, () => undefined);
    const { sequence, bytes } = await sealRelease(session, asked);
    expect(sequence).toBe(1);
    const opened = await b.call('receive.open', { bytes });
    expect(opened.counts.new).toBe(preview.totals.subjects);
  });

  test('[B8] goes on with what the store says when something else was released meanwhile, with a number of its own', async () => {
    const { first, others } = await twoSeals(50);
    expect(new Set([first, ...others])).toEqual(new Set([1, 2]));
  });

  test('[V71] of a large release is entered alone; another one is told why it has to wait, and has no number', async () => {
    const { first, others, seal } = await twoSeals(PEOPLE);
    expect([first, ...others]).toEqual([1, 'vault.busy']);
    expect(await seal('again')).toBe(2);
  });
});

/** The numbers that two sealings of one release get, the second begun while the first is under way. */
async function twoSeals(people: number) {
  const { session, request, after } = await scene(people);
  const preview = await previewRelease(session, request);
  const asked = { ...parsed('release.seal', sealing(releaseRequest(request.case, request.to), preview)), job: JOB };
  const seal = async (job: string): Promise<number | string> => {
    let sequence = 0;
    const code = await codeOf(sealRelease(session, { ...asked, job }).then((sealed) => (sequence = sealed.sequence)));
    return code === 'done' ? sequence : code;
  };
  const others: Promise<number | string>[] = [];
  after(2, () => void others.push(seal('other')));
  const first = await seal(JOB);
  return { first, others: await Promise.all(others), seal };
}

describe('opening a file', () => {
  test('that is cancelled at any moment leaves nothing', async () => {
    const { session: issuer, request, b } = await scene();
    const preview = await previewRelease(issuer, request);
    const seal = parsed('release.seal', sealing(releaseRequest(request.case, request.to), preview));
    const { bytes } = await sealRelease(issuer, seal);
    const told: string[] = [];
    const job = { stop: '' };
    const session = await vaultSession(b, (event) => {
      if (event.type !== 'progress') return;
      told.push(event.stage);
      if (event.stage === job.stop) session.jobs.cancel(JOB);
    });
    const before = everything(session);
    for (const stage of ['unseal', 'verify']) {
      job.stop = stage;
      expect(await codeOf(openFile(session, { bytes, job: JOB }))).toBe('request.cancelled');
      expect(everything(session)).toEqual(before);
    }
    expect(new Set(told)).toEqual(new Set(['unseal', 'verify']));
    job.stop = '';
    expect((await openFile(session, { bytes, job: JOB })).verdict).toBe('review');
  });
});

test('the records of somebody who was seen fifty times come page by page, each once', async () => {
  const { a, idB } = await confirmedPair();
  const { id } = await a.call('case.save', { title: 'Operation Test Lamp', handling });
  const { subject } = await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
  for (let i = 0; i < 49; i += 1) await addEntity(a, id, 'person', { note: `seen for the ${i}th time` }, { subject });
  const request = releaseRequest(id, idB);
  const { subjects } = await a.call('release.subjects', { ...request, limit: 10 });
  const person = subjects.find((each) => each.subject === subject);
  expect(person).toMatchObject({ recordsTotal: 50, counts: { leaving: 50, home: 0, withheld: 0 } });
  const found = (person?.records ?? []).map(({ record }) => record);
  expect(found.length).toBeLessThan(50);
  for (let after = found.length; after < 50; after = found.length) {
    const page = await a.call('release.records', { ...request, subject, after, limit: 20 });
    expect(page).toMatchObject({ subject, isProtected: false, total: 50 });
    found.push(...page.records.map(({ record }) => record));
  }
  expect(new Set(found).size).toBe(50);
  const home = await a.call('release.records', { ...request, subject, show: 'home', limit: 20 });
  expect([home.total, home.records]).toEqual([0, []]);
});
