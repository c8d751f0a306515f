import type { Code } from '../../src-shared/catalogue/code-list.ts';
import { gradingSchemes } from '../../src-shared/catalogue/lists/grading.ts';
import type { Grade } from '../../src-shared/domain/grading.ts';
import './grade-badge.css';

interface Props {
  readonly grade: Grade | undefined;
}

/** A grade verbatim, with its scheme and the meaning of both halves in words. Nothing is converted between schemes. */
export function GradeBadge({ grade }: Props) {
  const meaning = grade === undefined ? 'The source gave no grade' : gradeMeaning(grade);
  return (
    <span className="grade-badge" title={meaning} dir="ltr">
      <span aria-hidden>{grade === undefined ? '–' : `${grade.source}${grade.information}`}</span>
      <span className="visually-hidden">{meaning}</span>
    </span>
  );
}

/** `Grade B2, Europol 4x4. Source: … Information: …` */
export function gradeMeaning(grade: Grade): string {
  const scheme = gradingSchemes.find((entry) => entry.scheme === grade.scheme);
  const code = `${grade.source}${grade.information}`;
  if (scheme === undefined) return `Grade ${code}, ${grade.scheme}`;
  const source = labelIn(scheme.source, grade.source);
  const information = labelIn(scheme.information, grade.information);
  return `Grade ${code}, ${scheme.label}. Source: ${source}. Information: ${information}.`;
}

function labelIn(codes: readonly Code[], code: string): string {
  return codes.find((entry) => entry.code === code)?.label ?? code;
}
