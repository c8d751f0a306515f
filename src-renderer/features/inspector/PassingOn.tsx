import { Button } from '@mantine/core';
import { IconShare3 } from '@tabler/icons-react';
import type { PermissionView } from '../../../src-shared/contract/views.ts';
import { listOf } from '../../strings/format.ts';

interface Props {
  readonly permissions: readonly PermissionView[];
  readonly canTakeBack: boolean;
  readonly onTakeBack: (permission: PermissionView['permission']) => void;
}

/** Who may be given a record, by its author's own word. */
export function PassingOn({ permissions, canTakeBack, onTakeBack }: Props) {
  if (permissions.length === 0) return null;
  return (
    <ul className="inspector-plain history-permissions" aria-label="May be passed on">
      {permissions.map(({ permission, to, purposes, until, isOver, isOurs }) => (
        <li key={permission}>
          <IconShare3 size={13} aria-hidden />
          <span>
            {isOver ? 'Could be passed on to ' : 'May be passed on to '}
            <bdi>{listOf(to.map(({ name }) => name))}</bdi> for {listOf(purposes.map(({ label }) => lower(label)))},{' '}
            {isOver ? 'which ended on ' : 'until '}
            <bdi dir="ltr">{until}</bdi>
          </span>
          {isOurs && canTakeBack && (
            <Button variant="default" size="compact-xs" onClick={() => onTakeBack(permission)}>
              Take back…
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function lower(label: string): string {
  return label.slice(0, 1).toLowerCase() + label.slice(1);
}
