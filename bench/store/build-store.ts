import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sealText } from '../../src-shared/records/seal-record.ts';
import type { RecordDraft } from '../../src-shared/records/seal-record.ts';
import { hashText } from '../../src-main/exchange/native-hash.ts';
import { pooled } from '../../src-main/app/random-pool.ts';
import { newAgency } from '../../src-main/app/new-agency.ts';
import { newBatch } from '../../src-main/store/batches.ts';
import { writeInBulk } from '../../src-main/store/bulk.ts';
import { createVault } from '../../src-main/vault/create-vault.ts';
import { LEAST_KDF } from '../../src-main/vault/kdf.ts';
import { closeVault } from '../../src-main/vault/open-vault.ts';
import { cpuSince } from '../bench.ts';
import { drawRecords, type Size } from './draw-records.ts';

/**
 * Builds the vault of an invented national unit, as a process of its own so that its memory can be told: `build-store.ts HOME ENTITIES LINKS`.
 * Prints one line of JSON. The processor time counts from a drawn record (what a parsed file gives) to the commit, and leaves out the drawing.
 */
export const BENCH_VAULT = 'National Unit';
export const BENCH_PASSPHRASE = 'an invented national unit';

export type Built = {
  readonly records: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly rssMb: number;
};

/** Records drawn ahead, unmeasured, before they are sealed and put; fewer of those with thousands of claims. */
const WINDOW = { records: 4096, claims: 16_384 };

function now(): Date {
  return new Date('2026-03-01T12:00:00.000Z');
}

function bytes(length: number): Uint8Array {
  return new Uint8Array(randomBytes(length));
}

async function build(home: string, size: Size): Promise<Built> {
  const agency = { name: 'Invented National Unit', country: 'XN', sample: true };
  const { secrets, card } = await newAgency(agency, bytes);
  const { opened } = await createVault(join(home, BENCH_VAULT), {
    agency: { id: card.agencyId, ...agency, card: card.bytes },
    secrets,
    user: 'Olga',
    passphrase: BENCH_PASSPHRASE,
    kdf: LEAST_KDF,
    randomBytes: bytes,
    now,
  });
  const { store } = opened;
  const note = {
    actor: 'Olga',
    role: 'officer',
    action: 'import.apply',
    at: now().toISOString(),
    details: {},
  } as const;
  const sealing = { randomBytes: pooled(bytes), hashText };
  const begun = Date.now();
  let drawing = 0;
  let records = 0;
  const before = process.cpuUsage();
  await writeInBulk(
    store,
    note,
    () => Promise.resolve(),
    async (bulk) => {
      const batch = newBatch(bulk.tx, { kind: 'import', at: note.at, actor: note.actor });
      const drafts = drawRecords(size, card.agencyId);
      for (;;) {
        const drawn = process.cpuUsage();
        const window = take(drafts);
        drawing += cpuSince(drawn);
        if (window.length === 0) break;
        bulk.put(
          batch,
          window.map((draft) => sealText(draft, sealing)),
        );
        records += window.length;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  );
  const cpuMs = cpuSince(before) - drawing;
  closeVault(opened);
  return { records, cpuMs, wallMs: Date.now() - begun, rssMb: process.resourceUsage().maxRSS / 1024 };
}

function take(drafts: Generator<RecordDraft>): RecordDraft[] {
  const taken: RecordDraft[] = [];
  for (let claims = 0; taken.length < WINDOW.records && claims < WINDOW.claims;) {
    const next = drafts.next();
    if (next.done) break;
    taken.push(next.value);
    claims += next.value.claims.length;
  }
  return taken;
}

if (import.meta.main) {
  const [home = '', entities, links] = process.argv.slice(2);
  process.stdout.write(`${JSON.stringify(await build(home, { entities: Number(entities), links: Number(links) }))}\n`);
}
