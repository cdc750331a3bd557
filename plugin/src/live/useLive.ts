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

const LARGE = 1_000;
const LARGE_EVERY_MS = 500;

/** For pages that draw much of it: of a large site twice a second at most. */
export function usePacedLive(): LiveState {
  const store = liveStore();
  const [state, setState] = useState(store.getState);
  useEffect(() => {
    let shownAt = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = undefined;
      shownAt = Date.now();
      setState(store.getState());
    };
    const changed = () => {
      const { data } = store.getState();
      const rows = data === null ? 0 : data.queues.length + data.agents.length;
      const pauseMs = rows > LARGE ? shownAt + LARGE_EVERY_MS - Date.now() : 0;
      if (pauseMs <= 0) {
        clearTimeout(timer);
        show();
      } else {
        timer ??= setTimeout(show, pauseMs);
      }
    };
    const end = store.subscribe(changed);
    changed();
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [store]);
  return state;
}

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
