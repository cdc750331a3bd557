/**
 * The state of a report's page, kept in its address.
 *
 * In: nothing. Out: the state, what its range means, ways to change it. What must hold: every change is a step that
 * "back" undoes; "now" stands still until somebody refreshes, so that the same address gives one question.
 */
import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useUser } from '../../app/UserContext';
import { spanOf, type Span } from '../../components/filters/range';
import { queryOf, stateOf, type ReportState } from './report-url';

export interface ReportPageState {
  state: ReportState;
  zone: string;
  /** Null: the range of the address is no range. */
  span: Span | null;
  /** Grows with each refresh. */
  turn: number;
  change: (changed: Partial<ReportState>) => void;
  refresh: () => void;
}

export function useReportState(): ReportPageState {
  const { me } = useUser();
  const [query, setQuery] = useSearchParams();
  const [asked, setAsked] = useState(() => ({ nowMs: Date.now(), turn: 0 }));
  const state = useMemo(() => stateOf(query), [query]);
  const zone = state.tz ?? me.defaultZone;
  const span = useMemo(() => spanOf(state.range, zone, asked.nowMs), [state.range, zone, asked]);
  const change = useCallback(
    (changed: Partial<ReportState>) => setQuery(queryOf({ ...state, ...changed })),
    [state, setQuery],
  );
  const refresh = useCallback(() => setAsked(({ turn }) => ({ nowMs: Date.now(), turn: turn + 1 })), []);
  return { state, zone, span, turn: asked.turn, change, refresh };
}
