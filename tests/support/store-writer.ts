import { newBatch } from '../../src-main/store/batches.ts';
import { putRecords } from '../../src-main/store/records.ts';
import { openStore, write } from '../../src-main/store/store.ts';
import { AT, note, person } from './store-builders.ts';
import { KILLED_KEYS, killedPlace, RECORDS_A_BATCH } from './store-killed.ts';

/** A process that imports until somebody kills it, and says after each commit how many batches are in. */

const [folder, startText] = process.argv.slice(2);
const start = Number(startText);
const store = openStore(killedPlace(folder ?? ''), {
  store: KILLED_KEYS.store.slice(),
  head: KILLED_KEYS.head.slice(),
});
for (let batch = start; ; batch += 1) {
  const records = Array.from({ length: RECORDS_A_BATCH }, (_, i) => person(`p${batch}-${i}`));
  write(store, note('test.import'), (tx) =>
    putRecords(tx, newBatch(tx, { kind: 'import', at: AT, actor: 'Ana' }), records),
  );
  process.stdout.write(`${batch + 1}\n`);
}
