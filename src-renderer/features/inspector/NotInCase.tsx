import { Button } from '@mantine/core';
import { IconFolderPlus } from '@tabler/icons-react';

interface Props {
  readonly canAdd: boolean;
  readonly onAdd: () => void;
}

/** The subject is drawn beside the case and leaves with no release of it, until somebody puts it in. */
export function NotInCase({ canAdd, onAdd }: Props) {
  return (
    <div className="inspector-guest" role="note">
      <span>Not in this case.</span>
      {canAdd && (
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconFolderPlus size={14} aria-hidden />}
          onClick={onAdd}
        >
          Add to this case
        </Button>
      )}
    </div>
  );
}
