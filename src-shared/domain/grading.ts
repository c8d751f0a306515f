import { z } from 'zod';

/** Grading schemes, stored verbatim and never converted (domain notes §3.5). Meanings: src-shared/catalogue/grading.ts. */
export const GradingScheme = z.enum(['europol-4x4', 'uk-3x5x2', 'uk-5x5x5', 'nato-admiralty']);
export type GradingScheme = z.infer<typeof GradingScheme>;

/** The codes of each scheme, reliability of the source and of the information. */
export const GRADE_CODES = {
  'europol-4x4': { source: 'ABCX', information: '1234' },
  'uk-3x5x2': { source: '123', information: 'ABCDE' },
  'uk-5x5x5': { source: 'ABCDE', information: '12345' },
  'nato-admiralty': { source: 'ABCDEF', information: '123456' },
} as const satisfies { [S in GradingScheme]: { source: string; information: string } };

/** A grade as its source gave it: scheme, source code, information code. */
export const Grade = z
  .strictObject({ scheme: GradingScheme, source: z.string().length(1), information: z.string().length(1) })
  .refine((grade) => GRADE_CODES[grade.scheme].source.includes(grade.source), { path: ['source'] })
  .refine((grade) => GRADE_CODES[grade.scheme].information.includes(grade.information), { path: ['information'] });
export type Grade = z.infer<typeof Grade>;

/** `europol-4x4:B2`, the form of the command line and of exports. */
export function formatGrade(grade: Grade): string {
  return `${grade.scheme}:${grade.source}${grade.information}`;
}

/** How people call the schemes; `uk` alone is none, because two of them are British. */
const OTHER_NAMES: Readonly<Record<string, GradingScheme>> = {
  'europol': 'europol-4x4',
  '4x4': 'europol-4x4',
  '3x5x2': 'uk-3x5x2',
  '5x5x5': 'uk-5x5x5',
  'admiralty': 'nato-admiralty',
  'nato': 'nato-admiralty',
};

/** The inverse of `formatGrade`, which also knows the schemes by their usual names; undefined when it is not a grade. */
export function parseGrade(text: string): Grade | undefined {
  const [name = '', code, ...rest] = text.trim().split(':');
  const scheme = name.toLowerCase().replaceAll('_', '-');
  if (code?.length !== 2 || rest.length > 0) return undefined;
  const [source, information] = code.toUpperCase();
  return Grade.safeParse({ scheme: OTHER_NAMES[scheme] ?? scheme, source, information }).data;
}

/** How a link is drawn: solid, dashed, dotted. A display rule, not a conversion: docs/glossary.md "confidence". */
export type Confidence = 'confirmed' | 'unconfirmed' | 'tentative';

const CONFIRMED: { readonly [S in GradingScheme]: string } = {
  'europol-4x4': '12',
  'uk-3x5x2': 'A',
  'uk-5x5x5': '12',
  'nato-admiralty': '12',
};
const UNCONFIRMED: { readonly [S in GradingScheme]: string } = {
  'europol-4x4': '3',
  'uk-3x5x2': 'BC',
  'uk-5x5x5': '3',
  'nato-admiralty': '3',
};

/** Confidence of a statement from its information code; an ungraded statement is tentative. */
export function confidenceOf(grade: Grade | undefined): Confidence {
  if (grade === undefined) return 'tentative';
  if (CONFIRMED[grade.scheme].includes(grade.information)) return 'confirmed';
  return UNCONFIRMED[grade.scheme].includes(grade.information) ? 'unconfirmed' : 'tentative';
}
