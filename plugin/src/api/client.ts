/**
 * The collector's API as functions.
 *
 * In: a path below `/api/v1` and parameters. Out: the answer's JSON. What must hold: everything goes through Grafana's
 * proxy; a failure is an `ApiError`; an aborted request never resolves late.
 */
import { getBackendSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import { API_BASE_URL } from '../constants';
import { ApiError, toApiError } from './errors';

export type QueryValue = string | number | boolean | readonly string[] | null | undefined;
export type Query = Readonly<Record<string, QueryValue>>;

interface Options {
  query?: Query;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** @throws ApiError; also for a request that was aborted (`kind: 'failed'`, status 0), which callers drop by their signal */
async function request<T>(
  method: Method,
  path: string,
  { query, body, headers, signal }: Options = {},
): Promise<T> {
  try {
    const answer = await lastValueFrom(
      getBackendSrv().fetch<T>({
        method,
        url: apiUrl(path, query),
        data: body,
        ...(headers && { headers }),
        abortSignal: signal,
        // Every page shows its errors where they happened.
        showErrorAlert: false,
        showSuccessAlert: false,
      }),
    );
    return answer.data;
  } catch (thrown) {
    throw toApiError(thrown) ?? new ApiError('aborted', 'failed', 0);
  }
}

/** The address of an answer, for links, downloads, players and event streams. */
export function apiUrl(path: string, query: Query = {}): string {
  const search = queryString(query);
  return `${API_BASE_URL}/${path}${search === '' ? '' : `?${search}`}`;
}

/** A list is a parameter given several times, for its values may hold commas; what is null, undefined, or empty is left out. */
export function queryString(query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== '') {
        params.append(name, String(one));
      }
    }
  }
  return params.toString();
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => request<T>('GET', path, { query, signal }),
  post: <T>(path: string, body?: unknown, signal?: AbortSignal) => request<T>('POST', path, { body, signal }),
  postCsv: <T>(path: string, csv: string, query?: Query) =>
    request<T>('POST', path, { body: csv, query, headers: { 'Content-Type': 'text/csv' } }),
  put: <T>(path: string, body: unknown) => request<T>('PUT', path, { body }),
  patch: <T>(path: string, body: unknown) => request<T>('PATCH', path, { body }),
  delete: <T>(path: string, query?: Query) => request<T>('DELETE', path, { query }),
};
