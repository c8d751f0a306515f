import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import arabic from 'i18n-iso-countries/langs/ar.json' with { type: 'json' };
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import french from 'i18n-iso-countries/langs/fr.json' with { type: 'json' };
import romanian from 'i18n-iso-countries/langs/ro.json' with { type: 'json' };
import russian from 'i18n-iso-countries/langs/ru.json' with { type: 'json' };
import spanish from 'i18n-iso-countries/langs/es.json' with { type: 'json' };
import ukrainian from 'i18n-iso-countries/langs/uk.json' with { type: 'json' };
import type { CodeList } from '../code-list.ts';
import { foldText } from '../fold-text.ts';

type Names = Readonly<Record<string, string | readonly string[]>>;

const languages: readonly Names[] = [english, spanish, french, romanian, russian, ukrainian, arabic].map(
  (language): Names => language.countries,
);
const rows: readonly (readonly string[])[] = codes;

/** ISO 3166-1 alpha-2 with English names, from i18n-iso-countries. */
export const countries: CodeList = {
  name: 'country',
  label: 'Country',
  source: 'ISO 3166-1, i18n-iso-countries 7.14.0',
  verified: 'source',
  codes: rows.map(([code = '', alpha3 = '']) => {
    const [label = code, ...aliases] = namesOf(english.countries, code);
    return { code, label, aliases: [alpha3, ...aliases] };
  }),
};

/** Codes that people write and ISO does not assign to a country. */
const WRITTEN_OTHERWISE: Readonly<Record<string, string>> = { uk: 'GB', el: 'GR' };
const byName = indexNames();

/** The alpha-2 code that a code or a name in one of seven languages means; undefined when it is not a country. */
export function recogniseCountry(text: string): string | undefined {
  const folded = foldText(text);
  return WRITTEN_OTHERWISE[folded] ?? byName.get(folded);
}

function indexNames(): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  for (const [code = '', alpha3 = ''] of rows) {
    for (const name of [code, alpha3, ...languages.flatMap((names) => namesOf(names, code))]) {
      const folded = foldText(name);
      if (!index.has(folded)) index.set(folded, code);
    }
  }
  return index;
}

function namesOf(names: Names, code: string): readonly string[] {
  const found = names[code];
  if (found === undefined) return [];
  return typeof found === 'string' ? [found] : found;
}
