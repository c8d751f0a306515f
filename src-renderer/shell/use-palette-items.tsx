import { IconChevronRight, IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SearchHit } from '../../src-shared/contract/views.ts';
import { useAsTyped } from '../api/use-as-typed.ts';
import { changed, NO_WISH } from '../features/search/search-wish.ts';
import { lookOf } from '../ui/appearance.ts';
import { EntityIcon } from '../ui/EntityIcon.tsx';
import { Highlighted } from '../ui/Highlighted.tsx';
import { MatchedBy } from '../ui/MatchedBy.tsx';
import type { Command } from './command.ts';
import { openSubject } from './open-subject.ts';
import { useViewStore } from './view-state.ts';

export interface PaletteItem {
  readonly id: string;
  readonly group: string;
  readonly label: ReactNode;
  readonly note: ReactNode;
  /** False for a hit of what was typed before: shown until the new ones are there, never run. */
  readonly isReady: boolean;
  readonly keys?: string;
  readonly icon: ReactNode;
  readonly run: () => void;
}

const MOST_HITS = 12;

/** What fits the query: entities of the whole store first, then commands. A leading `>` asks for commands only. */
export function usePaletteItems(query: string, commands: readonly Command[]) {
  const store = useViewStore();
  const text = query.trim();
  const isForCommands = text.startsWith('>');
  const isAsking = text !== '' && !isForCommands;
  const answer = useAsTyped('search.find', isAsking ? { text, limit: MOST_HITS } : undefined);
  const hits = answer.data?.hits ?? [];
  const show = (hit: SearchHit) => openSubject(store, hit.id, hit.cases);
  const wanted = text.replace(/^>\s*/, '').toLowerCase();
  const fitting = commands.filter(
    (command) => command.isKeyOnly !== true && `${command.group} ${command.label}`.toLowerCase().includes(wanted),
  );
  const search = allItem(text, () => store.set({ screen: 'search', search: changed(NO_WISH, { text }) }));
  return {
    items: [
      ...hits.map((hit) => hitItem(hit, answer.isCurrent, () => show(hit))),
      ...(answer.data?.more === true ? [search] : []),
      ...byGroup(fitting).map(commandItem),
    ],
    isSettled: !isAsking || answer.isCurrent,
  };
}

function hitItem(hit: SearchHit, isReady: boolean, run: () => void): PaletteItem {
  const kind = lookOf(hit.type, hit.subjectCategory).label;
  const where = hit.cases.length === 0 ? 'in no case' : hit.cases.map((item) => item.title).join(', ');
  return {
    id: hit.id,
    group: 'Entities',
    label: <Highlighted text={hit.label} ranges={hit.labelRanges} />,
    note: (
      <>
        <small>
          <bdi>{`${kind} · ${where}`}</bdi>
        </small>
        <MatchedBy label={hit.label} matched={hit.matched} sources={hit.sources} />
      </>
    ),
    icon: <EntityIcon type={hit.type} subjectCategory={hit.subjectCategory} size={24} />,
    isReady,
    run,
  };
}

function allItem(text: string, run: () => void): PaletteItem {
  return {
    id: 'all-hits',
    group: 'Entities',
    label: (
      <>
        All hits for “<bdi>{text}</bdi>”
      </>
    ),
    note: undefined,
    icon: <IconSearch size={16} aria-hidden />,
    isReady: true,
    run,
  };
}

function commandItem(command: Command): PaletteItem {
  return {
    id: command.id,
    group: command.group,
    label: command.label,
    note: undefined,
    isReady: true,
    ...(command.keys !== undefined && { keys: command.keys }),
    icon: <IconChevronRight size={16} aria-hidden />,
    run: command.run,
  };
}

function byGroup(commands: readonly Command[]): readonly Command[] {
  const groups = [...new Set(commands.map((command) => command.group))];
  return commands.toSorted((one, other) => groups.indexOf(one.group) - groups.indexOf(other.group));
}
