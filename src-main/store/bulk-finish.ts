import { analyse } from './analyse.ts';
import { makeIndexes } from './bulk-indexes.ts';
import type { PutOff } from './bulk-indexes.ts';
import { recountCase } from './case-members.ts';
import type { Deferred, WriteDb } from './connection.ts';
import { numbersOf } from './number-set.ts';
import type { NumberSet } from './number-set.ts';
import { drawLinks, flushFresh } from './project-fresh.ts';
import type { FreshProjection } from './project-fresh.ts';
import { projectSubjects, undraw } from './project-subjects.ts';

export type BulkStage = 'records' | 'projection' | 'indexes' | 'search' | 'commit';
export type BulkStep = readonly [stage: BulkStage, done: number, total: number];

const SUBJECTS_A_STEP = 64;
const LINKS_A_STEP = 4096;

/** What a bulk change does at its end, in steps: projects what it put off, draws links, makes indexes again, counts cases. */
export function* finishInSteps(
  tx: WriteDb,
  {
    fresh,
    dirty,
    deferred,
    putOff,
  }: {
    readonly fresh: FreshProjection;
    readonly dirty: NumberSet;
    readonly deferred: Deferred;
    readonly putOff: PutOff | undefined;
  },
): Generator<BulkStep, void, undefined> {
  flushFresh(tx, fresh);
  yield* projectDirty(tx, dirty);
  for (let last: number | undefined = 0; last !== undefined;) {
    yield ['projection', dirty.size, dirty.size];
    last = drawLinks(tx, fresh, last, LINKS_A_STEP);
  }
  // nobody asks by id any more, and sorting an index needs the memory
  deferred.heldIds = undefined;
  if (putOff !== undefined) for (const [done, total] of makeIndexes(tx, putOff)) yield ['indexes', done, total];
  // from here on everything is as in any other change
  tx.change.deferred = undefined;
  for (const entity of deferred.vanished) undraw(tx, entity);
  for (const each of deferred.cases) {
    yield ['indexes', 1, 1];
    recountCase(tx, each);
  }
  if (putOff !== undefined) analyse(tx.sqlite);
}

function* projectDirty(tx: WriteDb, dirty: NumberSet): Generator<BulkStep, void, undefined> {
  let done = 0;
  for (const subject of numbersOf(dirty)) {
    if (done % SUBJECTS_A_STEP === 0) yield ['projection', done, dirty.size];
    projectSubjects(tx, [subject]);
    done += 1;
  }
}
