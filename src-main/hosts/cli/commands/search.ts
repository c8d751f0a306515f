import type { Input, Output } from '../../../../src-shared/contract/methods.ts';
import { formatGrade, parseGrade } from '../../../../src-shared/domain/grading.ts';
import { parseTlp } from '../../../../src-shared/domain/marking.ts';
import { PartialDate } from '../../../../src-shared/domain/partial-date.ts';
import type { Answer, Command, Given } from '../command.ts';
import { type Connection, findCase, findPartner, withVault } from '../connection.ts';
import { badArgument, readNumber } from '../parse-command.ts';
import { UNLOCKING } from '../passphrase.ts';
import { table } from '../print.ts';

/** Finding entities, with everything that the window can limit a search to. */
export const searchCommand: Command = {
  name: 'search',
  summary: 'find entities by name, identifier, alias or text, in any script',
  args: ['dir', 'text'],
  options: {
    ...UNLOCKING,
    kind: { value: 'KIND[,…]', isList: true, help: 'only these kinds, such as person or phone' },
    case: { value: 'NAME', help: 'title or id of the case' },
    agency: { value: 'NAME[,…]', isList: true, help: 'only what one of these agencies states' },
    grade: { value: 'SCHEME:CODE[,…]', isList: true, help: 'only what is graded so, such as europol-4x4:B2' },
    tlp: { value: 'LABEL[,…]', isList: true, help: 'only what is marked so' },
    from: { value: 'DATE', help: 'only what is dated then or later; may be partial, such as 2026-03' },
    to: { value: 'DATE', help: 'only what is dated then or earlier; may be partial' },
    limit: { value: 'N', help: 'at most so many (default 50)' },
  },
  run: (given, terminal) =>
    withVault(given, terminal, async (connection) =>
      described(await connection.call('search.find', await readSearch(connection, given))),
    ),
};

async function readSearch(connection: Connection, given: Given): Promise<Input<'search.find'>> {
  const [types, agencies, grades, tlp] = ['kind', 'agency', 'grade', 'tlp'].map((option) => given.list(option));
  const [title, from, to] = [given.option('case'), readDate(given, 'from'), readDate(given, 'to')];
  return {
    text: given.arg('text'),
    limit: readNumber(given, 'limit', 1, 500) ?? 50,
    ...(isGiven(types) && { types: [...types] }),
    ...(title !== undefined && { case: await findCase(connection, title) }),
    ...(isGiven(agencies) && { agencies: await Promise.all(agencies.map((name) => findAgency(connection, name))) }),
    ...(isGiven(grades) && { grades: grades.map(readGrade) }),
    ...(isGiven(tlp) && { tlp: tlp.map(readTlp) }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

function isGiven(values: readonly string[] | undefined): values is readonly string[] {
  return values !== undefined && values.length > 0;
}

/** Our own agency or a partner, by name or id. Throws as `findPartner` does. */
async function findAgency(connection: Connection, text: string): Promise<string> {
  const { agency, agencyId } = await connection.call('vault.status', {});
  return text === agency || text === agencyId ? agencyId : (await findPartner(connection, text)).agency;
}

function readGrade(text: string): string {
  const grade = parseGrade(text);
  if (grade === undefined) throw badArgument('--grade', 'invalid');
  return formatGrade(grade);
}

function readTlp(text: string): NonNullable<ReturnType<typeof parseTlp>> {
  const tlp = parseTlp(text);
  if (tlp === undefined) throw badArgument('--tlp', 'invalid');
  return tlp;
}

function readDate(given: Given, option: 'from' | 'to'): string | undefined {
  const text = given.option(option);
  if (text !== undefined && !PartialDate.safeParse(text).success) throw badArgument(`--${option}`, 'invalid');
  return text;
}

function described({ hits, more, isComplete }: Output<'search.find'>): Answer {
  const rows = hits.map(({ type, label, matched, sources, id }) => {
    const said = sources.map(({ authorName, grade }) => (grade ? `${authorName} ${formatGrade(grade)}` : authorName));
    const what = matched.value === label || matched.value === '' ? '' : `${matched.label}: ${matched.value}`;
    return [type, label, id, [what, ...said].filter((part) => part !== '').join(' · ')];
  });
  return {
    json: { hits: hits.map((hit) => ({ ...hit, kind: hit.type })), more, isComplete },
    lines: [
      ...(rows.length === 0 ? ['Nothing found.'] : table(rows)),
      ...(more ? ['There is more: raise --limit, or type more.'] : []),
      ...(isComplete ? [] : ['Not everything was looked through: type a longer or rarer word, or drop an option.']),
    ],
  };
}
