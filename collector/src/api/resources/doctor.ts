/** Whether the facts equal what the PBX itself recorded. */
import { Type } from 'typebox';
import { NothingToCompareError } from '../../doctor/online.js';
import { COMPARED } from '../../doctor/visits.js';
import { PBX_ERROR_CODES } from '../../pbx/driver.js';
import { FieldParser, parseCommon } from '../../reports/request.js';
import { accessOf, isOperator } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { Gate } from '../gate.js';
import { Problem } from '../problem.js';
import { routeOptions } from '../route-schema.js';
import type { Api } from '../typed-app.js';

const DAY_MS = 86_400_000;
const MAX_DAYS = 31;
/** It reads a whole log: one after the other. */
const GATE = { running: 1, waiting: 4 };

const instant = (description: string) => Type.String({ minLength: 1, maxLength: 60, description });
const value = (description: string) =>
  Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()], { description });
const visit = {
  callId: Type.String({ description: 'Id of the call on the PBX' }),
  queue: Type.String(),
  enteredAt: Type.Integer({ description: 'UTC ms' }),
};

const Diagnosis = Type.Object(
  {
    pbx: Type.String(),
    source: Type.Enum(['queue_log', 'call records'], { description: 'What the facts were compared with' }),
    comparedFrom: Type.Integer({ description: 'UTC ms; later than from where the log begins later' }),
    logVisits: Type.Integer({ description: 'Visits of the period the PBX recorded' }),
    factVisits: Type.Integer({ description: 'Visits of the period in the facts' }),
    differences: Type.Integer({ description: 'All of them' }),
    rows: Type.Array(
      Type.Object({
        ...visit,
        field: Type.String({
          description: 'What differs; visit: one side does not have it at all',
          examples: ['visit', ...COMPARED, 'misses'],
        }),
        facts: value('In the facts; null: nothing'),
        log: value('In what the PBX recorded; null: nothing'),
      }),
      { description: 'The differences, oldest first' },
    ),
    truncated: Type.Boolean({ description: 'One of the lists has more than the limit' }),
    pbxErrors: Type.Array(
      Type.Object({
        ...visit,
        what: Type.String({ description: 'In English' }),
        code: Type.Enum([...PBX_ERROR_CODES], { description: 'The same for other languages' }),
        params: Type.Record(Type.String(), Type.String(), {
          description: 'What varies in the sentence (seconds, agent, cancelReason)',
        }),
      }),
      { description: "Errors of the PBX's own record: no differences" },
    ),
    unreadable: Type.Array(Type.String(), {
      description: 'Rows or records that could not be read, with the reason; only for who runs the site',
    }),
  },
  { description: 'A comparison' },
);

export function addDoctorRoute(app: Api, { doctor, scopeOf }: Pick<ApiDeps, 'doctor' | 'scopeOf'>): void {
  const gate = new Gate(GATE);
  const options = routeOptions({
    tag: 'health',
    summary: "Differences between the facts and the PBX's own records",
    description:
      `By queue_log, or by call records where the PBX writes none; at most ${MAX_DAYS} days. ` +
      'A difference means that one of the two is wrong: see docs/operations.md.',
    access: 'admin',
    querystring: Type.Object(
      {
        pbx: Type.String({ minLength: 1, maxLength: 63, description: 'Name of the PBX' }),
        from: instant('Begin: ISO 8601 with offset, a date in tz, or epoch ms'),
        to: instant('End, exclusive'),
        tz: Type.Optional(instant('IANA time zone of dates')),
        limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 200, description: 'Rows given at most' }),
      },
      { additionalProperties: false },
    ),
    answers: { 200: Diagnosis },
    problems: [409],
  });
  app.get('/api/v1/doctor', options, async (request) => {
    const access = accessOf(request);
    const { pbx, limit, ...range } = request.query;
    const fields = new FieldParser();
    const { fromMs, toMs } = parseCommon(fields, range, access.tenantId);
    if (toMs - fromMs > MAX_DAYS * DAY_MS) fields.fail('to', `is more than ${MAX_DAYS} days after from`);
    fields.check();
    const scope = await scopeOf(access.tenantId, pbx);
    const ofAll = isOperator(access);
    const queues = ofAll ? null : new Set([...scope.queues.values()].map(({ name }) => name));
    const { signal } = request;
    const found = await gate
      .run(signal, () => doctor.diagnose({ pbx, fromMs, toMs, queues, signal }))
      .catch((error: unknown) => {
        throw error instanceof NothingToCompareError ? new Problem(409, error.message) : error;
      });
    const unreadable = ofAll ? found.unreadable : [];
    return {
      pbx,
      source: found.source,
      comparedFrom: found.comparedFromMs,
      logVisits: found.logVisits,
      factVisits: found.factVisits,
      differences: found.differences.length,
      rows: found.differences.slice(0, limit),
      truncated: [found.differences, found.pbxErrors, unreadable].some((list) => list.length > limit),
      pbxErrors: found.pbxErrors.slice(0, limit),
      unreadable: unreadable.slice(0, limit),
    };
  });
}
