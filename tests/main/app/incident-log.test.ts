import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openIncidentLog } from '../../../src-main/app/incident-log.ts';

const canary = 'CANARY Testperson Alpha';

function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'chirograph-test-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  return home;
}

function recordIn(home: string, error: unknown): string {
  const log = openIncidentLog(home, () => new Date('2026-03-01T12:00:00.000Z'));
  log.record('incident-1', error);
  return readFileSync(join(home, 'incidents.log'), 'utf8');
}

test('an incident is one line that says when, what class, and where in the program', () => {
  const line = recordIn(temporaryHome(), Object.assign(new RangeError('x'), { code: 'SQLITE_FULL' }));
  expect(line).toMatch(/^2026-03-01T12:00:00.000Z incident-1 RangeError SQLITE_FULL at .*incident-log\.test\.ts.*\n$/);
  expect(line.trim().split('\n')).toHaveLength(1);
});

test.each([
  new Error(canary),
  new Error(`one\n    at ${canary}`),
  Object.assign(new Error('x'), { message: canary, code: canary }),
  Object.assign(new Error(canary), { name: canary }),
  canary,
  { canary },
])('nothing of what an error says is kept (%#)', (error) => {
  expect(recordIn(temporaryHome(), error)).not.toContain('CANARY');
});

test('a full log makes room and keeps the one before', () => {
  const home = temporaryHome();
  writeFileSync(join(home, 'incidents.log'), 'x'.repeat(1_000_001));
  expect(recordIn(home, new Error('x')).length).toBeLessThan(10_000);
  expect(readFileSync(join(home, 'incidents.log.1'), 'utf8')).toHaveLength(1_000_001);
});
