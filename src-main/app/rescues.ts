import { join } from 'node:path';
import { Decrypter } from 'age-encryption';
import type { Output, Parsed } from '../../src-shared/contract/methods.ts';
import { ChirographError, failure } from '../../src-shared/errors.ts';
import { beginRescue } from '../vault/rescue-vault.ts';
import type { Rescue } from '../vault/rescue-vault.ts';
import type { AppContext } from './context.ts';
import { credentialsOf } from './credentials.ts';
import type { Job, Jobs } from './jobs.ts';

/** The vault that is being made of a salvage file, one at a time; docs/formats/salvage.md §3. */
export interface Rescues {
  begin(input: Parsed<'rescue.begin'>): Promise<Output<'rescue.begin'>>;
  append(input: Parsed<'rescue.append'>): Promise<Output<'rescue.append'>>;
  finish(input: Parsed<'rescue.finish'>): Promise<Output<'rescue.finish'>>;
  endAll(): Promise<void>;
}

type Current = { readonly id: string; readonly vault: string; readonly rescue: Rescue; job: Job | undefined };

export function createRescues(context: AppContext, jobs: Jobs): Rescues {
  let current: Current | undefined;

  async function endAll(): Promise<void> {
    const ended = current;
    current = undefined;
    await ended?.rescue.cancel();
  }

  function taken(id: string): Current {
    if (current?.id !== id) throw failure('salvage.no-transfer', {});
    return current;
  }

  return {
    async begin(input) {
      await endAll();
      const [from, into] = [join(context.home, input.vault), join(context.home, input.into)];
      const rescue = await beginRescue(from, into, credentialsOf(input), {
        now: () => context.now(),
        unseal,
        progress: async (stage, done, total) => current?.job?.step(stage, done, total),
      });
      const id = Buffer.from(context.randomBytes(16)).toString('hex');
      current = { id, vault: input.into, rescue, job: undefined };
      return { rescue: id };
    },
    async append({ rescue, bytes }) {
      const of = taken(rescue);
      try {
        await of.rescue.append(bytes);
      } catch (error) {
        current = undefined;
        throw error;
      }
      return {};
    },
    async finish({ rescue, job }) {
      const of = taken(rescue);
      of.job = jobs.begin(job);
      try {
        const { records, rows, leftOut, lost } = await of.rescue.finish();
        return { vault: of.vault, records, rows, leftOut, lost: lost.map((each) => ({ ...each })) };
      } finally {
        jobs.end(job);
        current = undefined;
      }
    },
    endAll,
  };
}

async function unseal(
  file: ReadableStream<Uint8Array>,
  identities: readonly string[],
): Promise<ReadableStream<Uint8Array>> {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(file);
  } catch (error) {
    throw error instanceof ChirographError ? error : failure('salvage.not-ours', {}, error);
  }
}
