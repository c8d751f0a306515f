import { Button, Checkbox, Group } from '@mantine/core';
import type { z } from 'zod';
import type { ImportPreview } from '../../../src-shared/contract/views.ts';
import { countOf, listOf } from '../../strings/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { ColumnTable } from './ColumnTable.tsx';
import { KindTable } from './KindTable.tsx';
import { RejectedRows } from './RejectedRows.tsx';
import { SampleRows } from './SampleRows.tsx';

interface Props {
  readonly preview: z.infer<typeof ImportPreview>;
  readonly isAttached: boolean;
  readonly isBusy: boolean;
  readonly onAttach: (isAttached: boolean) => void;
  readonly onBack: () => void;
  readonly onApply: () => void;
}

/** What the file would become, row for row, before anything is written. */
export function PreviewStep({ preview, isAttached, isBusy, onAttach, onBack, onApply }: Props) {
  const adds = [countOf(preview.entities, 'entity', 'entities'), countOf(preview.links, 'link')];
  const guarded = preview.byType.reduce((sum, row) => sum + row.protected, 0);
  const attached = preview.attachesTo;
  return (
    <div className="screen-stack">
      <Notice tone="info" title={`Adds ${listOf(adds)} from ${countOf(preview.read, 'row')}.`}>
        {preview.rejectedTotal > 0
          ? `${countOf(preview.rejectedTotal, 'row')} cannot be used and will be left out; each is listed below with its reason.`
          : 'Every row can be used.'}
        {guarded > 0 &&
          ` ${countOf(guarded, 'person', 'people')} will be protected: known as victim, witness, informant or child.`}
      </Notice>
      {(attached !== undefined || !isAttached) && (
        <Checkbox
          checked={isAttached}
          disabled={isBusy}
          label={
            attached === undefined
              ? 'Join the entities of an earlier node list'
              : `Joins the ${countOf(attached.entities, 'entity', 'entities')} of the earlier node list of this case`
          }
          onChange={(event) => onAttach(event.currentTarget.checked)}
        />
      )}
      <div className="import-columns">
        <section>
          <SectionHead title="What it becomes" level={3} />
          <KindTable rows={preview.byType} />
        </section>
        <section>
          <SectionHead title="Columns" aside={preview.columns.length} level={3} />
          <ColumnTable columns={preview.columns} />
        </section>
      </div>
      <SampleRows sample={preview.sample} />
      <RejectedRows rejected={preview.rejected} total={preview.rejectedTotal} warnings={preview.warnings} />
      <Group justify="flex-end" gap={8} className="import-actions">
        <Button variant="default" onClick={onBack} disabled={isBusy}>
          Back
        </Button>
        <Button onClick={onApply} disabled={isBusy || preview.entities + preview.links === 0}>
          Apply
        </Button>
      </Group>
    </div>
  );
}
