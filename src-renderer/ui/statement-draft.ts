import { handlingCodes } from '../../src-shared/catalogue/lists/marking.ts';
import { defaultTlp } from '../../src-shared/domain/marking.ts';
import { Grade, type GradingScheme } from '../../src-shared/domain/grading.ts';
import type { HandlingCode, Tlp } from '../../src-shared/domain/marking.ts';
import { Handling, Source } from '../../src-shared/domain/record.ts';

/** A grade that is being chosen: codes are empty until they are picked. */
export interface GradeDraft {
  readonly scheme: GradingScheme;
  readonly source: string;
  readonly information: string;
}

/** Source, grade and handling of one statement while a person fills them in. */
export interface StatementDraft {
  readonly reference: string;
  readonly grade: GradeDraft | undefined;
  readonly collectedOn: string;
  readonly basis: 'fact' | 'assessment';
  readonly tlp: Tlp;
  readonly codes: readonly HandlingCode[];
  readonly caveat: string;
  readonly purposes: readonly string[];
  readonly legalBases: readonly string[];
  readonly reviewOn: string;
}

/** What is wrong with which field, in words. */
export type StatementErrors = { readonly [F in keyof StatementDraft]?: string };

export type StatementCheck =
  | { readonly ok: true; readonly source: Source; readonly handling: Handling }
  | { readonly ok: false; readonly errors: StatementErrors };

/** A new statement counts as an assessment until a person says that it is a fact (Directive (EU) 2016/680 art. 7(1)). */
export function emptyDraft(reference = ''): StatementDraft {
  return {
    reference,
    grade: undefined,
    collectedOn: '',
    basis: 'assessment',
    tlp: defaultTlp,
    codes: [],
    caveat: '',
    purposes: [],
    legalBases: [],
    reviewOn: '',
  };
}

/** The draft that says what a record already says. */
export function draftOf(source: Source | undefined, handling: Handling): StatementDraft {
  return {
    ...emptyDraft(source?.reference ?? ''),
    grade: source?.grade,
    collectedOn: source?.collectedOn ?? '',
    basis: source?.basis ?? 'assessment',
    tlp: handling.tlp,
    codes: handling.codes,
    caveat: handling.caveat ?? '',
    purposes: handling.purposes,
    legalBases: handling.legalBases,
    reviewOn: handling.reviewOn ?? '',
  };
}

/** Checks with the schemas of the domain; what is wrong comes back by field. */
export function parseDraft(draft: StatementDraft): StatementCheck {
  const source = Source.safeParse(sourceOf(draft));
  const handling = Handling.safeParse(handlingOf(draft));
  if (source.success && handling.success) return { ok: true, source: source.data, handling: handling.data };
  const paths = [...(source.error?.issues ?? []), ...(handling.error?.issues ?? [])].map((issue) => issue.path[0]);
  return { ok: false, errors: errorsAt(paths) };
}

/** Codes of which one needs a caveat in words (R6). */
export function needsCaveat(codes: readonly HandlingCode[]): boolean {
  return handlingCodes.codes.some((entry) => entry.needsCaveat && codes.includes(entry.code));
}

/** `B2`, verbatim; undefined until both halves are chosen. */
export function gradeCode(grade: GradeDraft | undefined): string | undefined {
  return Grade.safeParse(grade).success ? `${grade?.source}${grade?.information}` : undefined;
}

const MESSAGES: StatementErrors = {
  reference: 'Say where it comes from: a report number, a person’s code name, a file.',
  grade: 'Choose both halves of the grade, or “Not graded”.',
  collectedOn: 'Write a date as precisely as it is known: 2026, 2026-03, 2026-03-17, 2026~ (about).',
  caveat: 'H3 and C need the condition in words.',
  purposes: 'Each purpose may have up to 256 characters.',
  legalBases: 'Choose up to sixteen legal bases.',
  reviewOn: 'Write the review date as year-month-day.',
};

function errorsAt(paths: readonly (PropertyKey | undefined)[]): StatementErrors {
  return Object.fromEntries(Object.entries(MESSAGES).filter(([field]) => paths.includes(field)));
}

function sourceOf(draft: StatementDraft): object {
  return {
    reference: draft.reference.trim(),
    basis: draft.basis,
    ...(draft.grade !== undefined && { grade: draft.grade }),
    ...(draft.collectedOn.trim() !== '' && { collectedOn: draft.collectedOn.trim() }),
  };
}

function handlingOf(draft: StatementDraft): object {
  return {
    tlp: draft.tlp,
    codes: draft.codes,
    purposes: draft.purposes,
    legalBases: draft.legalBases,
    ...(draft.caveat.trim() !== '' && { caveat: draft.caveat.trim() }),
    ...(draft.reviewOn.trim() !== '' && { reviewOn: draft.reviewOn.trim() }),
  };
}
