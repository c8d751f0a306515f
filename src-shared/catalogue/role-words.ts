import { foldText } from './fold-text.ts';
import { mostProtected } from './subject.ts';

/** What a role word of an imported file says about a person, in the terms of the catalogue. */
export type RoleReading = {
  readonly subjectCategory?: string;
  readonly isMinor?: boolean;
  readonly htcdsRole?: string;
};

type RoleWord = { readonly words: readonly string[]; readonly reading: RoleReading };

const suspectAs = (htcdsRole?: string): RoleReading => ({
  subjectCategory: 'suspect',
  ...(htcdsRole === undefined ? {} : { htcdsRole }),
});

/**
 * Role words in English, Spanish and a few more. Only words that are plain about the person are here (a driver may know nothing, a leader
 * may lead anything); the role itself is always kept verbatim beside the reading.
 *
 * `bottom` is a victim whom the trafficker makes manage the others (Kosmas et al. 2023): she is recorded as a possible victim, because a
 * wrong "suspect" exposes a victim and non-punishment (Directive 2011/36/EU art. 8) is for a person to decide, while a wrong
 * "possible victim" only withholds a name.
 */
const roleWords: readonly RoleWord[] = [
  {
    words: [
      'victim',
      'victims',
      'survivor',
      'victima',
      'sobreviviente',
      'victime',
      'opfer',
      'vittima',
      'victimă',
      'vitima',
      'жертва',
      'потерпевший',
      'потерпевшая',
      'потерпіла',
      'потерпілий',
      'ضحية',
    ],
    reading: { subjectCategory: 'victim' },
  },
  {
    words: ['bottom', 'possible victim', 'potential victim', 'posible victima', 'presunta victima'],
    reading: { subjectCategory: 'possible-victim' },
  },
  {
    words: ['witness', 'testigo', 'temoin', 'zeuge', 'zeugin', 'testimone', 'martor', 'свидетель', 'свідок', 'شاهد'],
    reading: { subjectCategory: 'witness' },
  },
  {
    words: ['informant', 'informante', 'informateur', 'chis', 'confidential source'],
    reading: { subjectCategory: 'informant' },
  },
  { words: ['convicted', 'convict', 'condenado', 'condamne'], reading: { subjectCategory: 'convicted' } },
  {
    words: [
      'suspect',
      'sospechoso',
      'sospechosa',
      'accused',
      'defendant',
      'imputado',
      'offender',
      'perpetrator',
      'trafficker',
      'tratante',
      'traficante',
      'trafiquant',
      'pimp',
      'proxeneta',
      'padrote',
      'madam',
      'madame',
    ],
    reading: suspectAs(),
  },
  {
    words: ['recruiter', 'reclutador', 'reclutadora', 'recruteur', 'enganchador'],
    reading: suspectAs('RecruiterOrIntermediary'),
  },
  {
    words: ['transporter', 'transportista', 'raitero', 'transporteur'],
    reading: suspectAs('Transporter'),
  },
  { words: ['smuggler', 'coyote', 'pollero', 'passeur'], reading: suspectAs('Smuggler') },
  { words: ['exploiter', 'explotador', 'explotadora', 'exploiteur'], reading: suspectAs('Exploiter') },
  { words: ['harbourer', 'harborer', 'cuidador', 'cuidadora'], reading: suspectAs('HarbouredIndividual') },
  { words: ['buyer', 'client', 'customer', 'cliente'], reading: { subjectCategory: 'contact' } },
  { words: ['associate', 'contact', 'asociado', 'contacto'], reading: { subjectCategory: 'contact' } },
  {
    words: ['minor', 'child', 'under 18', 'underage', 'menor', 'nino', 'nina', 'mineur', 'mineure'],
    reading: { isMinor: true },
  },
  { words: ['adult', 'adulto', 'adulta', 'adulte', 'mayor de edad'], reading: { isMinor: false } },
];

const folded = roleWords.map(({ words, reading }) => ({ words: words.map(foldText), reading }));

/** Words in a name that should make a person look twice: the category is never taken from a name (I12). */
const PROTECTED_WORDS = folded
  .filter(({ reading }) =>
    ['victim', 'possible-victim', 'witness', 'informant'].includes(reading.subjectCategory ?? ''),
  )
  .flatMap(({ words }) => words)
  .filter((word) => word !== 'bottom');

/** Reads the text of a role column. Where words disagree ("victim recruiter") the most protective category wins; undefined: nothing known. */
export function readRole(text: string): RoleReading | undefined {
  const said = wordsOf(text);
  const found = folded.filter(({ words }) => words.some((word) => hasWord(said, word))).map(({ reading }) => reading);
  if (found.length === 0) return undefined;
  const subjectCategory = mostProtected(found.flatMap((reading) => reading.subjectCategory ?? []));
  const isMinor = found.map((reading) => reading.isMinor).find((value) => value !== undefined);
  const htcdsRole = found.map((reading) => reading.htcdsRole).find((value) => value !== undefined);
  return {
    ...(subjectCategory === undefined ? {} : { subjectCategory }),
    ...(isMinor === undefined ? {} : { isMinor }),
    ...(htcdsRole === undefined ? {} : { htcdsRole }),
  };
}

/** True when a name contains a word for a victim, witness or informant. */
export function namesProtectedPerson(name: string): boolean {
  const said = wordsOf(name);
  return PROTECTED_WORDS.some((word) => hasWord(said, word));
}

/** Folded words with one space around each. */
function wordsOf(text: string): string {
  return ` ${foldText(text).replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;
}

function hasWord(said: string, word: string): boolean {
  return said.includes(` ${word} `);
}
