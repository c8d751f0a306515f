/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the list of a combobox; native lists of options cannot hold icons and marks */
import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useState } from 'react';
import type { SearchHit } from '../../../src-shared/contract/views.ts';
import { useMethod } from '../../api/hooks.ts';
import { useAsTyped } from '../../api/use-as-typed.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ScreenHead } from '../../ui/ScreenHead.tsx';
import { SearchFilters } from './SearchFilters.tsx';
import { SearchHint } from './SearchHint.tsx';
import { SearchHitRow } from './SearchHitRow.tsx';
import './search.css';
import { foundWords } from './found-words.ts';
import { MOST_HITS, type SearchWish, changed, requestOf, withMore } from './search-wish.ts';

interface Props {
  readonly wish: SearchWish;
  readonly onWish: (wish: SearchWish) => void;
  readonly onOpen: (hit: SearchHit) => void;
}

/** Finds entities of the whole vault as one types; the caret stays in the field while the arrows move through the hits. */
export function SearchScreen({ wish, onWish, onOpen }: Props) {
  const list = useId();
  const [active, setActive] = useState(0);
  const names = useNames();
  const answer = useAsTyped('search.find', requestOf(wish));
  const hits = answer.data?.hits ?? [];
  const current = Math.min(active, hits.length - 1);
  const open = (hit: SearchHit | undefined) => {
    if (hit !== undefined && answer.isCurrent) onOpen(hit);
  };
  const change = (part: Partial<SearchWish>) => {
    setActive(0);
    onWish(changed(wish, part));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setActive(Math.min(current + 1, hits.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(current - 1, 0));
    else if (event.key === 'Enter') open(hits[current]);
    else if (event.key === 'Escape') change({ text: '' });
    else return;
    event.preventDefault();
  };
  return (
    <section className="screen" aria-label="Search">
      <ScreenHead title="Search">Everything in the vault, in cases and in none.</ScreenHead>
      <TextInput
        type="search"
        role="combobox"
        className="search-field"
        aria-label="Name, number, plate or word"
        aria-expanded={hits.length > 0}
        aria-controls={list}
        aria-activedescendant={hits.length === 0 ? undefined : `${list}-${current}`}
        placeholder="Type a name, a number, a plate or a word"
        value={wish.text}
        data-autofocus
        ref={focusAtOnce}
        leftSection={<IconSearch size={15} aria-hidden />}
        onChange={(event) => change({ text: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      <SearchFilters wish={wish} {...names} onWish={change} />
      <output className="search-said">{answer.data !== undefined && foundWords(answer.data)}</output>
      {answer.error !== null && <ErrorNotice {...explain(answer.error)} />}
      <div
        id={list}
        role="listbox"
        aria-label="Hits"
        className="search-hits"
        tabIndex={-1}
        aria-busy={!answer.isCurrent && hits.length > 0}
      >
        {hits.map((hit, index) => (
          <SearchHitRow
            key={hit.id}
            id={`${list}-${index}`}
            hit={hit}
            isActive={index === current}
            onHover={() => setActive(index)}
            onOpen={() => open(hit)}
          />
        ))}
      </div>
      {answer.data?.more === true && wish.limit < MOST_HITS && (
        <Button className="search-more" variant="default" onClick={() => onWish(withMore(wish))}>
          Show more
        </Button>
      )}
      {hits.length === 0 && (wish.text.trim() === '' || answer.isCurrent) && <SearchHint wish={wish} />}
    </section>
  );
}

/** Cases and agencies by name, for what a search can be limited to. */
function useNames() {
  const status = useMethod('vault.status', {});
  const partners = useMethod('partner.list', {});
  const cases = useMethod('case.list', { limit: 1000 });
  const ours = status.data === undefined ? [] : [{ value: status.data.agencyId, label: status.data.agency }];
  const theirs = (partners.data?.partners ?? []).map(({ agency, name }) => ({ value: agency as string, label: name }));
  return {
    agencies: [...ours, ...theirs],
    cases: (cases.data?.cases ?? []).map(({ id, title }) => ({ value: id as string, label: title })),
  };
}

function focusAtOnce(field: HTMLInputElement | null): void {
  field?.focus();
}
