import { Select } from '@mantine/core';
import { useState } from 'react';
import { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { SearchHit } from '../../../src-shared/contract/views.ts';
import { useAsTyped } from '../../api/use-as-typed.ts';
import { lookOf } from '../../ui/appearance.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';

export interface Picked {
  readonly id: SubjectId;
  readonly type: string;
  readonly label: string;
}

interface Props {
  readonly label: string;
  readonly value: Picked | undefined;
  /** The subject itself cannot be its own other end. */
  readonly except: SubjectId;
  readonly error?: string | undefined;
  readonly hasFocus?: boolean;
  readonly onPick: (entity: Picked | undefined) => void;
}

const MOST_HITS = 20;

/** Chooses an entity of the whole store by typing its name, a number or an alias. */
export function EntityPicker({ label, value, except, error, hasFocus = false, onPick }: Props) {
  const [text, setText] = useState('');
  const typed = text.trim();
  const isAsking = typed.length > 0 && typed !== value?.label;
  const answer = useAsTyped('search.find', isAsking ? { text: typed, limit: MOST_HITS } : undefined);
  const hits = (answer.data?.hits ?? []).filter((hit) => hit.id !== except);
  const data = hits.map((hit) => ({ value: hit.id as string, label: hit.label }));
  const options =
    value === undefined || data.some((option) => option.value === value.id)
      ? data
      : [{ value: value.id as string, label: value.label }, ...data];
  return (
    <Select
      label={label}
      placeholder="Type a name, a number or an alias"
      searchable
      clearable
      openOnFocus={false}
      withAsterisk
      data-autofocus={hasFocus || undefined}
      error={error}
      data={options}
      filter={({ options: all }) => all}
      value={value?.id ?? null}
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage={!isAsking || !answer.isCurrent ? undefined : 'Nothing found'}
      renderOption={({ option }) => <Option hit={hits.find((hit) => hit.id === option.value)} label={option.label} />}
      onChange={(id) => {
        const hit = hits.find((candidate) => candidate.id === id);
        onPick(hit === undefined ? undefined : { id: SubjectId.parse(hit.id), type: hit.type, label: hit.label });
      }}
    />
  );
}

function Option({ hit, label }: { readonly hit: SearchHit | undefined; readonly label: string }) {
  return (
    <span className="edit-choice">
      {hit !== undefined && <EntityIcon type={hit.type} subjectCategory={hit.subjectCategory} />}
      <bdi>{label}</bdi>
      {hit !== undefined && <small>{lookOf(hit.type, hit.subjectCategory).label}</small>}
    </span>
  );
}
