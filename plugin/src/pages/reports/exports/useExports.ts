/**
 * This user's exports: how far they are, and what can be done with them.
 *
 * In: nothing. Out: the list, and ways to make, cancel and remove one. What must hold: progress is asked for only while
 * something is being made and the page is seen.
 */
import { locationUtil } from '@grafana/data';
import { useEffect } from 'react';
import { api, apiUrl, type Query } from '../../../api/client';
import { useResource, type Resource } from '../../../api/useResource';

export type ExportFormat = 'xlsx' | 'pdf' | 'csv' | 'json';

export interface ExportJob {
  id: number;
  report: string;
  format: ExportFormat;
  state: 'queued' | 'running' | 'done' | 'failed' | 'canceled' | 'expired';
  rowsDone: number;
  /** Null: not known. */
  rowsTotal: number | null;
  bytes: number | null;
  error: string | null;
  /** UTC ms. */
  createdAt: number;
  expiresAt: number | null;
}

export interface ExportWish {
  format: ExportFormat;
  lang: string;
  paper: 'A4' | 'LETTER';
  orientation: 'portrait' | 'landscape';
  /** CSV: a byte order mark, without which Excel does not read UTF-8. */
  bom: boolean;
}

interface Page {
  rows: ExportJob[];
}

const PROGRESS_MS = 1000;

export const isUnderWay = ({ state }: Pick<ExportJob, 'state'>): boolean =>
  state === 'queued' || state === 'running';

export function useExports(): Resource<ExportJob[]> {
  const { data, reload, ...rest } = useResource<Page>('exports');
  const isBusy = data?.rows.some(isUnderWay) ?? false;
  useEffect(() => {
    if (!isBusy) {
      return;
    }
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), PROGRESS_MS);
    return () => clearInterval(timer);
  }, [isBusy, reload]);
  return { ...rest, reload, data: data && data.rows };
}

/** Lists and numbers as they are; what is empty is left out. */
export function bodyOf(
  report: string,
  query: Query,
  { format, lang, paper, orientation, bom }: ExportWish,
): object {
  const params = Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );
  return {
    report,
    params,
    format,
    lang,
    ...(format === 'pdf' && { paper, orientation }),
    ...(format === 'csv' && { bom }),
  };
}

/** @throws ApiError */
export const makeExport = (report: string, query: Query, wish: ExportWish): Promise<ExportJob> =>
  api.post<ExportJob>('exports', bodyOf(report, query, wish));

/** Cancels what is being made, removes what is there. @throws ApiError */
export const removeExport = (id: number): Promise<unknown> => api.delete(`exports/${id}`);

export const fileUrl = (id: number): string => locationUtil.assureBaseUrl(apiUrl(`exports/${id}/file`));
