/** The clock panels tick on. In: how far the collector's clock is ahead. Out: its time (UTC ms), again each second. */
import { useEffect, useState } from 'react';

export function useNow(clockOffsetMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now + clockOffsetMs;
}

/** Whole seconds since an instant; null: unknown. Clocks that differ by a little do not count below 0. */
export const secondsSince = (since: number | null, now: number): number | null =>
  since === null ? null : Math.max(0, Math.floor((now - since) / 1_000));
