import { failure } from '../errors.ts';
import type { ImportOptions, ImportPlan, Progress } from './import-plan.ts';
import { planGraphml } from './plan-graphml.ts';
import { isKnownType } from './read-row.ts';
import { type FileText, readText } from './read-text.ts';
import { planTable } from './table.ts';

export type ImportRequest = {
  readonly bytes: Uint8Array;
  /** `auto` recognises it by content (I4); another word refuses a file of another format. */
  readonly format?: 'auto' | 'csv' | 'graphml' | undefined;
  readonly options?: ImportOptions | undefined;
};

/** First bytes of formats that people try to import and that are no text: ZIP (office files), PDF, old office files, gzip, SQLite, age. */
const NOT_TEXT: readonly string[] = [
  'PK\u0003\u0004',
  '%PDF',
  '\u00D0\u00CF\u0011\u00E0',
  '\u001F\u008B',
  'SQLite format 3',
  'age-encryption.org',
];

/**
 * Reads a file into a plan (docs/formats/import.md), in steps: each step says how far it is, and a caller that stops asking has cancelled.
 * Throws import.* failures; the same bytes and options always give the same plan.
 */
export function* planImport(request: ImportRequest): Generator<Progress, ImportPlan> {
  const { bytes, format = 'auto', options = {} } = request;
  if (!isKnownType(options)) throw failure('request.invalid', { path: 'options' });
  if (NOT_TEXT.some((start) => startsWith(bytes, start))) throw failure('import.unknown-format', { rule: 'I4' });
  const text = readText(bytes);
  const found = formatOf(text);
  if (found === undefined || (format !== 'auto' && format !== found))
    throw failure('import.unknown-format', { rule: 'I4' });
  const plan = yield* found === 'graphml'
    ? planGraphml(text, bytes.length, options)
    : planTable(text, bytes.length, options);
  if (plan.entities.length === 0 && plan.rejectedTotal === 0) throw failure('import.nothing-found', { rule: 'I9' });
  return plan;
}

/** All steps at once, for callers that cannot be cancelled. */
export function planWholeImport(request: ImportRequest): ImportPlan {
  const steps = planImport(request);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** I4 */
function formatOf(text: FileText): 'csv' | 'graphml' | undefined {
  const first = text.pieces().next();
  const start = first.done ? '' : first.value.text.trimStart().slice(0, 2);
  if (start.startsWith('<')) return 'graphml';
  return /^(\{["\s}]|\[[{["\s\]])/u.test(`${start} `) ? undefined : 'csv';
}

function startsWith(bytes: Uint8Array, start: string): boolean {
  return Array.from(start).every((character, at) => bytes[at] === character.charCodeAt(0));
}
