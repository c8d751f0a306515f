import { ActionIcon } from '@mantine/core';
import { IconArrowsRightLeft } from '@tabler/icons-react';
import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { SubjectView } from '../../../src-shared/contract/views.ts';
import { formatCount } from '../../strings/format.ts';
import { EntityButton } from './EntityButton.tsx';

interface Props {
  readonly links: SubjectView['links'];
  /** How many there are; the list holds the first of them. */
  readonly total: number;
  readonly onSelect: (subject: SubjectId) => void;
}

/** Everything linked to the subject, in the whole store; pressing the name goes there, the arrows go to the link itself. */
export function LinksTab({ links, total, onSelect }: Props) {
  if (links.length === 0) return <p className="inspector-empty inspector-panel">Nothing is linked to it yet.</p>;
  return (
    <ul className="inspector-plain inspector-panel">
      {links.map(({ link, other, direction }) => {
        const kind = linkKind(link.type);
        const words = direction === 'in' ? kind.inverse : kind.label;
        return (
          <li key={link.id} className="link-row">
            <EntityButton
              entity={other}
              note={
                <>
                  {words}
                  <small>{link.confidence}</small>
                </>
              }
              onPress={() => onSelect(other.id)}
            />
            <ActionIcon
              size={24}
              aria-label={`Show the link: ${words} ${other.label}`}
              onClick={() => onSelect(link.id)}
            >
              <IconArrowsRightLeft size={14} />
            </ActionIcon>
          </li>
        );
      })}
      {total > links.length && (
        <li className="inspector-empty">
          The first {links.length} of {formatCount(total)}. Expand it on the drawing to see more.
        </li>
      )}
    </ul>
  );
}
