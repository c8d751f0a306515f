import { expect, test } from 'vitest';
import { dispatch } from '../../../src-shared/contract/dispatch.ts';
import type { Handlers } from '../../../src-shared/contract/methods.ts';
import { failure } from '../../../src-shared/errors.ts';

const secret = 'Testperson Alpha';
const recorded: { readonly incident: string; readonly error: unknown }[] = [];
const incidents = {
  newIncident: () => 'incident-1',
  record: (incident: string, error: unknown) => void recorded.push({ incident, error }),
};
/** Only what these tests call; every other method would be a bug, which is what `dispatch` must survive. */
const handlers = {
  'vault.list': () => ({ vaults: [], place: { kind: 'local' } }),
  'partner.list': () => {
    throw failure('request.forbidden', { method: 'partner.list', role: 'analyst' });
  },
  'case.list': () => {
    throw new TypeError(`cannot read ${secret}`);
  },
} as unknown as Handlers;

test('a good call gets the answer of its handler', async () => {
  expect(await dispatch(handlers, 'vault.list', {}, incidents)).toEqual({
    ok: true,
    value: { vaults: [], place: { kind: 'local' } },
  });
});

test.each(['vault.nothing', '', 'toString', '__proto__', 'constructor'])('the method %j is refused', async (name) => {
  expect(await dispatch(handlers, name, {}, incidents)).toEqual({
    ok: false,
    error: { code: 'request.invalid', details: { path: 'method' } },
  });
});

test.each([[undefined], [null], ['text'], [{ more: 1 }], [[]]])('the input %j is refused', async (input) => {
  expect(await dispatch(handlers, 'vault.list', input, incidents)).toEqual({
    ok: false,
    error: { code: 'request.invalid', details: { path: 'input' } },
  });
});

test('a refusal says where the input is wrong and never what it holds', async () => {
  const input = { claims: [{ property: secret, value: secret }], source: secret, type: 'person', supersedes: [] };
  const reply = await dispatch(handlers, 'entity.save', input, incidents);
  expect(reply).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
  expect(JSON.stringify(reply)).not.toContain('Alpha');
});

test('a failure goes out as its code and details', async () => {
  expect(await dispatch(handlers, 'partner.list', {}, incidents)).toEqual({
    ok: false,
    error: { code: 'request.forbidden', details: { method: 'partner.list', role: 'analyst' } },
  });
});

test('a bug goes out as an incident id only, and its message to the local log only', async () => {
  const reply = await dispatch(handlers, 'case.list', {}, incidents);
  expect(reply).toEqual({ ok: false, error: { code: 'internal', details: { incident: 'incident-1' } } });
  expect(recorded).toEqual([{ incident: 'incident-1', error: expect.any(TypeError) }]);
});
