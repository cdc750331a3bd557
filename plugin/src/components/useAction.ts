/**
 * A change asked of the collector: whether it runs, and what went wrong.
 *
 * In: an async function. Out: `run` (resolves to true when it worked), `isRunning`, `error`. What must hold: one at a time.
 */
import { useCallback, useState } from 'react';
import { toApiError, type ApiError } from '../api/errors';

export interface Action {
  run: (change: () => Promise<unknown>) => Promise<boolean>;
  isRunning: boolean;
  error: ApiError | null;
  clear: () => void;
}

export function useAction(): Action {
  const [isRunning, setIsRunning] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const run = useCallback(async (change: () => Promise<unknown>) => {
    setIsRunning(true);
    setError(null);
    try {
      await change();
      return true;
    } catch (thrown) {
      setError(toApiError(thrown));
      return false;
    } finally {
      setIsRunning(false);
    }
  }, []);
  return { run, isRunning, error, clear: useCallback(() => setError(null), []) };
}
