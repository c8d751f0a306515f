import type { VaultStatus } from '../../src-shared/contract/views.ts';
import { useMethod } from '../api/hooks.ts';
import { Notice } from '../ui/Notice.tsx';
import { useViewStore } from './view-state.ts';

interface Props {
  readonly status: VaultStatus;
}

/** On screens without a status line: that the store is not what was written, or open for reading only. Nothing otherwise. */
export function StoreAlarm({ status }: Props) {
  const view = useViewStore();
  const { data } = useMethod('store.state', {});
  if (data?.phase !== 'damaged' && !status.isReadOnly) return null;
  return (
    <Notice
      tone={status.isReadOnly ? 'warn' : 'crit'}
      title={status.isReadOnly ? 'This vault is open for reading only.' : 'The store of this vault is damaged.'}
    >
      {status.isReadOnly && 'Nothing can be changed, and something may be missing. '}
      {!status.isReadOnly &&
        (data?.advice === 'rebuild'
          ? 'Every record is there and right, but search and drawings may be wrong. '
          : 'Do not go on working. ')}
      <button type="button" className="link-button" onClick={() => view.set({ screen: 'vault' })}>
        What to do
      </button>
    </Notice>
  );
}
