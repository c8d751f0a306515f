import { IconLock } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useView } from './view-state.ts';

interface Props {
  readonly minutes: number;
}

const TICK_MS = 15_000;

/** How long until the vault locks itself without input. The vault process keeps the time; this only tells it. */
export function LockCountdown({ minutes }: Props) {
  const touchedAt = useView((state) => state.touchedAt);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(1, Math.ceil(minutes - Math.max(0, now - touchedAt) / 60_000));
  return (
    <span>
      <IconLock size={13} aria-hidden /> Locks in {left} min
    </span>
  );
}
