import { useDebouncedValue } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SearchHit } from '../../src-shared/contract/views.ts';
import { useMethod } from '../api/hooks.ts';
import { lookOf } from '../ui/appearance.ts';
import { EntityIcon } from '../ui/EntityIcon.tsx';
import type { Command } from './command.ts';
import { openSubject } from './open-subject.ts';
import { useViewStore } from './view-state.ts';

export interface PaletteItem {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly note: string;
  readonly keys?: string;
  readonly icon: ReactNode;
  readonly run: () => void;
}

const MOST_HITS = 12;
const SETTLE_MS = 120;

/** What fits the query: entities of the whole store first, then commands. A leading `>` asks for commands only. */
export function usePaletteItems(query: string, commands: readonly Command[]) {
  const store = useViewStore();
  const text = query.trim();
  const isForCommands = text.startsWith('>');
  const [settled] = useDebouncedValue(text, SETTLE_MS);
  const isAsking = settled.length > 1 && !isForCommands;
  const answer = useMethod(
    'search.find',
    { text: settled, limit: MOST_HITS },
    { enabled: isAsking, keepsPrevious: true },
  );
  const hits = isAsking ? (answer.data?.hits ?? []) : [];
  const show = (hit: SearchHit) => openSubject(store, hit.id, hit.cases);
  const wanted = text.replace(/^>\s*/, '').toLowerCase();
  const fitting = commands.filter(
    (command) => command.isKeyOnly !== true && `${command.group} ${command.label}`.toLowerCase().includes(wanted),
  );
  return {
    items: [...hits.map((hit) => hitItem(hit, () => show(hit))), ...byGroup(fitting).map(commandItem)],
    isSettled: settled === text && !answer.isFetching,
  };
}

function hitItem(hit: SearchHit, run: () => void): PaletteItem {
  const kind = lookOf(hit.type, hit.subjectCategory).label;
  const matched = hit.matched.value === hit.label ? '' : hit.matched.value;
  const where = hit.cases.length === 0 ? 'in no case' : hit.cases.map((item) => item.title).join(', ');
  return {
    id: hit.id,
    group: 'Entities',
    label: hit.label,
    note: [kind, matched, where].filter((part) => part !== '').join(' · '),
    icon: <EntityIcon type={hit.type} subjectCategory={hit.subjectCategory} size={24} />,
    run,
  };
}

function commandItem(command: Command): PaletteItem {
  return {
    id: command.id,
    group: command.group,
    label: command.label,
    note: '',
    ...(command.keys !== undefined && { keys: command.keys }),
    icon: <IconChevronRight size={16} aria-hidden />,
    run: command.run,
  };
}

function byGroup(commands: readonly Command[]): readonly Command[] {
  const groups = [...new Set(commands.map((command) => command.group))];
  return commands.toSorted((one, other) => groups.indexOf(one.group) - groups.indexOf(other.group));
}
