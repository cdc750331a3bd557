/** The journal, for who runs the site: how it stands, and the messages that could not be understood. */
import { Type } from 'typebox';
import type { Api } from '../typed-app.js';
import type { ApiDeps } from '../deps.js';
import { Problem } from '../problem.js';
import { IdParams, routeOptions } from '../route-schema.js';
import { FAILED_STATUSES, FailedMessage, JournalStatus } from './journal-schema.js';

const ErrorQuery = Type.Object(
  {
    status: Type.Optional(Type.Enum([...FAILED_STATUSES], { description: 'Only these; default: all' })),
    pbx: Type.Optional(Type.String({ minLength: 1, maxLength: 190, description: 'Only of this PBX' })),
    before: Type.Optional(
      Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'next of the page before' }),
    ),
    limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 100, description: 'Rows of a page' }),
  },
  { additionalProperties: false },
);

const ErrorPage = Type.Object({
  rows: Type.Array(FailedMessage, { description: 'Newest first' }),
  next: Type.Union([Type.Integer(), Type.Null()], {
    description: 'before of the next page; null: this is the last one',
  }),
});

export function addJournalRoutes(app: Api, { journal }: Pick<ApiDeps, 'journal'>): void {
  const status = routeOptions({
    tag: 'journal',
    summary: 'Size, backlog and age',
    access: 'health:manage',
    answers: { 200: JournalStatus },
  });
  app.get('/api/v1/journal', status, () => journal.status());

  const list = routeOptions({
    tag: 'journal',
    summary: 'Messages that could not be understood or projected',
    description: 'They block no others. Retry them after an update that understands them, or skip them.',
    access: 'health:manage',
    querystring: ErrorQuery,
    answers: { 200: ErrorPage },
  });
  app.get('/api/v1/journal/errors', list, async ({ query }) => {
    const { status: wanted = null, pbx = null, before = null, limit } = query;
    const rows = await journal.errors({ status: wanted, pbx, beforeId: before, limit });
    return { rows, next: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
  });

  const act = (summary: string, description: string) =>
    routeOptions({
      tag: 'journal',
      summary,
      description,
      access: 'health:manage',
      params: IdParams,
      answers: { 200: FailedMessage },
      problems: [404],
    });
  const orMissing = (message: FailedMessage | null, id: number): FailedMessage => {
    if (message === null) throw new Problem(404, `There is no failed message ${id}.`);
    return message;
  };
  const retry = act(
    'Try a message again',
    'Answers with the message as it stands then: resolved, or failed again.',
  );
  app.post('/api/v1/journal/errors/:id/retry', retry, async ({ params }) =>
    orMissing(await journal.retry(params.id), params.id),
  );
  const skip = act('Give a message up', 'It stays in the list as skipped and can still be retried.');
  app.post('/api/v1/journal/errors/:id/skip', skip, async ({ params }) =>
    orMissing(await journal.skip(params.id), params.id),
  );
}
