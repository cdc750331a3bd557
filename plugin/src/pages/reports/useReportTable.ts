/**
 * A report's answer: its first page, and further ones on demand.
 *
 * In: the report and its parameters (null: not known yet). Out: one table that grows. What must hold: pages of an older
 * question are never added to the answer of a newer one; totals and further tables are those of the first page.
 */
import { useCallback, useEffect, useState } from 'react';
import { api, queryString, type Query } from '../../api/client';
import { toApiError, type ApiError } from '../../api/errors';
import type { ReportTable } from '../../api/types';
import { activeLanguage } from '../../i18n/language';

const PAGE_ROWS = 200;

export interface LoadedReport {
  table: ReportTable | null;
  error: ApiError | null;
  isLoading: boolean;
  /** Null: all rows are there. */
  loadMore: (() => void) | null;
  isLoadingMore: boolean;
}

interface Answer {
  asked: string;
  table: ReportTable | null;
  error: ApiError | null;
  isLoadingMore: boolean;
}

const NOTHING: Answer = { asked: '', table: null, error: null, isLoadingMore: false };

/** @param turn another one asks again */
export function useReportTable(name: string, query: Query | null, isPaged: boolean, turn = 0): LoadedReport {
  const [answer, setAnswer] = useState<Answer>(NOTHING);
  const search =
    query && queryString({ ...query, lang: activeLanguage(), ...(isPaged && { limit: PAGE_ROWS }) });
  const asked = search === null ? null : `${turn} reports/${name}?${search}`;

  useEffect(() => {
    if (asked === null) {
      return;
    }
    const abort = new AbortController();
    api.get<ReportTable>(asked.slice(asked.indexOf(' ') + 1), undefined, abort.signal).then(
      (table) => !abort.signal.aborted && setAnswer({ ...NOTHING, asked, table }),
      (thrown) => {
        if (!abort.signal.aborted) {
          setAnswer({ ...NOTHING, asked, error: toApiError(thrown) });
        }
      },
    );
    return () => abort.abort();
  }, [asked]);

  const cursor = answer.table?.meta.page?.nextCursor ?? null;
  const loadMore = useCallback(async () => {
    if (asked === null || cursor === null) {
      return;
    }
    setAnswer((before) => ({ ...before, isLoadingMore: true }));
    const path = `${asked.slice(asked.indexOf(' ') + 1)}&${queryString({ cursor })}`;
    try {
      const page = await api.get<ReportTable>(path);
      setAnswer((before) => (before.asked === asked ? withPage(before, page) : before));
    } catch (thrown) {
      const error = toApiError(thrown);
      setAnswer((before) => (before.asked === asked ? { ...before, error, isLoadingMore: false } : before));
    }
  }, [asked, cursor]);

  return {
    table: answer.table,
    error: answer.error,
    isLoading: asked !== null && asked !== answer.asked,
    loadMore: cursor === null ? null : () => void loadMore(),
    isLoadingMore: answer.isLoadingMore,
  };
}

function withPage({ table, ...answer }: Answer, page: ReportTable): Answer {
  if (table === null) {
    return { ...answer, table };
  }
  const meta = {
    ...table.meta,
    page: { ...table.meta.page, ...page.meta.page } as ReportTable['meta']['page'],
  };
  return {
    ...answer,
    isLoadingMore: false,
    table: { ...table, rows: [...table.rows, ...page.rows], meta },
  };
}
