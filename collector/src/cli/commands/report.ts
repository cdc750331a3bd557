/** `report`: the reports of the API on the command line. */
import { createReports } from '../../reports/reports.js';
import { toCsv, toJson } from '../../reports/render.js';
import { type Command, UsageError } from '../command.js';
import { withInstance } from '../session.js';
import { tenantIdOf } from './tenants.js';

const list = (what: string) => ({ value: 'NAMES', help: `only these ${what}, separated by commas` });

export const report: Command = {
  name: 'report',
  summary: 'prints a report as JSON or CSV',
  words: [{ name: 'report', help: 'queues, agents or calls', choices: ['queues', 'agents', 'calls'] }],
  options: {
    from: {
      value: 'TIME',
      help: 'begin: 2026-11-20T00:00:00+05:00, or 2026-11-20 with --tz',
      required: true,
    },
    to: { value: 'TIME', help: 'end, exclusive', required: true },
    tz: { value: 'ZONE', help: 'IANA zone of days, as Asia/Tashkent' },
    granularity: { value: 'STEP', help: 'total, 15m, 30m, hour, day, week or month (default total)' },
    format: { value: 'FORMAT', help: 'json or csv (default json)' },
    pbx: list('PBXs'),
    queues: list('queues'),
    agents: list('agents'),
    'sl-threshold': {
      value: 'SECONDS',
      help: 'service level within this many seconds (default: as configured)',
    },
    'sl-formula': { value: 'LETTER', help: 'A to H (default: as configured)' },
    tenant: { value: 'NAME', help: 'whose data (default: default)' },
    limit: { value: 'N', help: 'calls only: rows of a page (default: all pages)' },
  },
  async run(call) {
    const format = call.value('format') ?? 'json';
    if (format !== 'json' && format !== 'csv') throw new UsageError(`--format ${format}: write json or csv`);
    return withInstance(call, async (instance) => {
      const { db, queueSettings } = instance;
      const reports = createReports({ db, settings: queueSettings });
      const tenantId = await tenantIdOf(db, call.value('tenant') ?? 'default');
      const params = {
        from: call.value('from'),
        to: call.value('to'),
        tz: call.value('tz'),
        granularity: call.value('granularity'),
        pbx: call.value('pbx'),
        queues: call.value('queues'),
        agents: call.value('agents'),
        slThreshold: call.value('sl-threshold'),
        slFormula: call.value('sl-formula'),
      };
      const name = call.words[0];
      const render = format === 'csv' ? toCsv : (table: Parameters<typeof toJson>[0]) => `${toJson(table)}\n`;
      if (name === 'queues') call.print(render(await reports.queues(params, tenantId)));
      else if (name === 'agents') call.print(render(await reports.agents(params, tenantId)));
      else call.print(render(await allCalls(reports, { ...params, limit: call.value('limit') }, tenantId)));
      return 0;
    });
  },
};

type Reports = ReturnType<typeof createReports>;
type CallsParams = Parameters<Reports['calls']>[0];

/** Every page, unless a limit asks for one. */
async function allCalls(
  reports: Reports,
  params: CallsParams,
  tenantId: number,
): ReturnType<Reports['calls']> {
  if (params.limit !== undefined) return reports.calls(params, tenantId);
  const first = await reports.calls({ ...params, limit: 1000 }, tenantId);
  const rows = [...first.rows];
  let cursor = first.meta.page?.nextCursor;
  while (cursor) {
    const page = await reports.calls({ ...params, limit: 1000, cursor }, tenantId);
    rows.push(...page.rows);
    cursor = page.meta.page?.nextCursor;
  }
  const { page: _page, ...meta } = first.meta;
  return { ...first, rows, meta };
}
