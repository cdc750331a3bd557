/** `report`: the reports of the API on the command line, with all their rows. */
import { CATALOG } from '../../reports/catalog.js';
import { csvOf } from '../../exports/csv.js';
import { pagesOf, wholeReport } from '../../reports/pages.js';
import { checkParams, type Params } from '../../reports/params.js';
import { createReports, reportOf } from '../../reports/reports.js';
import { type Call, type Command, UsageError } from '../command.js';
import { withInstance } from '../session.js';
import { tenantIdOf } from './tenants.js';

const NAMES = CATALOG.map(({ name }) => name);

const list = (what: string) => ({ value: 'NAMES', help: `only these ${what}, separated by commas` });

/** Options that are parameters of reports, under the names reports know them by. */
const PARAMS: Readonly<Record<string, string>> = {
  from: 'from',
  to: 'to',
  tz: 'tz',
  granularity: 'granularity',
  pbx: 'pbx',
  queues: 'queues',
  agents: 'agents',
  'sl-threshold': 'slThreshold',
  'sl-formula': 'slFormula',
  limit: 'limit',
};

export const report: Command = {
  name: 'report',
  summary: 'prints a report as JSON or CSV',
  words: [{ name: 'report', help: NAMES.join(', '), choices: NAMES }],
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
    param: { value: 'NAME=VALUE', help: 'a further parameter of the report, see /docs', repeats: true },
    tenant: { value: 'NAME', help: 'whose data (default: default)' },
    limit: { value: 'N', help: 'reports in pages only: rows of one page (default: all pages)' },
  },
  async run(call) {
    const format = call.value('format') ?? 'json';
    if (format !== 'json' && format !== 'csv') throw new UsageError(`--format ${format}: write json or csv`);
    const definition = reportOf(call.words[0] ?? '');
    const params = paramsOf(call);
    return withInstance(call, async ({ db, queueSettings }) => {
      const tenantId = await tenantIdOf(db, call.value('tenant') ?? 'default');
      checkParams(definition, params, tenantId);
      const reports = createReports({ db, settings: queueSettings });
      const pages = pagesOf(definition, { params, tenantId, signal: call.signal }, (one) =>
        reports.make(definition.name, one),
      );
      if (format === 'csv') for await (const text of csvOf(pages)) call.print(text);
      else call.print(`${JSON.stringify(await wholeReport(pages))}\n`);
      return 0;
    });
  },
};

function paramsOf(call: Call): Params {
  const params: Record<string, string> = {};
  for (const [option, name] of Object.entries(PARAMS)) {
    const value = call.value(option);
    if (value !== undefined) params[name] = value;
  }
  for (const text of call.values('param')) {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError(`--param ${text}: write NAME=VALUE, as outcome=abandoned`);
    }
    params[name] = value;
  }
  return params;
}
