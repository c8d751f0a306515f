import { existsSync, statSync } from 'node:fs';
import { newBatch } from '../../src-main/store/batches.ts';
import { writeInBulk } from '../../src-main/store/bulk.ts';
import { openStore } from '../../src-main/store/store.ts';
import { AT, note, person } from './store-builders.ts';
import { KILLED_KEYS, killedPlace } from './store-killed.ts';

/** A process that changes a store in bulk until it is killed: says `written` when pages of the change are in the file itself. */
const place = killedPlace(process.argv[2] ?? '');
const store = openStore(place, KILLED_KEYS);
store.sqlite.pragma('cache_size=10');
const before = statSync(place.database).size;
let batches = 0;
await writeInBulk(
  store,
  note('test.bulk'),
  () => Promise.resolve(),
  async ({ tx, put }) => {
    const batch = newBatch(tx, { kind: 'import', at: AT, actor: 'Ana' });
    for (;;) {
      put(
        batch,
        Array.from({ length: 200 }, (_, i) => person(`Invented ${batches} ${i}`)),
      );
      batches += 1;
      if (existsSync(`${place.database}-journal`) && statSync(place.database).size > before + 500_000) {
        process.stdout.write('written\n');
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  },
  { gathered: 1, putOff: 500 },
);
