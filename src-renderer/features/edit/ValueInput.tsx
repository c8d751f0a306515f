import { Select, TextInput, Textarea } from '@mantine/core';
import { codeList } from '../../../src-shared/catalogue/lists.ts';
import type { PropertyKind } from '../../../src-shared/catalogue/property.ts';

interface Props {
  readonly kind: PropertyKind | undefined;
  readonly label: string;
  readonly text: string;
  readonly hasFocus: boolean;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}

const HINTS: { readonly [T in PropertyKind['valueType']]?: string } = {
  date: '1984, 1984-03, 1984-03-17, about: 1984~, range: 1984/1986',
  coordinates: 'Latitude, longitude: 51.05, 3.72',
  phone: 'As the source has it; with country code where known',
};

/** The field that fits the type of a value: a list for codes and countries, a text for everything that is known only in part. */
export function ValueInput({ kind, label, text, hasFocus, error, onChange }: Props) {
  const shared = { label, error, 'data-autofocus': hasFocus || undefined };
  const hint = kind === undefined ? undefined : (kind.help ?? HINTS[kind.valueType]);
  const choices = choicesOf(kind);
  if (choices !== undefined) {
    return (
      <Select
        {...shared}
        description={hint}
        data={[...choices]}
        searchable
        clearable
        value={text === '' ? null : text}
        onChange={(value) => onChange(value ?? '')}
      />
    );
  }
  if (kind?.valueType === 'longText') {
    return (
      <Textarea
        {...shared}
        description={hint}
        autosize
        minRows={2}
        maxRows={10}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput {...shared} description={hint} value={text} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}

function choicesOf(
  kind: PropertyKind | undefined,
): readonly { readonly value: string; readonly label: string }[] | undefined {
  if (kind?.valueType === 'truth') {
    return [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ];
  }
  const list = kind?.valueType === 'country' ? 'country' : kind?.valueType === 'code' ? (kind.list ?? '') : undefined;
  if (list === undefined) return undefined;
  return codeList(list)?.codes.map(({ code, label }) => ({ value: code, label })) ?? [];
}
