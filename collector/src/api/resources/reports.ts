/** Reports: the numbers of the past, as JSON or CSV. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { maskNumber } from '../../directory/masking.js';
import { AGENT_COLUMNS } from '../../reports/agent-columns.js';
import { CALL_COLUMNS } from '../../reports/calls-report.js';
import { QUEUE_COLUMNS } from '../../reports/queue-columns.js';
import { toCsv } from '../../reports/render.js';
import { slotColumns } from '../../reports/slot-columns.js';
import type { Cell, Column, ReportTable, Row } from '../../reports/table.js';
import type { Api } from '../typed-app.js';
import { accessOf, seesNumbers } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { Gate } from '../gate.js';
import { Problem } from '../problem.js';
import { routeOptions } from '../route-schema.js';
import { CallsQuery, reportAnswer, TotalsQuery } from './report-schema.js';

/** Connections the reports may take of the pool, and requests that may wait for one. */
const GATE = { running: 4, waiting: 100 };

const name = (key: string, description: string): Column => ({
  key,
  label: key,
  type: 'text',
  unit: null,
  description,
});
const PBX = name('pbx', 'Name of the PBX');
const DISPLAY = 'Display name, else the name on the PBX';
const QUEUE = [PBX, name('queue', 'Name of the queue on the PBX'), name('queueName', DISPLAY)];
const AGENT = [PBX, name('agent', 'Name of the member on the PBX'), name('agentName', DISPLAY)];
const SLOT = slotColumns('day');

export function addReportRoutes(app: Api, { reports }: Pick<ApiDeps, 'reports'>): void {
  const gate = new Gate(GATE);

  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    format: 'json' | 'csv',
    make: (tenantId: number) => Promise<ReportTable>,
  ): Promise<ReportTable | string> => {
    const access = accessOf(request);
    const made = await gate.run(request.signal, () => make(access.tenantId));
    const table = seesNumbers(access) ? made : masked(made);
    if (format === 'json') return table;
    const file = `${table.meta.report}-${table.meta.from.slice(0, 10)}.csv`;
    void reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${file}"`);
    return toCsv(table);
  };

  const queues = routeOptions({
    tag: 'reports',
    summary: 'Queues',
    description: 'Visits, outcomes, waits, service level and talk per queue, by the time of entry.',
    access: 'viewer',
    querystring: TotalsQuery,
    answers: { 200: reportAnswer('One row per queue and slot', [...QUEUE, ...QUEUE_COLUMNS], SLOT) },
  });
  app.get('/api/v1/reports/queues', queues, (request, reply) => {
    const { format, ...params } = request.query;
    return answer(request, reply, format, (tenantId) => reports.queues(params, tenantId));
  });

  const agents = routeOptions({
    tag: 'reports',
    summary: 'Agents',
    description: 'Calls, login, pauses by reason, ready time and occupancy per agent.',
    access: 'viewer',
    querystring: TotalsQuery,
    answers: { 200: reportAnswer('One row per agent and slot', [...AGENT, ...AGENT_COLUMNS], SLOT) },
  });
  app.get('/api/v1/reports/agents', agents, (request, reply) => {
    const { format, ...params } = request.query;
    return answer(request, reply, format, (tenantId) => reports.agents(params, tenantId));
  });

  const calls = routeOptions({
    tag: 'reports',
    summary: 'Calls: every visit of a queue',
    description:
      'One row per entry into a queue. Paged: pass meta.page.nextCursor as cursor. Viewers see numbers masked and ' +
      'cannot filter by caller.',
    access: 'viewer',
    querystring: CallsQuery,
    answers: { 200: reportAnswer('One row per visit', CALL_COLUMNS) },
  });
  app.get('/api/v1/reports/calls', calls, (request, reply) => {
    const { format, ...params } = request.query;
    if (params.caller !== undefined && !seesNumbers(accessOf(request))) throw callerHidden();
    return answer(request, reply, format, (tenantId) => reports.calls(params, tenantId));
  });
}

/** By filtering a viewer could find out a number digit by digit. */
const callerHidden = (): Problem =>
  new Problem(403, 'Only editors filter by caller: viewers do not see numbers.', {
    errors: [{ field: 'caller', message: 'needs the role editor' }],
  });

const CALLER_KEYS: ReadonlySet<string> = new Set(['callerNumber', 'callerName']);

function masked(table: ReportTable): ReportTable {
  if (!table.columns.some(({ key }) => CALLER_KEYS.has(key))) return table;
  const hide = (row: Row): Row =>
    Object.fromEntries(
      Object.entries(row).map(([key, cell]): [string, Cell] => [
        key,
        CALLER_KEYS.has(key) && typeof cell === 'string' ? maskNumber(cell) : cell,
      ]),
    );
  return { ...table, rows: table.rows.map(hide) };
}
