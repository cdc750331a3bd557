/**
 * The one error shape of the API: RFC 9457 problem details.
 *
 * In: whatever a handler throws. Out: `ProblemBody`. What must hold: a 4xx names the field and what is wrong with it;
 * a 5xx says what a user can do and carries nothing of the inside: no stack, no SQL, no path.
 */
import type { FastifyError } from 'fastify';
import { Type, type Static } from 'typebox';
import { StoppingError } from '../answers/answer.js';
import { ConflictError, MissingError } from '../directory/errors.js';
import { ReportRequestError } from '../reports/request.js';
import { fieldErrors } from './validation.js';

export const FieldError = Type.Object(
  {
    field: Type.String({ description: 'Parameter, header or property of the body', examples: ['from'] }),
    message: Type.String({ description: 'What is wrong, and how to mend it' }),
  },
  { description: 'What is wrong with one field' },
);

export const ProblemBody = Type.Object(
  {
    type: Type.String({
      description: 'Stable name of the kind',
      examples: ['urn:queuescope:problem:bad-request'],
    }),
    title: Type.String({ description: 'The kind in words', examples: ['Bad request'] }),
    status: Type.Integer({ description: 'HTTP status', examples: [400] }),
    detail: Type.String({ description: 'What happened this time', examples: ['from: must be before to'] }),
    requestId: Type.String({ description: 'Names this request in the log of the collector' }),
    errors: Type.Array(FieldError, { description: 'One entry per wrong field; empty when none is to blame' }),
  },
  { description: 'Problem details, RFC 9457' },
);
export type ProblemBody = Static<typeof ProblemBody>;
export type FieldError = Static<typeof FieldError>;

const KINDS = {
  400: ['bad-request', 'Bad request'],
  401: ['unauthorized', 'Not authenticated'],
  403: ['forbidden', 'Not allowed'],
  404: ['not-found', 'Not found'],
  405: ['method-not-allowed', 'Method not allowed'],
  408: ['request-timeout', 'Request took too long to arrive'],
  409: ['conflict', 'Conflict'],
  413: ['too-large', 'Request too large'],
  415: ['unsupported-media-type', 'Unsupported media type'],
  416: ['range-not-satisfiable', 'Range not satisfiable'],
  429: ['too-many-requests', 'Too many requests'],
  431: ['headers-too-large', 'Address or headers too long'],
  500: ['internal', 'Internal error'],
  503: ['unavailable', 'Temporarily unavailable'],
} as const;
export type ProblemStatus = keyof typeof KINDS;

/** Thrown by handlers; becomes the answer. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: ProblemStatus;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ProblemStatus,
    detail: string,
    { errors = [], headers = {} }: { errors?: readonly FieldError[]; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

/** A wrong parameter. */
export const badField = (field: string, message: string): Problem =>
  new Problem(400, `${field}: ${message}`, { errors: [{ field, message }] });

/** What an error thrown below the API means for the client. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ReportRequestError) return new Problem(400, error.message, { errors: error.errors });
  if (error instanceof ConflictError) return new Problem(409, error.message);
  if (error instanceof MissingError) return new Problem(404, error.message);
  if (error instanceof StoppingError) {
    const headers = { 'retry-after': '5' };
    return new Problem(503, 'The collector is stopping; try again in a moment.', { headers });
  }
  if (isFastifyError(error)) {
    if (error.validation) {
      const errors = fieldErrors(error.validation, error.validationContext ?? 'request');
      return new Problem(400, errors.map((e) => `${e.field}: ${e.message}`).join('; '), { errors });
    }
    if (isClientStatus(error.statusCode)) return new Problem(error.statusCode, clientDetail(error));
  }
  if (isDatabaseOutage(error)) {
    return new Problem(
      503,
      'The database does not answer; events are kept meanwhile. Try again in a moment.',
      {
        headers: { 'retry-after': '5' },
      },
    );
  }
  return new Problem(
    500,
    'Something went wrong inside the collector; its log has the details under this requestId.',
  );
}

export function problemBody(problem: Problem, requestId: string): ProblemBody {
  const [kind, title] = KINDS[problem.status];
  return {
    type: `urn:queuescope:problem:${kind}`,
    title,
    status: problem.status,
    detail: problem.message,
    requestId,
    errors: [...problem.errors],
  };
}

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && 'code' in error && ('statusCode' in error || 'validation' in error);

const isClientStatus = (status: number | undefined): status is ProblemStatus =>
  status !== undefined && status >= 400 && status < 500 && status in KINDS;

function clientDetail(error: FastifyError): string {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return 'The body is no valid JSON.';
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return 'The body is empty; send a JSON object, or leave out Content-Type.';
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'Send the body as application/json.';
    default:
      return error.message;
  }
}

/** Codes of mysql2 and the system for a database that is down, full of connections, or read-only while failing over. */
const OUTAGE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_QUERY_INTERRUPTED',
  'ER_LOCK_WAIT_TIMEOUT',
]);

const isDatabaseOutage = (error: unknown): boolean =>
  error instanceof Error &&
  ('code' in error && typeof error.code === 'string' ? OUTAGE_CODES.has(error.code) : false);
