/**
 * One resource of the API in a component: loaded, reloaded, refreshed.
 *
 * In: a path (null: nothing to load yet) and parameters. Out: the data, whether it is loading, the error. What must
 * hold: answers that come late, for parameters no longer asked for, are dropped; while new data load the old stay.
 */
import { useCallback, useEffect, useState } from 'react';
import { api, queryString, type Query } from './client';
import { type ApiError, toApiError } from './errors';

export interface Resource<T> {
  data: T | null;
  error: ApiError | null;
  /** True also while data of before are still shown. */
  isLoading: boolean;
  reload: () => void;
}

/** The newest answer, and to what. */
interface Answered<T> {
  asked: string | null;
  data: T | null;
  error: ApiError | null;
}

interface Options<T> {
  /** Loads again this often while the page is visible; a function decides by what was loaded. */
  refreshMs?: number | ((data: T | null) => number | undefined);
}

export function useResource<T>(
  path: string | null,
  query: Query = {},
  { refreshMs }: Options<T> = {},
): Resource<T> {
  const [state, setState] = useState<Answered<T>>({ asked: null, data: null, error: null });
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const search = queryString(query);
  const asked = path === null ? null : `${turn} ${path}?${search}`;

  useEffect(() => {
    if (path === null || asked === null) {
      return;
    }
    const abort = new AbortController();
    api.get<T>(search === '' ? path : `${path}?${search}`, undefined, abort.signal).then(
      (data) => !abort.signal.aborted && setState({ asked, data, error: null }),
      (thrown) => {
        if (!abort.signal.aborted) {
          setState((before) => ({ asked, data: before.data, error: toApiError(thrown) }));
        }
      },
    );
    return () => abort.abort();
  }, [path, search, asked]);

  const everyMs = typeof refreshMs === 'function' ? refreshMs(state.data) : refreshMs;
  useEffect(() => {
    if (everyMs === undefined) {
      return;
    }
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);

  return {
    data: path === null ? null : state.data,
    error: path === null ? null : state.error,
    isLoading: asked !== null && asked !== state.asked,
    reload,
  };
}
