import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { noted } from '../../../src-main/app/reads.ts';
import type { OpenSession } from '../../../src-main/app/session.ts';
import { auditEntries } from '../../../src-main/store/audit.ts';
import { memoryStore } from '../../../src-main/store/store.ts';
import { note } from '../../support/store-builders.ts';

/** docs/formats/vault.md V63: the entries themselves; which calls leave them is in audited.test.ts. */

function opened() {
  const store = memoryStore(note('vault.created'));
  const context = { now: () => new Date(Date.UTC(2026, 2, 1)) };
  return { store, session: { context, store, user: 'Ana Analyst', role: 'analyst' } as unknown as OpenSession };
}

function show(session: OpenSession, subjects: readonly string[]): void {
  noted(session, 'case.members', { entities: subjects.map((id) => ({ id, isProtected: true })) });
}

function people(count: number): string[] {
  return Array.from({ length: count }, () => randomUUID());
}

test('[V63] of many protected people that are shown at once 64 are named, and all are counted', () => {
  const { store, session } = opened();
  const many = people(70);
  show(session, many);
  const [entry] = auditEntries(store, { limit: 1 });
  expect(entry).toMatchObject({ action: 'subject.read', details: { by: 'case.members', count: 70 } });
  expect(entry?.details['subjects']).toEqual(many.slice(0, 64));
});

test('[V63] who was shown during a bulk change is entered with the first answer after it', () => {
  const { store, session } = opened();
  const [one, other] = people(2) as [string, string];
  store.sqlite.exec('BEGIN');
  show(session, [one]);
  store.sqlite.exec('COMMIT');
  expect(auditEntries(store, { limit: 1 })[0]?.action).toBe('vault.created');
  show(session, [other]);
  expect(auditEntries(store, { limit: 1 })[0]?.details).toMatchObject({ count: 2, subjects: [one, other] });
  show(session, [one, other]);
  expect(auditEntries(store, { limit: 10 })).toHaveLength(2);
});
