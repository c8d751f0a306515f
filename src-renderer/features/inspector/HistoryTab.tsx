import type { RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import type { HistoryItem } from '../../../src-shared/contract/views.ts';
import type { Ask } from './ask.ts';
import { HistoryEntry } from './HistoryEntry.tsx';

interface Props {
  readonly subject: SubjectId;
  readonly history: readonly HistoryItem[];
  readonly canWrite: boolean;
  readonly onAsk: (ask: Ask) => void;
}

/** Every record about the subject, newest first: live, superseded or retracted, and by which one. Nothing is ever overwritten. */
export function HistoryTab({ subject, history, canWrite, onAsk }: Props) {
  const newestFirst = history.toSorted((one, other) => (one.created < other.created ? 1 : -1));
  const numbers = new Map<RecordId, number>(
    newestFirst.map((item, index) => [item.record, newestFirst.length - index]),
  );
  return (
    <ol className="inspector-plain inspector-panel" reversed>
      {newestFirst.map((item) => (
        <HistoryEntry
          key={item.record}
          item={item}
          number={numbers.get(item.record) ?? 0}
          replacedBy={item.by === undefined ? undefined : numbers.get(item.by)}
          canChange={
            canWrite && item.isOurs && item.state === 'live' && (item.kind === 'entity' || item.kind === 'link')
          }
          onEdit={() => onAsk({ kind: 'edit-record', subject, record: item.record })}
          onRetract={() => onAsk({ kind: 'retract', subject, records: [item.record] })}
          canTakeBack={canWrite}
          onTakeBack={(permission) => onAsk({ kind: 'retract', subject, records: [permission] })}
        />
      ))}
    </ol>
  );
}
