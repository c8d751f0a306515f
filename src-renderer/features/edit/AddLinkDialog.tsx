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

/** All kinds of links say the same about themselves, so the fields do not change with the kind. */
const ANY_LINK = 'related-to';

/** A link from one entity to another that is chosen by typing. Kinds that fit both ends come first; none is forbidden. */
export function AddLinkDialog({ caseId, from, country, draft, onSaved, onClose }: Props) {
  const origin = useMethod('subject.show', { subject: from }).data;
  const [target, setTarget] = useState<Picked>();
  const [type, setType] = useState<string>();
  const [isReversed, setReversed] = useState(false);
  const [wasTried, setWasTried] = useState(false);
  const save = useAction('link.save');
  if (origin === undefined) return null;
  const [near, far] = isReversed ? [target?.type, origin.type] : [origin.type, target?.type];
  const fits = (type: string) => near === undefined || far === undefined || canLink(type, near, far);
  const kinds = linkKinds.map((kind) => ({
    value: kind.type,
    label: isReversed ? kind.inverse : kind.label,
    fits: fits(kind.type),
  }));
  const submit = (input: StatementInput) => {
    if (target === undefined || type === undefined) return;
    const ends = isReversed ? { from: target.id, to: from } : { from, to: target.id };
    save.mutate(
      { case: caseId, supersedes: [], type, ...ends, directed: linkKind(type).isDirected, ...input },
      { onSuccess: ({ subject }) => onSaved(input, subject) },
    );
  };
  return (
    <EditDrawer title={`Add link from ${origin.label}`} onClose={onClose}>
      <StatementForm
        type={ANY_LINK}
        rows={[]}
        draft={draft}
        country={country}
        canBeBare
        saveLabel="Add link"
        isBusy={save.isPending}
        error={save.error}
        onCancel={onClose}
        onTry={() => setWasTried(true)}
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
          placeholder="Choose how they are linked"
          withAsterisk
          value={type ?? null}
          error={wasTried && type === undefined ? 'Choose how they are linked.' : undefined}
          onChange={(next) => setType(next ?? undefined)}
        />
        {type !== undefined && linkKind(type).isDirected && (
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
