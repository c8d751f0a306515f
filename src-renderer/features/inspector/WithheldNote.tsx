import { IconEyeOff } from '@tabler/icons-react';
import type { HistoryItem } from '../../../src-shared/contract/views.ts';

interface Props {
  readonly history: readonly HistoryItem[];
}

/** What senders kept back. We hold a proof that something was said, and not what. */
export function WithheldNote({ history }: Props) {
  const counts = new Map<string, number>();
  for (const item of history) {
    if (item.state === 'live' && item.withheld > 0) {
      counts.set(item.authorName, (counts.get(item.authorName) ?? 0) + item.withheld);
    }
  }
  if (counts.size === 0) return null;
  return (
    <div className="withheld-note">
      <IconEyeOff size={16} aria-hidden />
      <div>
        {[...counts].map(([name, count]) => (
          <p key={name}>
            {count === 1 ? '1 detail was' : `${count} details were`} withheld by <bdi>{name}</bdi>.
          </p>
        ))}
        <p className="withheld-hint">The record is still proved to be theirs. Ask them if you need to know more.</p>
      </div>
    </div>
  );
}
