import { failure } from '../errors.ts';
import type {
  ImportOptions,
  ImportPlan,
  ImportSlice,
  ImportSummary,
  PlannedEntity,
  PlannedLink,
  Progress,
} from './import-plan.ts';
import { planBuilder } from './plan-builder.ts';
import { readGraphml } from './plan-graphml.ts';
import { isKnownType } from './read-row.ts';
import { type FileText, readText } from './read-text.ts';
import { readTable } from './table.ts';

export type ImportRequest = {
  readonly bytes: Uint8Array;
  /** `auto` recognises it by content (I4); another word refuses a file of another format. */
  readonly format?: 'auto' | 'csv' | 'graphml' | undefined;
  readonly options?: ImportOptions | undefined;
  /** SHA-256 in hex: with it, links are remembered by their hashes, so that memory is bounded by the keys of entities. */
  readonly hashText?: ((text: string) => string) | undefined;
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
 * Reads a file into slices of a plan (docs/formats/import.md §7), one a step; a caller that stops asking has cancelled. Throws import.* failures,
 * also after slices; the same bytes and options always give the same slices.
 */
export function* readImport(request: ImportRequest): Generator<ImportSlice, ImportSummary> {
  const { bytes, format = 'auto', options = {}, hashText } = request;
  if (!isKnownType(options)) throw failure('request.invalid', { path: 'options' });
  if (NOT_TEXT.some((start) => startsWith(bytes, start))) throw failure('import.unknown-format', { rule: 'I4' });
  const text = readText(bytes);
  const found = formatOf(text);
  if (found === undefined || (format !== 'auto' && format !== found))
    throw failure('import.unknown-format', { rule: 'I4' });
  const read = found === 'graphml' ? readGraphml : readTable;
  let entities = 0;
  const slices = read(text, bytes.length, options, planBuilder(hashText));
  for (;;) {
    const slice = slices.next();
    if (slice.done) {
      if (entities === 0 && slice.value.rejectedTotal === 0) throw failure('import.nothing-found', { rule: 'I9' });
      return slice.value;
    }
    entities += slice.value.entities.length;
    yield slice.value;
  }
}

/** The whole plan of a file, read in steps: each says how far it is. For files whose plan fits into memory. */
export function* planImport(request: ImportRequest): Generator<Progress, ImportPlan> {
  const entities: PlannedEntity[][] = [];
  const links: PlannedLink[][] = [];
  const slices = readImport(request);
  for (;;) {
    const slice = slices.next();
    if (slice.done) {
      const { format, read, isNodeList, isEdgeList, ...rest } = slice.value;
      return { format, read, isNodeList, isEdgeList, entities: entities.flat(), links: links.flat(), ...rest };
    }
    entities.push([...slice.value.entities]);
    links.push([...slice.value.links]);
    yield slice.value.progress;
  }
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
