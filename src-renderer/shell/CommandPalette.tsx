import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { SearchHit } from '../../src-shared/contract/views.ts';
import { useMethod } from '../api/hooks.ts';
import { lookOf } from '../ui/appearance.ts';
import { EntityIcon } from '../ui/EntityIcon.tsx';
import { Keys } from '../ui/Keys.tsx';
import type { Command } from './command.ts';
import { openCase, useView, useViewStore } from './view-state.ts';

interface Props {
  readonly commands: readonly Command[];
}

const MOST_HITS = 12;

/** One box for "go to" and "do". A leading `>` looks for commands only. */
export function CommandPalette({ commands }: Props) {
  const store = useViewStore();
  const caseId = useView((state) => state.caseId);
  const [query, setQuery] = useState('');
  const [settled] = useDebouncedValue(query.trim(), 120);
  const isForCommands = query.startsWith('>');
  const found = useMethod(
    'search.find',
    { text: settled, limit: MOST_HITS },
    { enabled: settled.length > 1 && !isForCommands, keepsPrevious: true },
  );
  const hits = settled.length > 1 && !isForCommands ? (found.data?.hits ?? []) : [];
  const show = (hit: SearchHit) => {
    const home = hit.cases.find((candidate) => candidate.id === caseId) ?? hit.cases[0];
    if (home !== undefined) openCase(store, home.id);
    store.set({ selection: [hit.id] });
  };
  const wanted = query.replace(/^>/, '').trim().toLowerCase();
  const groups = commandGroups(commands.filter((command) => command.label.toLowerCase().includes(wanted)));
  const entities = hits.length === 0 ? [] : [{ group: 'Entities', actions: hits.map((hit) => hitAction(hit, show)) }];
  return (
    <Spotlight
      query={query}
      onQueryChange={setQuery}
      actions={[...entities, ...groups]}
      filter={(_query, actions) => actions}
      nothingFound={settled === '' ? 'Type a name, a number, a plate, or a command.' : 'Nothing found.'}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Type a command, or a name, number or plate',
        'aria-label': 'Command, name, number or plate',
      }}
      lockScroll={false}
      overlayProps={{ blur: 0, backgroundOpacity: 0.28 }}
      scrollable
      maxHeight={480}
      shortcut={null}
      clearQueryOnClose
    />
  );
}

function hitAction(hit: SearchHit, onShow: (hit: SearchHit) => void): SpotlightActionData {
  const kind = lookOf(hit.type, hit.subjectCategory).label;
  const where = hit.cases.map((item) => item.title).join(', ');
  return {
    id: hit.id,
    label: hit.label,
    description: [kind, matchWords(hit), where].filter((part) => part !== '').join(' · '),
    leftSection: <EntityIcon type={hit.type} subjectCategory={hit.subjectCategory} size={24} />,
    dimmedSections: false,
    onClick: () => onShow(hit),
  };
}

/** What was matched, unless it is the label itself. */
function matchWords(hit: SearchHit): string {
  return hit.matched.value === hit.label ? '' : hit.matched.value;
}

function commandGroups(commands: readonly Command[]): SpotlightActionGroupData[] {
  const shown = commands.filter((command) => command.isKeyOnly !== true);
  const groups = [...new Set(shown.map((command) => command.group))];
  return groups.map((group) => ({
    group,
    actions: shown
      .filter((command) => command.group === group)
      .map((command) => ({
        id: command.id,
        label: command.label,
        rightSection: command.keys === undefined ? null : <Keys keys={command.keys} />,
        dimmedSections: false,
        onClick: command.run,
      })),
  }));
}
