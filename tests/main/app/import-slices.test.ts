import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { AppContext } from '../../../src-main/app/context.ts';
import { undoBatch } from '../../../src-main/app/handlers/audit-handlers.ts';
import { applyImport, previewImport } from '../../../src-main/app/handlers/import-handlers.ts';
import { storeSlices } from '../../../src-main/app/import/store-slices.ts';
import { createJobs } from '../../../src-main/app/jobs.ts';
import { openSession } from '../../../src-main/app/open-session.ts';
import { change, changeInSlices } from '../../../src-main/app/session.ts';
import type { OpenSession } from '../../../src-main/app/session.ts';
import { auditEntries, verifyAudit } from '../../../src-main/store/audit.ts';
import { fingerprint } from '../../../src-main/store/fingerprint.ts';
import { caseRecords } from '../../../src-main/store/history.ts';
import { statusCounts } from '../../../src-main/store/queries.ts';
import { verifyHead } from '../../../src-main/store/store.ts';
import { closeVault, unlockVault } from '../../../src-main/vault/open-vault.ts';
import { validateClaims } from '../../../src-shared/catalogue/validate-claims.ts';
import type { Parsed } from '../../../src-shared/contract/methods.ts';
import { planWholeImport } from '../../../src-shared/convert/plan-import.ts';
import { isDisclosed } from '../../../src-shared/domain/record.ts';
import type { AnyRecord } from '../../../src-shared/domain/record.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import { createdAgency, handling, PASSPHRASE, source } from '../../support/agency.ts';
import { randomBytes } from '../../support/bare-partner.ts';

/** docs/formats/import.md I28–I31 on a real vault. */

const JOB = 'import';

type Watched = {
  readonly session: OpenSession;
  /** The stages that were told, in order. */
  readonly stages: string[];
  /** Cancels the job when it has told so much. */
  cancelAfter(steps: number): void;
};

async function newSession(): Promise<Watched> {
  const agency = await createdAgency('Northmark Agency');
  await agency.call('vault.lock', {});
  const stages: string[] = [];
  let left = Number.POSITIVE_INFINITY;
  const context: AppContext = {
    home: agency.home,
    now: () => new Date(),
    randomBytes,
    exit: () => undefined,
    emit: (event) => {
      if (event.type !== 'progress') return;
      stages.push(event.stage);
      left -= 1;
      if (left === 0) session.jobs.cancel(JOB);
    },
  };
  const vault = await unlockVault(join(agency.home, 'main'), { passphrase: PASSPHRASE }, context);
  onTestFinished(() => closeVault(vault));
  const session = openSession(context, createJobs(context.emit), 'main', vault);
  return { session, stages, cancelAfter: (steps) => void (left = steps) };
}

function request(text: string, into: Parsed<'import.apply'>['case'] = { title: 'Imported' }): Parsed<'import.apply'> {
  const bytes = new TextEncoder().encode(text);
  return { case: into, name: 'invented.csv', format: 'auto', attach: 'auto', source, handling, bytes, job: JOB };
}

function nodeList(count: number): string {
  return `id,name\n${Array.from({ length: count }, (_, i) => `n${i},Invented Person ${i}x\n`).join('')}`;
}

function edgeList(count: number, nodes: number): string {
  const rows = Array.from({ length: count }, (_, i) => `n${i % nodes},n${(i + 1 + Math.floor(i / nodes)) % nodes}\n`);
  return `source,target\n${rows.join('')}`;
}

function everything({ store }: OpenSession): unknown {
  return {
    fingerprint: fingerprint(store),
    audit: auditEntries(store, { limit: 100 }),
    pages: store.sqlite.pragma('page_count'),
  };
}

