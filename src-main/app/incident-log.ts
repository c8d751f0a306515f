import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Incidents } from '../../src-shared/contract/dispatch.ts';

const MAX_SIZE = 1_000_000;

/**
 * Keeps where in the program something unexpected happened, in `incidents.log` in the home folder. Messages can quote case data, so
 * only the error's class, its machine code and its stack frames are written.
 */
export function openIncidentLog(home: string, now: () => Date): Incidents {
  const path = join(home, 'incidents.log');
  return {
    newIncident: randomUUID,
    record(incident, error) {
      mkdirSync(home, { recursive: true });
      if (sizeOf(path) > MAX_SIZE) renameSync(path, `${path}.1`);
      appendFileSync(path, `${now().toISOString()} ${incident} ${describe(error)}\n`, { mode: 0o600 });
    },
  };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const heading = `${error.name}: ${error.message}`;
  const stack = error.stack ?? '';
  const frames = stack.startsWith(heading) ? stack.slice(heading.length).replaceAll(/\s*\n\s*/g, ' ') : '';
  const code = 'code' in error && /^[A-Z0-9_]+$/.test(String(error.code)) ? ` ${String(error.code)}` : '';
  return `${error.constructor.name}${code}${frames}`;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
