import { Button, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { AgencyId, KeyId } from '../../../src-shared/domain/ids.ts';
import type { Input, Output } from '../../../src-shared/contract/methods.ts';
import { affectedCsv } from '../../../src-shared/contract/affected-csv.ts';
import { call } from '../../api/client.ts';
import { useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { countOf, formatCount, formatInstant } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { saveFile } from '../../ui/save-file.ts';

interface Props {
  readonly agency: AgencyId;
  readonly name: string;
}

const A_PAGE = 100;
const A_PIECE = 1000;

/** Everything that a partner states, what nobody else states first; and whom we told it. */
export function AffectedList({ agency, name }: Props) {
  const [place, setPlace] = useState<Input<'partner.affected'>['place']>();
  const [isSaving, setIsSaving] = useState(false);
  const [error, setError] = useState<Error>();
  const [kid, setKid] = useState<KeyId>();
  const narrowed = { agency, ...(kid !== undefined && { kid }) };
  const page = useMethod('partner.affected', { ...narrowed, limit: A_PAGE, ...(place !== undefined && { place }) });
  if (page.error !== null) return <ErrorNotice {...explain(page.error)} onRetry={() => void page.refetch()} />;
  if (page.data === undefined) return null;
  const { counts, keys, passedOn, subjects, next } = page.data;
  const save = () => {
    setIsSaving(true);
    everything(narrowed)
      .then((rows) => saveFile('affected.csv', new TextEncoder().encode(affectedCsv(rows))))
      .catch((failed: Error) => setError(failed))
      .finally(() => setIsSaving(false));
  };
  return (
    <div className="screen-stack">
      {error !== undefined && <ErrorNotice {...explain(error)} />}
      {(keys.length > 1 || kid !== undefined) && (
        <NativeSelect
          label="Attested by"
          value={kid ?? ''}
          data={[
            { value: '', label: 'Any of its keys' },
            ...keys.map((key) => ({ value: key.kid, label: `Key ${key.kid}: ${countOf(key.records, 'record')}` })),
          ]}
          onChange={({ currentTarget: { value } }) => {
            setKid(keys.find((key) => key.kid === value)?.kid);
            setPlace(undefined);
          }}
        />
      )}
      <dl className="facts">
        <dt>Records</dt>
        <dd>
          {formatCount(counts.records)}
          {kid === undefined && keys.length > 1 && `, by ${countOf(keys.length, 'key')}`}
        </dd>
        <dt>Entities</dt>
        <dd>
          {formatCount(counts.entities)}; {formatCount(counts.aloneEntities)} rest on it alone
        </dd>
        <dt>Links</dt>
        <dd>
          {formatCount(counts.links)}; {formatCount(counts.aloneLinks)} rest on it alone
        </dd>
        <dt>Cases</dt>
        <dd>
          {formatCount(counts.cases)}; {formatCount(counts.aloneCases)} rest on it alone
        </dd>
        <dt>We passed on</dt>
        <dd>
          {passedOn.length === 0
            ? 'Nothing of it'
            : passedOn.map((row) => (
                <div key={row.agency}>
                  {countOf(row.records, 'record')} to <bdi>{row.name}</bdi>, last on {formatInstant(row.lastAt)}
                </div>
              ))}
        </dd>
      </dl>
      <table className="rows" aria-label={`What rests on ${name}`}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Name</th>
            <th scope="col">Rests on it</th>
          </tr>
        </thead>
        <tbody>
          {subjects.map(({ subject, type, label, isAlone }) => (
            <tr key={subject}>
              <td>{type}</td>
              <td>
                <bdi>{label === '' ? subject : label}</bdi>
              </td>
              <td>
                <Tag tone={isAlone ? 'warning' : 'neutral'}>{isAlone ? 'Alone' : 'Among others'}</Tag>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Group justify="flex-end" gap={8}>
        {place !== undefined && (
          <Button variant="default" onClick={() => setPlace(undefined)}>
            First page
          </Button>
        )}
        {next !== undefined && (
          <Button variant="default" onClick={() => setPlace(next)}>
            Next page
          </Button>
        )}
        <Button loading={isSaving} onClick={save}>
          Save as CSV
        </Button>
      </Group>
    </div>
  );
}

async function everything(
  narrowed: Pick<Input<'partner.affected'>, 'agency' | 'kid'>,
): Promise<Output<'partner.affected'>['subjects']> {
  const rows: Output<'partner.affected'>['subjects'] = [];
  let place: Input<'partner.affected'>['place'];
  for (;;) {
    const page = await call('partner.affected', { ...narrowed, limit: A_PIECE, ...(place !== undefined && { place }) });
    rows.push(...page.subjects);
    if (page.next === undefined) return rows;
    place = page.next;
  }
}
