/** Who took what out of the system, listened to what, changed what cannot be undone. */
import { Type } from 'typebox';
import { FieldParser, parseInstant } from '../../reports/request.js';
import { zoneOf } from '../../time/zone.js';
import { accessOf } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { routeOptions } from '../route-schema.js';
import type { Api } from '../typed-app.js';

const text = (description: string, maxLength: number) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, description }));
const orNull = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

const Entry = Type.Object(
  {
    id: Type.Integer(),
    at: Type.Integer({ description: 'UTC ms' }),
    by: orNull('Name of the token; null: the collector itself'),
    login: orNull('The user of Grafana it acted for'),
    action: Type.String({
      description: 'What was done',
      examples: ['export.downloaded', 'recording.played', 'payout.locked', 'pbx.changed'],
    }),
    subject: orNull('What it was done to, as "visit 17"'),
    detail: Type.Object({}, { additionalProperties: true, description: 'More of it, by kind of action' }),
  },
  { description: 'What somebody did' },
);

export function addAuditRoute(app: Api, { audit }: Pick<ApiDeps, 'audit'>): void {
  const options = routeOptions({
    tag: 'admin',
    summary: 'Who did what',
    description:
      'Exports, downloads, recordings played, payouts locked, connections changed. Changes of directory and payouts ' +
      'with old and new values: GET /api/v1/directory/changes.',
    access: 'audit:read',
    querystring: Type.Object(
      {
        from: text('Begin: ISO 8601 with offset, a date in tz, or epoch ms', 60),
        to: text('End, exclusive', 60),
        tz: text('IANA time zone of dates', 60),
        action: text('All that begin so: export, export.created', 64),
        user: text('Login of a user, or name of a token that acted for itself', 190),
        limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 100, description: 'Rows of a page' }),
        cursor: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: Number.MAX_SAFE_INTEGER,
            description: 'nextCursor of the page before',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    answers: {
      200: Type.Object({
        rows: Type.Array(Entry, { description: 'Newest first' }),
        nextCursor: Type.Union([Type.Integer(), Type.Null()], { description: 'null: this is the last page' }),
      }),
    },
  });
  app.get('/api/v1/audit', options, async (request) => {
    const { from, to, tz, action = null, user = null, limit, cursor = null } = request.query;
    const fields = new FieldParser();
    const zone = tz === undefined ? null : fields.parse('tz', () => zoneOf(tz), zoneOf('UTC'));
    const fromMs = from === undefined ? null : fields.parse('from', () => parseInstant(from, zone), 0);
    const toMs = to === undefined ? null : fields.parse('to', () => parseInstant(to, zone), 0);
    fields.check();
    const filter = { fromMs, toMs, action, user, subject: null, beforeId: cursor, limit: limit + 1 };
    const found = await audit(accessOf(request).tenantId, filter);
    const rows = found.slice(0, limit);
    return { rows, nextCursor: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
  });
}
