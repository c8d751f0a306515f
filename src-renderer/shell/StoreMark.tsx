import { IconAlertTriangle, IconShieldCheck, IconShieldSearch } from '@tabler/icons-react';
import type { StoreState } from '../../src-shared/contract/views.ts';
import { useMethod } from '../api/hooks.ts';
import { formatTime } from '../strings/format.ts';
import { useViewStore } from './view-state.ts';

interface Props {
  readonly isReadOnly: boolean;
}

/** Whether the store is what was written: being proved, proved whole, or an alarm that leads to what to do. */
export function StoreMark({ isReadOnly }: Props) {
  const view = useViewStore();
  const { data } = useMethod('store.state', {});
  if (data === undefined) return null;
  if (data.phase === 'damaged' || isReadOnly) {
    return (
      <span className="statusbar-alarm" role="alert">
        <IconAlertTriangle size={13} aria-hidden />
        <button type="button" className="link-button" onClick={() => view.set({ screen: 'vault' })}>
          {isReadOnly ? 'Open for reading only' : 'Store damaged: what to do'}
        </button>
      </span>
    );
  }
  const Icon = data.phase === 'whole' ? IconShieldCheck : IconShieldSearch;
  return (
    <span>
      <Icon size={13} aria-hidden /> {markText(data)}
    </span>
  );
}

function markText({ phase, done, total, provedAt }: StoreState): string {
  if (phase === 'proving') return `Store: checking ${Math.floor((100 * done) / Math.max(1, total))} %`;
  return phase === 'whole' && provedAt !== undefined
    ? `Store proved whole ${formatTime(provedAt)}`
    : 'Store not proved';
}
