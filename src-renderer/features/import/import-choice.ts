import type { Input } from '../../../src-shared/contract/methods.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { PickedFile } from '../../ui/FileDrop.tsx';
import { type StatementDraft, emptyDraft, parseDraft } from '../../ui/statement-draft.ts';

/** What a person says about a file before it is read into a case. */
export interface ImportChoice {
  /** The case it goes into; undefined for a new one called `title`. */
  readonly into: SubjectId | undefined;
  readonly title: string;
  readonly entityType: string;
  readonly linkType: string | undefined;
  readonly direction: 'as-file' | 'directed' | 'undirected';
  readonly isAttached: boolean;
  readonly statement: StatementDraft;
}

export function firstChoice(fileName: string, caseId: SubjectId | undefined): ImportChoice {
  return {
    into: caseId,
    title: fileName.replace(/\.[^.]*$/, ''),
    entityType: 'person',
    linkType: undefined,
    direction: 'as-file',
    isAttached: true,
    statement: emptyDraft(fileName),
  };
}

/** The call that the choice means; undefined while something is missing. */
export function importRequest(file: PickedFile, choice: ImportChoice): Input<'import.preview'> | undefined {
  const statement = parseDraft(choice.statement);
  if (!statement.ok || (choice.into === undefined && choice.title.trim() === '')) return undefined;
  return {
    case: choice.into === undefined ? { title: choice.title.trim() } : { id: choice.into },
    name: file.name,
    format: 'auto',
    attach: choice.isAttached ? 'auto' : 'never',
    entityType: choice.entityType,
    source: statement.source,
    handling: statement.handling,
    bytes: file.bytes,
    ...(choice.linkType !== undefined && { linkType: choice.linkType }),
    ...(choice.direction !== 'as-file' && { directed: choice.direction === 'directed' }),
  };
}
