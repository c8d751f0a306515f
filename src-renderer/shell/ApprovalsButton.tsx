import { Button } from '@mantine/core';
import { IconWritingSign, IconWritingSignOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useMethod } from '../api/hooks.ts';
import { countOf } from '../strings/format.ts';
import { freshDeclines } from './fresh-declines.ts';

interface Props {
  /** Whether the list is on the screen. */
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

/** For officers: how many releases wait for approval, and how many that they asked for were declined; nothing while there is neither. */
export function ApprovalsButton({ isOpen, onOpen }: Props) {
  const list = useMethod('release.pending', { limit: 1 });
  const { data } = useMethod('release.declined', {});
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const [now] = useState(() => Date.now());
  const listed = data?.declined ?? [];
  if (isOpen && listed.some(({ id }) => !seen.has(id))) setSeen(new Set(listed.map(({ id }) => id)));
  const count = list.data?.total ?? 0;
  const declined = freshDeclines(listed, now).filter(({ id }) => !seen.has(id));
  if (count === 0 && declined.length === 0) return null;
  const parts = [
    count > 0 && `Approvals (${count})`,
    declined.length > 0 && `${countOf(declined.length, 'release')} declined`,
  ];
  const Icon = declined.length > 0 ? IconWritingSignOff : IconWritingSign;
  return (
    <Button variant="default" leftSection={<Icon size={15} aria-hidden />} onClick={onOpen}>
      {parts.filter((part) => part !== false).join(', ')}
    </Button>
  );
}
