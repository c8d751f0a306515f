import { useEffect, useEffectEvent } from 'react';

/** Tells whoever shows this whenever a fact changes; when it is gone, that it does not hold any more. */
export function useReported(isSo: boolean, onChange: (isSo: boolean) => void): void {
  const report = useEffectEvent(onChange);
  useEffect(() => {
    if (!isSo) return undefined;
    report(true);
    return () => report(false);
  }, [isSo]);
}
