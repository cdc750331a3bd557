/**
 * Grafana's HTTP client for plugins, by `fetch`.
 *
 * In: a request as plugins make it. Out: an observable of one answer, or a `FetchError`. What must hold: unsubscribing and
 * the request's signal abort it; a newer request of the same `requestId` cancels the older; notifications follow
 * Grafana's rules.
 */
import { AppEvents, type EventBusSrv } from '@grafana/data';
import type { BackendSrv, BackendSrvRequest, FetchError, FetchResponse } from '@grafana/runtime';
import { lastValueFrom, Observable } from 'rxjs';

export class HostBackendSrv implements BackendSrv {
  readonly #events: EventBusSrv;
  readonly #byRequestId = new Map<string, AbortController>();

  constructor(events: EventBusSrv) {
    this.#events = events;
  }

  fetch<T>(options: BackendSrvRequest): Observable<FetchResponse<T>> {
    return new Observable((subscriber) => {
      const abort = this.#newAbort(options);
      this.#ask<T>(options, abort.signal).then(
        (response) => {
          subscriber.next(response);
          subscriber.complete();
        },
        (error: unknown) => subscriber.error(error),
      );
      return () => abort.abort();
    });
  }

  /** Grafana gives the body in pieces; here it comes as one. */
  chunked(options: BackendSrvRequest): Observable<FetchResponse<Uint8Array | undefined>> {
    return new Observable((subscriber) => {
      const request = this.fetch<ArrayBuffer>({ ...options, responseType: 'arraybuffer' });
      return request.subscribe({
        next: (response) => subscriber.next({ ...response, data: new Uint8Array(response.data) }),
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
  }

  async request<T = unknown>(options: BackendSrvRequest): Promise<T> {
    return (await this.datasourceRequest<T>(options)).data;
  }

  datasourceRequest<T = unknown>(options: BackendSrvRequest): Promise<FetchResponse<T>> {
    return lastValueFrom(this.fetch<T>(options));
  }

  get<T = unknown>(
    url: string,
    params?: BackendSrvRequest['params'],
    requestId?: string,
    options?: Partial<BackendSrvRequest>,
  ): Promise<T> {
    return this.request<T>({ ...options, method: 'GET', url, params, requestId });
  }

  delete<T = unknown>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, method: 'DELETE', url, data });
  }

  post<T = unknown>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, method: 'POST', url, data });
  }

  patch<T = unknown>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, method: 'PATCH', url, data });
  }

  put<T = unknown>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, method: 'PUT', url, data });
  }

  #newAbort({ requestId, abortSignal }: BackendSrvRequest): AbortController {
    const abort = new AbortController();
    if (abortSignal?.aborted) {
      abort.abort();
    }
    abortSignal?.addEventListener('abort', () => abort.abort(), { once: true });
    if (requestId !== undefined) {
      this.#byRequestId.get(requestId)?.abort();
      this.#byRequestId.set(requestId, abort);
    }
    return abort;
  }

  async #ask<T>(config: BackendSrvRequest, signal: AbortSignal): Promise<FetchResponse<T>> {
    let response: Response;
    let data: T;
    try {
      response = await fetch(addressOf(config), { ...initOf(config), signal });
      data = (await bodyOf(response, config.responseType)) as T;
    } catch (error) {
      throw signal.aborted ? cancelled(config) : error;
    }
    if (!response.ok) {
      const failure: FetchError = { status: response.status, statusText: response.statusText, data, config };
      this.#tellOfFailure(failure);
      throw failure;
    }
    this.#tellOfSuccess(config, data);
    const { status, statusText, ok, headers, redirected, type, url } = response;
    return { data, status, statusText, ok, headers, redirected, type, url, config };
  }

  #tellOfFailure({ config, data, status, statusText }: FetchError): void {
    if (config.showErrorAlert !== false) {
      this.#events.emit(AppEvents.alertError, [messageIn(data) ?? `${status} ${statusText}`]);
    }
  }

  #tellOfSuccess({ method = 'GET', showSuccessAlert }: BackendSrvRequest, data: unknown): void {
    const isWanted = showSuccessAlert ?? method !== 'GET';
    const message = messageIn(data);
    if (isWanted && message !== undefined) {
      this.#events.emit(AppEvents.alertSuccess, [message]);
    }
  }
}

const cancelled = (config: BackendSrvRequest): FetchError => ({
  ...{ status: -1, statusText: 'Request was aborted', data: null, cancelled: true, config },
});

function addressOf({ url, params }: BackendSrvRequest): string {
  const address = url.startsWith('/') || /^https?:/.test(url) ? url : `/${url}`;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) {
        search.append(name, String(one));
      }
    }
  }
  const query = search.toString();
  return query === '' ? address : `${address}${address.includes('?') ? '&' : '?'}${query}`;
}

function initOf({ method = 'GET', data, headers }: BackendSrvRequest): RequestInit {
  if (data === undefined || data === null) {
    return { method, headers };
  }
  const isRaw = typeof data === 'string' || data instanceof FormData || data instanceof Blob;
  return isRaw
    ? { method, headers, body: data }
    : { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(data) };
}

async function bodyOf(response: Response, responseType: BackendSrvRequest['responseType']): Promise<unknown> {
  switch (responseType) {
    case 'arraybuffer':
      return response.arrayBuffer();
    case 'blob':
      return response.blob();
    case 'text':
      return response.text();
    default: {
      const text = await response.text();
      try {
        return text === '' ? {} : JSON.parse(text);
      } catch {
        return text;
      }
    }
  }
}

function messageIn(data: unknown): string | undefined {
  if (typeof data === 'object' && data !== null && 'message' in data && typeof data.message === 'string') {
    return data.message;
  }
  return undefined;
}
