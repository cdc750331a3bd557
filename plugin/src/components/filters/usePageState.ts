/**
 * The state of a page of the past, kept in its address: a range of time, a zone, and whatever else the page has.
 *
 * In: how the state is read from and written to the address. Out: the state, what its range means, ways to change it. What
 * must hold: every change is a step that "back" undoes; "now" stands still until somebody refreshes, so that the same address
 * gives one question.
 */
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useUser } from '../../app/UserContext';
import { spanOf, type RawRange, type Span } from './range';

interface Timed {
  range: RawRange;
  /** IANA zone; null: the site's. */
  tz: string | null;
}

export interface PageState<State extends Timed> {
  state: State;
  zone: string;
  /** Null: the range of the address is no range. */
  span: Span | null;
  /** Grows with each refresh. */
  turn: number;
  change: (changed: Partial<State>) => void;
  refresh: () => void;
}

/** Both functions are the same at every call. */
export function usePageState<State extends Timed>(
  stateOf: (query: URLSearchParams) => State,
  queryOf: (state: State) => URLSearchParams,
): PageState<State> {
  const { me } = useUser();
  const [query, setQuery] = useSearchParams();
  const [asked, setAsked] = useState(() => ({ nowMs: Date.now(), turn: 0 }));
  const state = useMemo(() => stateOf(query), [stateOf, query]);
  const zone = state.tz ?? me.defaultZone;
  const span = useMemo(() => spanOf(state.range, zone, asked.nowMs), [state.range, zone, asked]);
  const change = useCallback(
    (changed: Partial<State>) => setQuery(queryOf({ ...state, ...changed })),
    [queryOf, state, setQuery],
  );
  const refresh = useCallback(() => setAsked(({ turn }) => ({ nowMs: Date.now(), turn: turn + 1 })), []);
  return { state, zone, span, turn: asked.turn, change, refresh };
}
