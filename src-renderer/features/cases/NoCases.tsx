import { Button } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { EmptyState } from '../../ui/EmptyState.tsx';

interface Props {
  readonly mayWrite: boolean;
  readonly onNew: () => void;
  readonly onImport: () => void;
}

/** No case yet: the ways in which one begins. */
export function NoCases({ mayWrite, onNew, onImport }: Props) {
  return (
    <EmptyState
      icon={<IconFolder size={22} />}
      title="No cases yet"
      actions={
        mayWrite && (
          <>
            <Button onClick={onNew}>New case</Button>
            <Button variant="default" onClick={onImport}>
              Import a file
            </Button>
          </>
        )
      }
    >
      <p>
        A case holds people, phones, places, money and the links between them, each with who said so and how far it is
        trusted. Start an empty one, or import a CSV or GraphML file.
      </p>
      <p>
        When a partner sends you a <b>.chiro</b> file, use <b>Receive</b> in the bar above: what you accept becomes a
        case here. To look around first, lock this vault and open the sample case.
      </p>
    </EmptyState>
  );
}
