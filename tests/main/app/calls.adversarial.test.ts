import process from 'node:process';
import { expect, test } from 'vitest';
import { dispatch } from '../../../src-shared/contract/dispatch.ts';
import { methods } from '../../../src-shared/contract/methods.ts';
import type { MethodName } from '../../../src-shared/contract/methods.ts';
import { confirmedPair } from '../../support/agency.ts';
import { addEntity, openCase, release } from '../../support/case-steps.ts';
import { randomInput } from '../../support/random-input.ts';
import { chanceOf } from '../../torture/seeded.ts';

/** SECURITY S12: whatever a page sends is answered or refused, and never meets a bug. */

/** They end the session, derive keys for seconds, or prove a whole store. */
const NOT_CALLED = /^(vault\.|backup\.|sample\.|store\.(salvage|rebuild|check)|demo\.|user\.)/;
const CALLS = 10_000;

test('calls of every method of an open vault, by chance, are answered or refused: no bug, no rejection that nobody handles', async () => {
  const { a, b, idA, idB } = await confirmedPair();
  const id = await openCase(a);
  const { subject, record } = await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  const { sealed } = await release(a, id, idB);
  const back = await openCase(b, 'Another case');
  await addEntity(b, back, 'person', { name: 'Sergo Madeupson' });
  const answer = (await release(b, back, idA)).sealed.bytes;
  const { quarantine } = await a.call('receive.open', { bytes: answer });
  const { bytes: card } = await b.call('partner.card', {});
  const known = {
    texts: [
      id,
      subject,
      record,
      idA,
      idB,
      quarantine,
      'phone',
      'person',
      'number',
      'name',
      '2026-03-01',
      'TLP:AMBER',
      'Olga Officer',
      'joint investigation',
      'untoc-27',
      'f'.repeat(64),
      'ab'.repeat(16),
      'report 7',
      'fact',
    ],
    bytes: [sealed.bytes, answer, card, new Uint8Array(), new TextEncoder().encode('a,b\n1,2\n')],
  };
  const names = (Object.keys(methods) as MethodName[]).filter((name) => !NOT_CALLED.test(name));
  const chance = chanceOf(12);
  const bugs = new Set<string>();
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  const outcomes = new Map<string, number>();
  let last = '';
  const incidents = {
    newIncident: () => 'test',
    record: (_incident: string, error: unknown) =>
      void bugs.add(
        `${last}: ${error instanceof Error ? (error.stack ?? '').split('\n').slice(0, 3).join(' ') : String(error)}`,
      ),
  };
  for (let each = 0; each < CALLS; each += 1) {
    last = chance.one(names);
    const { input } = methods[last as MethodName];
    const reply = await dispatch(a.handlers, last, randomInput(input, known, chance), incidents);
    const outcome = reply.ok ? 'answered' : reply.error.code;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  process.off('unhandledRejection', note);
  expect([...bugs]).toEqual([]);
  expect(unhandled).toEqual([]);
  expect(outcomes.get('answered'), 'many get through the form').toBeGreaterThan(CALLS / 20);
  expect(outcomes.size).toBeGreaterThan(8);
}, 600_000);
