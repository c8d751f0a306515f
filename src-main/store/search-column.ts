import { searchTerms } from '../../src-shared/matching/search-text.ts';
import type { EntityTexts } from './entity-texts.ts';

/** What the full-text index holds for some values: each in its own script, in Latin letters and, for identifiers, stripped. */
export function searchColumn(texts: EntityTexts): string {
  const lines = texts.map(({ valueType, value }) => {
    const { original, folded, identifier } = searchTerms(valueType, value);
    return [original, folded, identifier].filter((part) => part !== '').join(' ');
  });
  return lines.join('\n');
}
