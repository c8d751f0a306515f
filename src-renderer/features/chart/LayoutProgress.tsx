import { Button, Loader } from '@mantine/core';
import { countOf } from '../../strings/format.ts';

interface Props {
  readonly entities: number;
  readonly onCancel: () => void;
}

/** A layout is running in its worker; the page stays usable. */
export function LayoutProgress({ entities, onCancel }: Props) {
  return (
    <output className="chart-float chart-progress">
      <Loader size={14} /> Laying out {countOf(entities, 'entity', 'entities')}…
      <Button variant="default" size="compact-xs" onClick={onCancel}>
        Cancel
      </Button>
    </output>
  );
}
