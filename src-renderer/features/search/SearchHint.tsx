import { IconSearch, IconSearchOff } from '@tabler/icons-react';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { type SearchWish, isLimited } from './search-wish.ts';

interface Props {
  readonly wish: SearchWish;
}

/** Before anything is typed, what can be; when nothing was found, what else to try. */
export function SearchHint({ wish }: Props) {
  if (wish.text.trim() !== '') {
    return (
      <EmptyState icon={<IconSearchOff size={28} />} title="Nothing found">
        <p>
          Search folds accents and scripts but does not guess: try fewer letters, another spelling, or the last digits
          of the number.
        </p>
        {isLimited(wish) && <p>The search is limited. “Look everywhere” drops all limits.</p>}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<IconSearch size={28} />} title="What are you looking for?">
      <ul className="search-hint">
        <li>The beginning of any name or alias, forename or surname first, in any script: accents do not matter.</li>
        <li>A phone number, plate, account or document however it is written, or its last three digits or more.</li>
        <li>Words of notes, from three letters on. All words must be there; the order is free.</li>
      </ul>
      <p>Arrow keys move through the hits, Enter opens one, Escape empties the field.</p>
    </EmptyState>
  );
}