function filesOf({ context }: OpenSession): readonly string[] {
  return readdirSync(join(context.home, 'main'))
    .filter((name) => statSync(join(context.home, 'main', name)).isFile())
    .toSorted();
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

describe('an import that is cancelled', () => {
  test('[I30] at any step leaves nothing: no row, no page, no file, no entry', async () => {
    const { session, stages, cancelAfter } = await newSession();
    const text = edgeList(3500, 500);
    await applyImport(session, request(text));
    const steps = stages.length;
    expect(stages).toEqual(expect.arrayContaining(['records', 'projection', 'commit']));
    const before = everything(session);
    const files = filesOf(session);
    for (const at of [1, Math.ceil(steps / 2), steps]) {
      cancelAfter(at);
      expect(await codeOf(applyImport(session, request(text)))).toBe('request.cancelled');
      expect(everything(session)).toEqual(before);
      expect(filesOf(session)).toEqual(files);
    }
    expect([verifyHead(session.store).ok, verifyAudit(session.store).ok]).toEqual([true, true]);
  }, 120_000);

  test('[I30] because its file is broken at the end leaves nothing either', async () => {
    const { session } = await newSession();
    const before = everything(session);
    expect(await codeOf(applyImport(session, request(`${nodeList(8000)}"never closed`)))).toBe('import.unreadable');
    expect(everything(session)).toEqual(before);
  });

  test('while it looks leaves the preview untold', async () => {
    const { session, cancelAfter } = await newSession();
    cancelAfter(2);
    expect(await codeOf(previewImport(session, request(nodeList(20_000))))).toBe('request.cancelled');
  });
});

test('[V71] while an import runs, others look but change nothing; they are told why', async () => {
  const { session, stages } = await newSession();
  const nothing = (): number => change(session, 'case.save', {}, () => 1);
  const running = applyImport(session, request(edgeList(2500, 500)));
  while (stages.length === 0) await nextTurn();
  expect(statusCounts(session.store).partners).toBe(0);
  expect(await codeOf(Promise.resolve().then(nothing))).toBe('vault.busy');
  expect(await codeOf(applyImport(session, { ...request(nodeList(1)), job: 'another' }))).toBe('vault.busy');
  expect(await running).toMatchObject({ links: 2500 });
  expect(nothing()).toBe(1);
}, 120_000);

describe('what slices leave in the store', () => {
  test('[I28] is what the whole plan says, claim for claim', async () => {
    const { session } = await newSession();
    const word = fc.constantFrom('Ana', 'Bo', 'victim', '', '07700900123', 'x1', 'GB');
    const row = fc.tuple(fc.nat(20), word, word, word).map(([id, ...words]) => [`n${id}`, ...words].join(','));
    const files = fc.oneof(
      fc.array(row, { minLength: 1, maxLength: 30 }).map((rows) => ['id,name,role,note', ...rows].join('\n')),
      fc.array(row, { minLength: 1, maxLength: 30 }).map((rows) => ['source,target,type,note', ...rows].join('\n')),
    );
    await fc.assert(
      fc.asyncProperty(files, async (text) => {
        const input = request(text);
        const plan = planWholeImport({ bytes: input.bytes, options: { defaultCountry: 'GB' } });
        const preview = await previewImport(session, input);
        const made = await applyImport(session, input);
        expect([preview.entities, preview.links]).toEqual([plan.entities.length, plan.links.length]);
        expect([made.entities, made.links, made.rejected]).toEqual([
          plan.entities.length,
          plan.links.length,
          plan.rejected,
        ]);
        const records = caseRecords(session.store, made.case).map(({ record }) => record);
        expect(said(records, 'entity')).toEqual(
          plan.entities.map(({ type, claims }) => textOf(type, claims)).toSorted(),
        );
        expect(said(records, 'link')).toEqual(plan.links.map(({ type, claims }) => textOf(type, claims)).toSorted());
      }),
      { numRuns: 10 },
    );
  }, 120_000);

  test('claims of a plan are read the same when they are read again, so they are not', () => {
    const word = fc.constantFrom(
      'Ana',
      '07700900123',
      '+44 7700 900123',
      '1984-03',
      'GB',
      'victim',
      'AB 12',
      'ﾃｽﾄ',
      ' ',
    );
    const columns = ['id', 'name', 'role', 'phone', 'Date of birth', 'nationality', 'note', 'hair'];
    fc.assert(
      fc.property(fc.array(word, { minLength: columns.length, maxLength: columns.length }), (cells) => {
        const bytes = new TextEncoder().encode(`${columns.join(',')}\n${cells.join(',')}\n`);
        for (const entityType of ['person', 'phone', 'vehicle', 'organisation']) {
          const options = { entityType, defaultCountry: 'GB' };
          const { entities } = planWholeImport({ bytes, options });
          for (const { type, claims } of entities) expect(validateClaims(type, claims, options).claims).toEqual(claims);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('is in a case whose lists of members are full but the last', async () => {
    const { session } = await newSession();
    const { case: made } = await applyImport(session, request(nodeList(4200)));
    const lists = caseRecords(session.store, made).flatMap(({ record }) => {
      const members = record.claims.filter((claim) => isDisclosed(claim) && claim.property === 'member');
      return record.kind === 'case' && members.length > 0 ? [members] : [];
    });
    expect(new Set(lists.map(({ length }) => length))).toEqual(new Set([4096, 104]));
    const members = lists.flat().map((claim) => (isDisclosed(claim) ? claim.value : ''));
    expect(new Set(members).size).toBe(4200);
  });

  test('[I31] joins an earlier node list of more members than are looked at in one step', async () => {
    const { session } = await newSession();
    const { case: made, batch } = await applyImport(session, request(nodeList(4100)));
    const edges = request(edgeList(4200, 4100), { id: made });
    expect((await previewImport(session, edges)).attachesTo).toEqual({ batch, entities: 4100 });
    expect(await applyImport(session, edges)).toMatchObject({ entities: 0, links: 4200 });
  });
});

describe('memory', () => {
  let collect: unknown;
  beforeAll(() => {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc');
  });

  test('[I28] holds none of the records that were stored before', async () => {
    const { session } = await newSession();
    const put: WeakRef<AnyRecord>[] = [];
    const input = request(edgeList(9000, 1000));
    const job = session.jobs.begin(undefined);
    await changeInSlices(session, 'import.apply', {}, job, (bulk) =>
      storeSlices({ session, input, job: { step: nextTurn } }, undefined, {
        ...bulk,
        put: (batch, records) => {
          put.push(...records.map(({ record }) => new WeakRef(record)));
          return bulk.put(batch, records);
        },
      }).then(async (written) => {
        await nextTurn();
        if (typeof collect === 'function') collect();
        const alive = put.slice(0, 7000).filter((one) => one.deref() !== undefined).length;
        expect(put.length).toBeGreaterThan(10_000);
        expect(alive).toBeLessThan(100);
        return written;
      }),
    );
  }, 120_000);
});

describe('the undo of a large import', () => {
  test('[V33] goes in steps, leaves what was before, and nothing of a cancelled one', async () => {
    const { session, stages, cancelAfter } = await newSession();
    await applyImport(session, request(nodeList(10)));
    const before = fingerprint(session.store);
    const { batch } = await applyImport(session, request(edgeList(2500, 500)));
    const imported = everything(session);
    stages.length = 0;
    cancelAfter(5);
    expect(await codeOf(undoBatch(session, { batch, job: JOB }))).toBe('request.cancelled');
    expect(everything(session)).toEqual(imported);
    expect(stages).toEqual(Array.from({ length: 5 }, () => 'undo'));
    expect(await undoBatch(session, { batch, job: JOB })).toEqual({ removed: 2500 + 500 + 2 });
    expect(fingerprint(session.store)).toBe(before);
    expect([verifyHead(session.store).ok, verifyAudit(session.store).ok]).toEqual([true, true]);
    expect(await codeOf(undoBatch(session, { batch }))).toBe('batch.not-undoable');
  }, 120_000);
});

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What the entities or links of a case say, without salts and in an order of their own. */
function said(records: readonly AnyRecord[], kind: 'entity' | 'link'): readonly string[] {
  return records
    .flatMap((record) => (record.kind === kind ? [textOf(record.type, record.claims.filter(isDisclosed))] : []))
    .toSorted();
}

function textOf(type: string, claims: readonly { readonly property: string; readonly value: unknown }[]): string {
  return JSON.stringify([type, claims.map(({ property, value }) => JSON.stringify([property, value])).toSorted()]);
}
