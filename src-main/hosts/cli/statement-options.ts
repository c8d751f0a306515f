import { defaultTlp, HandlingCode, parseTlp } from '../../../src-shared/domain/marking.ts';
import { parseGrade } from '../../../src-shared/domain/grading.ts';
import type { Input } from '../../../src-shared/contract/methods.ts';
import type { Given, OptionSpec } from './command.ts';
import { badArgument } from './parse-command.ts';

type Statement = Pick<Input<'import.apply'>, 'source' | 'handling'>;

/** Source, grade and marking of everything that a command enters. */
export const STATEMENT_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  'source': { value: 'REF', help: 'reference of the source (default: the name of the file)' },
  'grade': { value: 'SCHEME:CODE', help: 'grade of the source and the information, such as europol-4x4:B2' },
  'collected-on': { value: 'DATE', help: 'when it was collected; may be partial, such as 2026-03' },
  'basis': { value: 'BASIS', choices: ['fact', 'assessment'], help: 'whether it is fact (default) or assessment' },
  'tlp': { value: 'LABEL', help: `traffic light label (default: ${defaultTlp})` },
  'code': { value: 'CODE[,…]', isList: true, help: 'handling codes: H0 to H3, P, C' },
  'caveat': { value: 'TEXT', help: 'what H3 or C allows, in words' },
  'purpose': { value: 'TEXT', help: 'what it was collected for' },
  'legal-basis': { value: 'CODE[,…]', isList: true, help: 'codes of the legal basis' },
};

/** Reads them; what is not given is not guessed, except the marking: what nobody marked stays within the organisation that gets it. */
export function readStatement(given: Given, fileName: string): Statement {
  const [grade, collectedOn, caveat, purpose] = ['grade', 'collected-on', 'caveat', 'purpose'].map((name) =>
    given.option(name),
  );
  const parsedGrade = grade === undefined ? undefined : parseGrade(grade);
  if (grade !== undefined && parsedGrade === undefined) throw badArgument('--grade', 'invalid');
  const tlp = parseTlp(given.option('tlp') ?? defaultTlp);
  if (tlp === undefined) throw badArgument('--tlp', 'invalid');
  return {
    source: {
      reference: given.option('source') ?? fileName,
      basis: given.option('basis') === 'assessment' ? 'assessment' : 'fact',
      ...(parsedGrade !== undefined && { grade: parsedGrade }),
      ...(collectedOn !== undefined && { collectedOn }),
    },
    handling: {
      tlp,
      codes: given.list('code').map(readCode),
      purposes: purpose === undefined ? [] : [purpose],
      legalBases: [...given.list('legal-basis')],
      ...(caveat !== undefined && { caveat }),
    },
  };
}

function readCode(text: string): Statement['handling']['codes'][number] {
  const code = HandlingCode.safeParse(text);
  if (!code.success) throw badArgument('--code', 'invalid');
  return code.data;
}
