import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { entityKinds } from '../../../src-shared/catalogue/entity-kinds.ts';
import { gradingSchemes } from '../../../src-shared/catalogue/lists/grading.ts';
import { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { Tlp } from '../../../src-shared/domain/marking.ts';
import { PartialDate } from '../../../src-shared/domain/partial-date.ts';
import { NO_WISH, type SearchWish, isLimited } from './search-wish.ts';

export interface Named {
  readonly value: string;
  readonly label: string;
}

interface Props {
  readonly wish: SearchWish;
  readonly cases: readonly Named[];
  readonly agencies: readonly Named[];
  readonly onWish: (change: Partial<SearchWish>) => void;
}

const KINDS: readonly Named[] = entityKinds.map(({ type, label }) => ({ value: type, label }));
const GRADES = gradingSchemes.map(({ scheme, label, source, information }) => ({
  group: label,
  items: source.flatMap((one) =>
    information.map((other) => ({ value: `${scheme}:${one.code}${other.code}`, label: `${one.code}${other.code}` })),
  ),
}));

/** What a search is limited to. Several values of one field: any of them; several fields: all of them. */
export function SearchFilters({ wish, cases, agencies, onWish }: Props) {
  return (
    <search className="search-filters" aria-label="Limit the search to">
      <MultiSelect
        {...common('Kind', 'Any kind', wish.types.length)}
        data={[...KINDS]}
        value={[...wish.types]}
        onChange={(types) => onWish({ types })}
      />
      <Select
        {...common('Case', 'Any case, or none', 0)}
        data={[...cases]}
        value={wish.case ?? null}
        onChange={(id) => onWish({ case: id === null ? undefined : SubjectId.parse(id) })}
      />
      <MultiSelect
        {...common('Stated by', 'Any agency', wish.agencies.length)}
        data={[...agencies]}
        value={[...wish.agencies]}
        onChange={(ids) => onWish({ agencies: ids.map((id) => AgencyId.parse(id)) })}
      />
      <MultiSelect
        {...common('Grade', 'Any grade', wish.grades.length)}
        data={GRADES}
        value={[...wish.grades]}
        onChange={(grades) => onWish({ grades })}
      />
      <MultiSelect
        {...common('Marking', 'Any marking', wish.tlp.length)}
        data={[...Tlp.options]}
        value={[...wish.tlp]}
        onChange={(labels) => onWish({ tlp: labels.map((label) => Tlp.parse(label)) })}
      />
      <DateInput label="Dated from" value={wish.from} onChange={(from) => onWish({ from })} />
      <DateInput label="Dated to" value={wish.to} onChange={(to) => onWish({ to })} />
      {isLimited(wish) && (
        <Button variant="subtle" size="xs" onClick={() => onWish({ ...NO_WISH, text: wish.text })}>
          Look everywhere
        </Button>
      )}
    </search>
  );
}

function common(label: string, placeholder: string, chosen: number) {
  return {
    label,
    ...(chosen === 0 && { placeholder }),
    size: 'xs',
    searchable: true,
    clearable: true,
    comboboxProps: { width: 260, position: 'bottom-start' },
    nothingFoundMessage: 'Nothing found',
  } as const;
}

interface DateProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function DateInput({ label, value, onChange }: DateProps) {
  const isWrong = value !== '' && !PartialDate.safeParse(value).success;
  return (
    <TextInput
      label={label}
      size="xs"
      placeholder="e.g. 2024"
      dir="ltr"
      value={value}
      error={isWrong && 'A year, a month or a day'}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
