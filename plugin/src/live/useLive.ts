/** The live state and the collector's clock in components. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { liveStore } from './store';
import type { LiveState } from './types';

export function useLive(): LiveState {
  return useLivePart(whole);
}

/** @param select takes a part, as `({ data }) => data?.queues`; it must not make a new object each time. */
export function useLivePart<T>(select: (state: LiveState) => T): T {
  const store = liveStore();
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}

const whole = (state: LiveState): LiveState => state;

/** The collector's clock (UTC ms), again each second while it is asked for. */
export function useNow(): number {
  const { now } = liveStore();
  const [at, setAt] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), 1_000);
    return () => clearInterval(timer);
  }, [now]);
  return at;
}
