import { join } from 'node:path';
import type { Output, Parsed } from '../../src-shared/contract/methods.ts';
import { failure } from '../../src-shared/errors.ts';
import { beginRestore } from '../vault/restore-vault.ts';
import type { Restore } from '../vault/restore-vault.ts';
import type { AppContext } from './context.ts';
import { credentialsOf } from './credentials.ts';
import { inPercent } from './in-percent.ts';
import type { Jobs } from './jobs.ts';

/** The vault that is being restored, one at a time; docs/formats/backup.md §4. */
export interface Restores {
  begin(input: Parsed<'restore.begin'>): Promise<Output<'restore.begin'>>;
  append(input: Parsed<'restore.append'>): Output<'restore.append'>;
  finish(input: Parsed<'restore.finish'>): Promise<Output<'restore.finish'>>;
  cancel(input: Parsed<'restore.cancel'>): Output<'restore.cancel'>;
  /** Takes back whatever there is. */
  endAll(): void;
}

type Current = { readonly id: string; readonly vault: string; readonly restore: Restore; received: number };

export function createRestores(context: AppContext, jobs: Jobs): Restores {
  let current: Current | undefined;

  function taken(id: string): Current {
    if (current?.id !== id) throw failure('backup.no-transfer', {});
    return current;
  }

  function endAll(): void {
    current?.restore.cancel();
    current = undefined;
  }

  return {
    async begin(input) {
      endAll();
      const credentials = credentialsOf(input);
      const restore = await beginRestore(join(context.home, input.vault), input.bytes, credentials, {
        now: () => context.now(),
      });
      endAll();
      const id = Buffer.from(context.randomBytes(16)).toString('hex');
      current = { id, vault: input.vault, restore, received: input.bytes.length };
      return { restore: id, received: current.received };
    },
    append({ restore, bytes }) {
      const of = taken(restore);
      try {
        of.restore.append(bytes);
      } catch (error) {
        current = undefined;
        throw error;
      }
      of.received += bytes.length;
      return { received: of.received };
    },
    async finish({ restore, job }) {
      const { vault, restore: found } = taken(restore);
      current = undefined;
      const progress = inPercent(jobs.begin(job));
      try {
        return { vault, ...(await found.finish(progress)) };
      } finally {
        jobs.end(job);
      }
    },
    cancel({ restore }) {
      if (current?.id === restore) endAll();
      return {};
    },
    endAll,
  };
}
