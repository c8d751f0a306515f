import { analyse } from './analyse.ts';
import { makeIndexes } from './bulk-indexes.ts';
import type { PutOff } from './bulk-indexes.ts';
import { recountCase } from './case-members.ts';
import type { Deferred, WriteDb } from './connection.ts';
import { numbersOf } from './number-set.ts';
import type { NumberSet } from './number-set.ts';
import { drawLinks, flushFresh } from './project-fresh.ts';
import type { FreshProjection } from './project-fresh.ts';
import { projectGone } from './project-gone.ts';
import { projectSubjects, undraw } from './project-subjects.ts';

export type BulkStage = 'records' | 'projection' | 'indexes' | 'search' | 'commit';
export type BulkStep = readonly [stage: BulkStage, done: number, total: number];

const SUBJECTS_A_STEP = 128;
/** Of these those that are still there: a subject can have many records. */
const PROJECTED_A_STEP = 8;
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
  yield* undrawEnds(tx, deferred);
  for (const each of deferred.cases) {
    yield ['indexes', 1, 1];
    recountCase(tx, each);
  }
  if (putOff !== undefined) analyse(tx.sqlite);
}

function* projectDirty(tx: WriteDb, dirty: NumberSet): Generator<BulkStep, void, undefined> {
  let done = 0;
  for (const subjects of inRuns(numbersOf(dirty), SUBJECTS_A_STEP)) {
    yield ['projection', done, dirty.size];
    const left = projectGone(tx, subjects);
    for (let at = 0; at < left.length; at += PROJECTED_A_STEP) {
      if (at > 0) yield ['projection', done, dirty.size];
      projectSubjects(tx, left.slice(at, at + PROJECTED_A_STEP));
    }
    done += subjects.length;
  }
}

/** V40: nothing can be drawn to an entity that went. */
function* undrawEnds(tx: WriteDb, { vanished }: Deferred): Generator<BulkStep, void, undefined> {
  let done = 0;
  for (const entities of inRuns(vanished, SUBJECTS_A_STEP)) {
    yield ['indexes', done, vanished.size];
    for (const entity of entities) undraw(tx, entity);
    done += entities.length;
  }
}

function* inRuns(numbers: Iterable<number>, length: number): Generator<readonly number[]> {
  let run: number[] = [];
  for (const number of numbers) {
    if (run.push(number) < length) continue;
    yield run;
    run = [];
  }
  if (run.length > 0) yield run;
}
