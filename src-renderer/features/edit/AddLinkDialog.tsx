import { Checkbox, Select } from '@mantine/core';
import { useState } from 'react';
import { canLink, linkKind } from '../../../src-shared/catalogue/kinds.ts';
import { linkKinds } from '../../../src-shared/catalogue/link-kinds.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import type { StatementDraft } from '../../ui/statement-draft.ts';
import { EditDrawer } from './EditDrawer.tsx';
import { EntityPicker, type Picked } from './EntityPicker.tsx';
import { type StatementInput, StatementForm } from './StatementForm.tsx';

interface Props {
  readonly caseId: SubjectId;
  readonly from: SubjectId;
  readonly country: string;
  readonly draft: StatementDraft;
  readonly onSaved: (statement: StatementInput, subject: SubjectId) => void;
  readonly onClose: () => void;
}

/** A link from one entity to another that is chosen by typing. Kinds that fit both ends come first; none is forbidden. */
export function AddLinkDialog({ caseId, from, country, draft, onSaved, onClose }: Props) {
  const origin = useMethod('subject.show', { subject: from }).data;
  const [target, setTarget] = useState<Picked>();
  const [chosen, setChosen] = useState<string>();
  const [isReversed, setReversed] = useState(false);
  const [wasTried, setWasTried] = useState(false);
  const save = useAction('link.save');
  if (origin === undefined) return null;
  const [near, far] = isReversed ? [target?.type, origin.type] : [origin.type, target?.type];
  const fits = (type: string) => near === undefined || far === undefined || canLink(type, near, far);
  const type = chosen ?? linkKinds.find((kind) => fits(kind.type))?.type ?? 'related-to';
  const kinds = linkKinds.map((kind) => ({
    value: kind.type,
    label: isReversed ? kind.inverse : kind.label,
    fits: fits(kind.type),
  }));
  const submit = (input: StatementInput) => {
    setWasTried(true);
    if (target === undefined) return;
    const ends = isReversed ? { from: target.id, to: from } : { from, to: target.id };
    save.mutate(
      { case: caseId, supersedes: [], type, ...ends, directed: linkKind(type).isDirected, ...input },
      { onSuccess: ({ subject }) => onSaved(input, subject) },
    );
  };
  return (
    <EditDrawer title={`Add link from ${origin.label}`} onClose={onClose}>
      <StatementForm
        key={type}
        type={type}
        rows={[]}
        draft={draft}
        country={country}
        canBeBare
        saveLabel="Add link"
        isBusy={save.isPending}
        error={save.error}
        onCancel={onClose}
        onSave={submit}
      >
        <EntityPicker
          label="To"
          hasFocus
          value={target}
          except={from}
          error={wasTried && target === undefined ? 'Choose what it is linked to.' : undefined}
          onPick={setTarget}
        />
        <Select
          label="Kind of link"
          searchable
          allowDeselect={false}
          data={[
            { group: 'Fits these two', items: kinds.filter((kind) => kind.fits) },
            { group: 'Other kinds', items: kinds.filter((kind) => !kind.fits) },
          ]}
          value={type}
          onChange={(next) => setChosen(next ?? undefined)}
        />
        {linkKind(type).isDirected && (
          <Checkbox
            label={`The other way: ${target?.label ?? 'the other one'} ${linkKind(type).label} ${origin.label}`}
            checked={isReversed}
            onChange={(event) => setReversed(event.currentTarget.checked)}
          />
        )}
      </StatementForm>
    </EditDrawer>
  );
}
