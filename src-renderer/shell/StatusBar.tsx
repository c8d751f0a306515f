import { useIsMutating } from '@tanstack/react-query';
import { countOf, formatCount } from '../strings/format.ts';
import { IconAlertTriangle, IconDeviceFloppy, IconUser } from '@tabler/icons-react';
import type { CaseChart, VaultStatus } from '../../src-shared/contract/views.ts';
import { NO_FILTERS, type Passing, activeFacets } from '../features/filters/filters.ts';
import { LockCountdown } from './LockCountdown.tsx';
import { StoreMark } from './StoreMark.tsx';
import { StreamMark } from './StreamMark.tsx';
import { useView, useViewStore } from './view-state.ts';

interface Props {
  readonly chart: CaseChart;
  readonly passing: Passing;
  readonly status: VaultStatus;
}

const ROLES: { readonly [R in VaultStatus['role']]: string } = {
  analyst: 'analyst',
  officer: 'exchange officer',
  lead: 'lead',
};

const PLACES = { network: 'Vault on a network drive', synced: 'Vault in a synced folder' } as const;

/** What is shown of what is there, whether it is saved, who is here, and when the vault locks. */
export function StatusBar({ chart, passing, status }: Props) {
  const store = useViewStore();
  const filters = useView((state) => state.filters);
  const isSaving = useIsMutating() > 0;
  const facets = activeFacets(filters);
  const hidden = chart.entities.length - passing.entities.size + chart.links.length - passing.links.size;
  return (
    <footer className="statusbar" data-pane="status">
      <span>
        {!chart.isWhole && 'Drawn: '}
        {count(passing.entities.size, chart.entities.length, 'entity', 'entities')} ·{' '}
        {count(passing.links.size, chart.links.length, 'link', 'links')}
        {!chart.isWhole && `, of ${countOf(chart.case.entities, 'entity', 'entities')} in the case`}
      </span>
      <span>
        {facets === 0 ? (
          'Filters: none'
        ) : (
          <>
            {hidden} {filters.mode === 'dim' ? 'dimmed' : 'hidden'} by {facets} {facets === 1 ? 'filter' : 'filters'}
            <button
              type="button"
              className="link-button"
              onClick={() => store.set({ filters: { ...NO_FILTERS, mode: filters.mode } })}
            >
              Clear
            </button>
          </>
        )}
      </span>
      <span className="statusbar-gap" />
      <StreamMark />
      <StoreMark isReadOnly={status.isReadOnly} />
      {status.place.kind !== 'local' && (
        <span title="Keep the vault on a disk of this machine, in a folder that is not synced.">
          <IconAlertTriangle size={13} aria-hidden /> {PLACES[status.place.kind]}
        </span>
      )}
      {!status.isReadOnly && (
        <span>
          <IconDeviceFloppy size={13} aria-hidden /> {isSaving ? 'Saving…' : 'All changes saved'}
        </span>
      )}
      <span className="statusbar-who">
        <IconUser size={13} aria-hidden />
        <span>
          <bdi>{status.agency}</bdi> · <bdi>{status.user}</bdi>, {ROLES[status.role]}
        </span>
      </span>
      <LockCountdown minutes={status.autoLockMinutes} />
    </footer>
  );
}

function count(shown: number, all: number, one: string, many: string): string {
  return shown === all ? countOf(all, one, many) : `${formatCount(shown)} of ${countOf(all, one, many)}`;
}
