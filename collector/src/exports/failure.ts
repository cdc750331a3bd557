/**
 * Errors as they cross from a thread to the collector: what is the user's to mend stays that, the rest is a fault.
 *
 * In: what was thrown in the thread. Out: plain data, and from it an error that the API answers as it would the first one.
 */
import { ReportRequestError, type FieldError } from '../reports/request.js';
import { DatabaseUnusableError } from '../storage/database-address.js';
import { ExportRefusedError } from './spec.js';

export type Failure =
  /** Parameters that are wrong. */
  | { kind: 'request'; errors: readonly FieldError[] }
  /** The export cannot be made as it was asked for. */
  | { kind: 'refused'; message: string }
  /** `message` is for the log. `code`: of the driver or the system, by which a database that is away is known. */
  | { kind: 'fault'; message: string; code: string | null };

export function failureOf(error: unknown): Failure {
  if (error instanceof ReportRequestError) return { kind: 'request', errors: error.errors };
  if (error instanceof ExportRefusedError) return { kind: 'refused', message: error.message };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { kind: 'fault', message, code: codeOf(error) };
}

export function errorOf(failure: Failure): Error {
  switch (failure.kind) {
    case 'request':
      return new ReportRequestError(failure.errors);
    case 'refused':
      return new ExportRefusedError(failure.message);
    case 'fault':
      return Object.assign(new Error(failure.message), failure.code !== null && { code: failure.code });
  }
}

/** Of what kept the database from being opened, where it is that. */
function codeOf(error: unknown): string | null {
  const cause = error instanceof DatabaseUnusableError && error.cause !== undefined ? error.cause : error;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
}
