import type { Output } from '../../../src-shared/contract/methods.ts';
import { countOf } from '../../strings/format.ts';

/** How much was found, and whether that is all. */
export function foundWords({ hits, more, isComplete }: Output<'search.find'>): string {
  const count = countOf(hits.length, 'entity', 'entities');
  const found = more ? `The first ${count}, best first. There are more.` : `${count} found.`;
  return isComplete ? found : `${found} Not everything was looked through: type a longer or rarer word, or limit less.`;
}
