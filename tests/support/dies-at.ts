import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** A process that kills itself just before its nth change of a name in the file system, as a power cut would: nothing is flushed, nobody is told. */

const CHANGES = ['renameSync', 'rmSync', 'mkdirSync', 'ftruncateSync'] as const;

/** From now on; `at` 0 never. Answers how many changes there were so far. */
export function dieAt(at: number): () => number {
  let count = 0;
  for (const name of CHANGES) {
    const real: (...given: unknown[]) => unknown = fs[name] as never;
    Reflect.set(fs, name, (...given: unknown[]) => {
      count += 1;
      if (count === at) process.kill(process.pid, 'SIGKILL');
      return real(...given);
    });
  }
  syncBuiltinESMExports();
  return () => count;
}
