/**
 * What went wrong with a request, in the words of whom could tell.
 *
 * In: whatever a request threw. Out: an `ApiError`. What must hold: the collector's problem documents keep their text
 * and the fields they name; failures on the way (Grafana's proxy, the network) have a status that tells them apart.
 */
import { isFetchError } from '@grafana/runtime';

export interface FieldError {
  field: string;
  message: string;
}

/** What kind of a way on there is: see components/ErrorState. */
export type ErrorKind = 'forbidden' | 'token' | 'unreachable' | 'notFound' | 'invalid' | 'busy' | 'failed';

export class ApiError extends Error {
  override name = 'ApiError';

  constructor(
    message: string,
    readonly kind: ErrorKind,
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly errors: readonly FieldError[] = [],
  ) {
    super(message);
  }
}

interface ProblemDocument {
  title?: string;
  detail?: string;
  message?: string;
  errors?: FieldError[];
}

/** @returns null when the request was cancelled by ourselves. */
export function toApiError(thrown: unknown): ApiError | null {
  if (thrown instanceof ApiError) {
    return thrown;
  }
  if (isFetchError<ProblemDocument>(thrown)) {
    if (thrown.cancelled) {
      return null;
    }
    const problem = typeof thrown.data === 'object' && thrown.data !== null ? thrown.data : {};
    const message = problem.detail ?? problem.title ?? problem.message ?? thrown.statusText ?? '';
    return new ApiError(message, kindOf(thrown.status, problem), thrown.status, problem.errors ?? []);
  }
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return null;
  }
  return new ApiError(thrown instanceof Error ? thrown.message : String(thrown), 'failed', 0);
}

function kindOf(status: number, problem: ProblemDocument): ErrorKind {
  switch (true) {
    case status === 401:
      return 'token';
    case status === 403:
      return 'forbidden';
    case status === 404:
      return 'notFound';
    case status === 429:
      return 'busy';
    case status === 502 || status === 504 || status <= 0:
      return 'unreachable';
    // The collector's own 503 says why; without a text it is the proxy that found nobody.
    case status === 503:
      return problem.detail === undefined ? 'unreachable' : 'busy';
    case status >= 400 && status < 500:
      return 'invalid';
    default:
      return 'failed';
  }
}
