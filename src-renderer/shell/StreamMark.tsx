import { IconAlertTriangle } from '@tabler/icons-react';
import { useMethod } from '../api/hooks.ts';
import { countOf } from '../strings/format.ts';
import { callsOf } from './stream-calls.ts';
import { useViewStore } from './view-state.ts';

/** In the status line: alarms about partners' streams, leading to them. Nothing when there is none. */
export function StreamMark() {
  const view = useViewStore();
  const { data } = useMethod('stream.list', {});
  const { alarms, frozen } = callsOf(data?.partners ?? []);
  if (alarms === 0 && frozen === 0) return null;
  return (
    <span {...(alarms > 0 && { className: 'statusbar-alarm', role: 'alert' })}>
      <IconAlertTriangle size={13} aria-hidden />
      <button type="button" className="link-button" onClick={() => view.set({ screen: 'audit', auditTab: 'streams' })}>
        {alarms > 0 ? `Streams: ${countOf(alarms, 'alarm')}` : 'Streams: files may be kept back'}
      </button>
    </span>
  );
}
