import { Button } from '@mantine/core';
import { IconWritingSign } from '@tabler/icons-react';
import { useMethod } from '../api/hooks.ts';

interface Props {
  readonly onOpen: () => void;
}

/** For officers: how many releases wait for approval; nothing while none does. */
export function ApprovalsButton({ onOpen }: Props) {
  const list = useMethod('release.pending', { limit: 1 });
  const count = list.data?.total ?? 0;
  if (count === 0) return null;
  return (
    <Button variant="default" leftSection={<IconWritingSign size={15} aria-hidden />} onClick={onOpen}>
      Approvals ({count})
    </Button>
  );
}
