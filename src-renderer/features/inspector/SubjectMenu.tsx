import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowsJoin,
  IconDots,
  IconEraser,
  IconFolderMinus,
  IconLink,
  IconMessagePlus,
  IconPencil,
  IconShare3,
  IconUnlink,
} from '@tabler/icons-react';
import type { SubjectView } from '../../../src-shared/contract/views.ts';
import type { Ask } from './ask.ts';

interface Props {
  readonly view: SubjectView;
  readonly isCase: boolean;
  /** Whether this person decides on what leaves. */
  readonly canExchange: boolean;
  readonly onAsk: (ask: Ask) => void;
}

/** What can be said or taken back about the subject. */
export function SubjectMenu({ view, isCase, canExchange, onAsk }: Props) {
  const subject = view.id;
  const ours = view.history.filter((item) => item.isOurs && item.state === 'live').map((item) => item.record);
  return (
    <Menu withinPortal={false} withInitialFocusPlaceholder={false} position="bottom-end" width={250}>
      <Menu.Target>
        <ActionIcon aria-label="Actions for this subject">
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isCase ? (
          <>
            <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => onAsk({ kind: 'edit-case' })}>
              Edit title and description…
            </Menu.Item>
            <Menu.Item leftSection={<IconMessagePlus size={15} />} onClick={() => onAsk({ kind: 'state-case' })}>
              Add statement about the case…
            </Menu.Item>
          </>
        ) : (
          <Menu.Item
            leftSection={<IconMessagePlus size={15} />}
            onClick={() => onAsk({ kind: 'add-statement', subject })}
          >
            Add statement…
          </Menu.Item>
        )}
        {view.kind === 'entity' && (
          <>
            <Menu.Item leftSection={<IconLink size={15} />} onClick={() => onAsk({ kind: 'add-link', from: subject })}>
              Add link…
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconArrowsJoin size={15} />}
              onClick={() => onAsk({ kind: 'identity', subject, verdict: 'same' })}
            >
              Mark as the same as…
            </Menu.Item>
            <Menu.Item
              leftSection={<IconUnlink size={15} />}
              onClick={() => onAsk({ kind: 'identity', subject, verdict: 'not-same' })}
            >
              Mark as not the same as…
            </Menu.Item>
          </>
        )}
        {canExchange && (
          <>
            <Menu.Divider />
            <Menu.Item
              disabled={ours.length === 0}
              leftSection={<IconShare3 size={15} />}
              onClick={() => onAsk({ kind: 'permit', subject, isCase })}
            >
              Let partners pass this on…
            </Menu.Item>
          </>
        )}
        {!isCase && (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconFolderMinus size={15} />}
              onClick={() => onAsk({ kind: 'remove-from-case', subject })}
            >
              Remove from this case…
            </Menu.Item>
            <Menu.Item
              c="var(--crit)"
              disabled={ours.length === 0}
              leftSection={<IconEraser size={15} />}
              onClick={() => onAsk({ kind: 'retract', subject, records: ours })}
            >
              Retract what we say about it…
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
