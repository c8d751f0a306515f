import { Menu } from '@mantine/core';
import { IconArrowBackUp, IconHomeDown } from '@tabler/icons-react';
import { type Ref, useRef, useState } from 'react';
import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { useItemTabIndex } from '../../ui/active-item.ts';
import { everySuchValue, thisValue, wholeSubject } from './keep.ts';
import type { Keep } from './keep.ts';
import type { Kept } from './release-request.ts';
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

/**
 * How much to keep home: this value, all values like it, or everything about the subject. What the officer keeps is let go by the same button,
 * so that who chose by keyboard is still there. The menu is only there while it is open: a long list has one for every value.
 */
export function KeepMenu({ subject, record, claim, keep }: Props) {
  const tabIndex = useItemTabIndex();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const one = thisValue(record, claim);
  const kind = kindOf(subject);
  const kept = keep.keptFor(subject, record, claim);
  const choose = (more: Partial<Kept>) => {
    setOpen(false);
    button.current?.focus();
    keep.add(more);
  };
  return (
    <span className="keep-menu">
      <button
        ref={button}
        type="button"
        tabIndex={tabIndex}
        className="keep-button"
        title={kept === undefined ? undefined : `Kept home by you: ${kept.words}`}
        aria-label={`${kept === undefined ? 'Keep home' : 'Let leave again'}: ${claim.label} ${claim.display}`}
        {...(kept === undefined && { 'aria-haspopup': 'menu', 'aria-expanded': isOpen })}
        onClick={() => (kept === undefined ? setOpen(!isOpen) : keep.letGo(kept))}
      >
        {kept === undefined ? <IconHomeDown size={14} aria-hidden /> : <IconArrowBackUp size={14} aria-hidden />}
      </button>
      {isOpen && kept === undefined && (
        <Menu
          opened
          onChange={setOpen}
          onClose={() => button.current?.focus()}
          portalProps={IN_DIALOG}
          withInitialFocusPlaceholder={false}
          position="bottom-end"
          shadow="md"
        >
          <Menu.Target>
            <Anchor />
          </Menu.Target>
          <Menu.Dropdown aria-label="Keep home">
            {one !== undefined && <Menu.Item onClick={() => choose(one)}>Keep this value home</Menu.Item>}
            <Menu.Item onClick={() => choose(everySuchValue(subject, kind, claim))}>
              Keep every {claim.label.toLowerCase()} home ({kind.toLowerCase()})
            </Menu.Item>
            {(subject.kind === 'entity' || subject.kind === 'link') && (
              <Menu.Item onClick={() => choose(wholeSubject(subject))}>
                Keep all of this {kind.toLowerCase()} home
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </span>
  );
}

/** Where the menu stands. What opens it is the button, which says so; this place is nothing to a screen reader. */
function Anchor({ ref, id }: { readonly ref?: Ref<HTMLSpanElement>; readonly id?: string }) {
  return <span ref={ref} id={id} className="keep-anchor" />;
}
