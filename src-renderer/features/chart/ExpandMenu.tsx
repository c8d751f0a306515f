import { Menu } from '@mantine/core';
import { IconArrowDownLeft, IconArrowUpRight, IconEye, IconFolderPlus, IconTopologyStar3 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { SubjectExpansion } from '../../../src-shared/contract/views.ts';
import { useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { countOf, formatCount } from '../../strings/format.ts';
import { lookOf } from '../../ui/appearance.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import { AT_ONCE, type Choice, totalOf } from './expansion.ts';

interface Props {
  readonly subject: SubjectId;
  readonly label: string;
  readonly isOpen: boolean;
  /** Entities that are drawn already. */
  readonly drawn: readonly SubjectId[];
  readonly onExpand: (choice: Choice) => void;
  readonly onInspect: () => void;
  /** Absent when the entity is in the case, or the person may not write. */
  readonly onAddToCase: (() => void) | undefined;
  readonly onClose: () => void;
  /** What the menu hangs on. */
  readonly children: ReactNode;
}

const KINDS_SHOWN = 12;

/** What is linked to an entity and not drawn yet, by kind and direction, before any of it is drawn. */
export function ExpandMenu(props: Props) {
  const { subject, label, isOpen, drawn, onClose, children } = props;
  return (
    <Menu
      opened={isOpen}
      onChange={(opened) => {
        if (!opened) onClose();
      }}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      position="bottom-start"
      width={260}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown aria-label={`Expand ${label}`}>
        {isOpen && <Choices key={subject} {...props} drawn={drawn} />}
      </Menu.Dropdown>
    </Menu>
  );
}

function Choices({ subject, drawn, onExpand, onInspect, onAddToCase }: Props) {
  const answer = useMethod('subject.expand', { subject, exclude: [...drawn], limit: 0 });
  return (
    <>
      <Menu.Item leftSection={<IconEye size={15} />} onClick={onInspect}>
        Inspect
      </Menu.Item>
      {onAddToCase !== undefined && (
        <Menu.Item leftSection={<IconFolderPlus size={15} />} onClick={onAddToCase}>
          Add to this case
        </Menu.Item>
      )}
      <Menu.Divider />
      {answer.isError && <Menu.Label>{explain(answer.error).what}</Menu.Label>}
      {answer.data === undefined ? (
        !answer.isError && <Menu.Label>Looking…</Menu.Label>
      ) : (
        <Counted counts={answer.data.counts} onExpand={onExpand} />
      )}
    </>
  );
}

function Counted({ counts, onExpand }: Pick<SubjectExpansion, 'counts'> & Pick<Props, 'onExpand'>) {
  const kinds = counts.filter(({ direction }) => direction === undefined);
  const total = totalOf(counts);
  const towards = (direction: 'out' | 'in') =>
    counts.filter((count) => count.direction === direction).reduce((sum, { entities }) => sum + entities, 0);
  const [out, into] = [towards('out'), towards('in')];
  if (total === 0) return <Menu.Label>Everything linked to it is drawn.</Menu.Label>;
  return (
    <>
      <Menu.Label>{countOf(total, 'linked entity', 'linked entities')} not drawn</Menu.Label>
      <Row icon={<IconTopologyStar3 size={15} />} label={allWords(total)} count={total} onPress={() => onExpand({})} />
      {kinds.slice(0, KINDS_SHOWN).map(({ type, entities }) => (
        <Row
          key={type}
          icon={<EntityIcon type={type} subjectCategory={undefined} size={18} />}
          label={lookOf(type, undefined).label}
          count={entities}
          onPress={() => onExpand({ types: [type] })}
        />
      ))}
      {kinds.length > KINDS_SHOWN && (
        <Menu.Label>{kinds.length - KINDS_SHOWN} more kinds: expand everything</Menu.Label>
      )}
      {out > 0 && into > 0 && (
        <>
          <Menu.Divider />
          <Row
            icon={<IconArrowUpRight size={15} />}
            label="Links that leave it"
            count={out}
            onPress={() => onExpand({ direction: 'out' })}
          />
          <Row
            icon={<IconArrowDownLeft size={15} />}
            label="Links that reach it"
            count={into}
            onPress={() => onExpand({ direction: 'in' })}
          />
        </>
      )}
    </>
  );
}

interface RowProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly count: number;
  readonly onPress: () => void;
}

function Row({ icon, label, count, onPress }: RowProps) {
  return (
    <Menu.Item leftSection={icon} rightSection={<span dir="ltr">{formatCount(count)}</span>} onClick={onPress}>
      {label}
    </Menu.Item>
  );
}

function allWords(total: number): string {
  return total > AT_ONCE ? `The next ${AT_ONCE}` : 'Everything';
}
