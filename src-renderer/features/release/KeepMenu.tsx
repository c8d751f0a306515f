import { Menu } from '@mantine/core';
import { IconHomeDown } from '@tabler/icons-react';
import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { useItemTabIndex } from '../../ui/active-item.ts';
import { everySuchValue, thisValue, wholeSubject } from './keep.ts';
import type { Keep } from './keep.ts';
import { kindOf } from './subject-kind.ts';

type Record = ReleaseSubject['records'][number];

interface Props {
  readonly subject: ReleaseSubject;
  readonly record: Record;
  readonly claim: Record['claims'][number];
  readonly keep: Keep;
}

/** The menu belongs to the dialog that it opens in; it stands outside its row, which would cut it off. */
const IN_DIALOG = { target: '.release [role="dialog"]' } as const;

/** How much to keep home: this value, all values like it, or everything about the subject. */
export function KeepMenu({ subject, record, claim, keep }: Props) {
  const tabIndex = useItemTabIndex();
  const one = thisValue(record, claim);
  const kind = kindOf(subject);
  return (
    <Menu portalProps={IN_DIALOG} withInitialFocusPlaceholder={false} position="bottom-end" shadow="md">
      <Menu.Target>
        <button
          type="button"
          tabIndex={tabIndex}
          className="keep-button"
          aria-label={`Keep home: ${claim.label} ${claim.display}`}
        >
          <IconHomeDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {one !== undefined && <Menu.Item onClick={() => keep(one)}>Keep this value home</Menu.Item>}
        <Menu.Item onClick={() => keep(everySuchValue(subject, kind, claim))}>
          Keep every {claim.label.toLowerCase()} home ({kind.toLowerCase()})
        </Menu.Item>
        {(subject.kind === 'entity' || subject.kind === 'link') && (
          <Menu.Item onClick={() => keep(wholeSubject(subject))}>Keep all of this {kind.toLowerCase()} home</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
