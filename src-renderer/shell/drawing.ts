import type { SubjectId } from '../../src-shared/domain/ids.ts';

/** What a person added to the drawing of a case, or left of it. Only ids; what they stand for is asked for with the case. */
export interface Drawing {
  /** In a large case exactly these; undefined: what it begins with. */
  readonly only: readonly SubjectId[] | undefined;
  /** These too, members or not. */
  readonly also: readonly SubjectId[];
  /** How many the last step brought. */
  readonly added: number;
}

/** The steps of one drawing, the last of them in force. */
export type Drawings = Readonly<Record<string, readonly Drawing[]>>;
