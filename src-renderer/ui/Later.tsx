import { type ReactNode, startTransition, useEffect, useState } from 'react';

interface Props {
  readonly children: ReactNode;
}

/** Shows its content one frame after it is shown itself: what is looked at first does not wait for what stands beside it. */
export function Later({ children }: Props) {
  const [isTime, setTime] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => startTransition(() => setTime(true)));
    return () => cancelAnimationFrame(frame);
  }, []);
  return isTime && children;
}
