import { useMethod } from '../api/hooks.ts';
import { countOf } from '../strings/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { callsOf } from './stream-calls.ts';
import { useViewStore } from './view-state.ts';

/** On screens without a status line: that a partner's stream shows what cannot be, or that files are kept back. Nothing otherwise. */
export function StreamAlarm() {
  const view = useViewStore();
  const { data } = useMethod('stream.list', {});
  const { alarms, frozen } = callsOf(data?.partners ?? []);
  if (alarms === 0 && frozen === 0) return null;
  return (
    <Notice
      tone={alarms > 0 ? 'crit' : 'warn'}
      title={
        alarms > 0
          ? `${countOf(alarms, 'alarm')} about the files of your partners.`
          : `Files to or from ${countOf(frozen, 'partner')} may be kept back.`
      }
    >
      {alarms > 0 &&
        'Two files contradict each other, a store was put back, an audit log was written anew, or a partner has a file that this vault never sent. '}
      <button type="button" className="link-button" onClick={() => view.set({ screen: 'audit', auditTab: 'streams' })}>
        See the streams
      </button>
    </Notice>
  );
}
