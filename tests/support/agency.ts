import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { LockReason } from '../../src-main/app/context.ts';
import { createHandlers } from '../../src-main/app/handlers.ts';
import { LEAST_KDF } from '../../src-main/vault/kdf.ts';
import { dispatch } from '../../src-shared/contract/dispatch.ts';
import { methods } from '../../src-shared/contract/methods.ts';
import type { Handlers, Input, MethodName, Output, VaultEvent } from '../../src-shared/contract/methods.ts';
import type { ErrorCode } from '../../src-shared/errors.ts';
import { ChirographError } from '../../src-shared/errors.ts';
import type { Handling, Source } from '../../src-shared/domain/record.ts';
import { randomBytes } from 'node:crypto';

export const PASSPHRASE = 'correct horse battery';

export const source: Source = {
  reference: 'report 7',
  grade: { scheme: 'europol-4x4', source: 'B', information: '2' },
  basis: 'fact',
};
export const handling: Handling = { tlp: 'TLP:AMBER', codes: [], purposes: [], legalBases: [] };

export interface TestAgency {
  readonly home: string;
  readonly handlers: Handlers;
  /** What the application said unasked, in order. */
  readonly events: readonly VaultEvent[];
  /** Why its process would have ended; empty while it runs. */
  readonly exits: readonly LockReason[];
  /** Throws unless the answer is what the contract promises. */
  call<M extends MethodName>(name: M, input: Input<M>): Promise<Output<M>>;
  /** The code with which a call is refused. */
  refusal<M extends MethodName>(name: M, input: Input<M>): Promise<ErrorCode>;
}

/** One agency's application over a temporary home folder, driven through `dispatch` as a host would. */
export function startAgency(home = temporaryHome(), clock: () => Date = () => new Date()): TestAgency {
  const events: VaultEvent[] = [];
  const exits: LockReason[] = [];
  const handlers = createHandlers({
    home,
    kdf: LEAST_KDF,
    now: clock,
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    emit: (event) => void events.push(event),
    exit: (reason) => void exits.push(reason),
  });
  let reported: unknown;
  const incidents = {
    newIncident: () => 'test',
    record: (_incident: string, error: unknown) => void (reported = error),
  };
  async function call<M extends MethodName>(name: M, input: Input<M>): Promise<Output<M>> {
    if (exits.length > 0) throw new Error('the vault process has ended');
    const reply = await dispatch(handlers, name, input, incidents);
    if (reply.ok) return methods[name].output.parse(reply.value) as Output<M>;
    if (reply.error.code === 'internal') throw reported;
    throw new ChirographError(reply.error.code, reply.error.details);
  }
  onTestFinished(async () => {
    if (exits.length === 0) await call('vault.lock', {});
  });
  return {
    home,
    handlers,
    events,
    exits,
    call,
    async refusal(name, input) {
      try {
        await call(name, input);
      } catch (error) {
        if (error instanceof ChirographError) return error.code;
        throw error;
      }
      throw new Error(`${name} was not refused`);
    },
  };
}

export async function createdAgency(agency: string, country = 'GB'): Promise<TestAgency> {
  const started = startAgency();
  await started.call('vault.create', { vault: 'main', agency, country, user: 'Olga Officer', passphrase: PASSPHRASE });
  return started;
}

/** Two agencies that have confirmed each other's cards. */
export async function confirmedPair(): Promise<{ a: TestAgency; b: TestAgency; idA: string; idB: string }> {
  const a = await createdAgency('Northmark Agency');
  const b = await createdAgency('Suedhafen Office', 'DE');
  const cardA = await a.call('partner.card', {});
  const cardB = await b.call('partner.card', {});
  const seenByA = await a.call('partner.add', { bytes: cardB.bytes });
  const seenByB = await b.call('partner.add', { bytes: cardA.bytes });
  await a.call('partner.confirm', { agency: seenByA.agency, words: seenByB.words, with: 'Bert', channel: 'phone' });
  await b.call('partner.confirm', { agency: seenByB.agency, words: seenByA.words, with: 'Ada', channel: 'phone' });
  return { a, b, idA: seenByB.agency, idB: seenByA.agency };
}

export function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'chirograph-test-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}
