/** `report`: the reports of the API on the command line, with all their rows, in every format. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import {
  DEFAULT_OPTIONS,
  ExportRefusedError,
  FORMATS,
  LANGUAGES,
  ORIENTATIONS,
  PAPERS,
  type ExportOptions,
} from '../../exports/spec.js';
import { writeExport } from '../../exports/write-export.js';
import { CATALOG } from '../../reports/catalog.js';
import { checkParams, type Params } from '../../reports/params.js';
import { createReports, reportOf } from '../../reports/reports.js';
import { type Call, type Command, InputError, UsageError } from '../command.js';
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
  summary: 'writes a report as JSON, CSV, XLSX or PDF',
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
    format: { value: 'FORMAT', help: 'json, csv, xlsx or pdf (default json)' },
    out: { value: 'FILE', help: 'file to write (default: standard output)' },
    lang: { value: 'LANGUAGE', help: 'labels in en, ru or uz (default en; CSV: keys of the columns)' },
    bom: { help: 'CSV: begin with a byte order mark, for Excel' },
    table: { value: 'KEY', help: 'CSV: a further table of the report instead of its main one' },
    paper: { value: 'PAPER', help: 'PDF: A4 or LETTER (default A4)' },
    orientation: { value: 'WAY', help: 'PDF: portrait or landscape (default landscape)' },
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
    const definition = reportOf(call.words[0] ?? '');
    const format = oneOf(call, 'format', FORMATS) ?? 'json';
    const options = optionsOf(call);
    const params = paramsOf(call);
    return withInstance(call, async ({ db, queueSettings }) => {
      const tenantId = await tenantIdOf(db, call.value('tenant') ?? 'default');
      checkParams(definition, params, tenantId);
      const reports = createReports({ db, settings: queueSettings });
      const spec = { report: definition.name, params, tenantId, format, options, numbers: true };
      await toFile(call, (sink) => writeExport(reports, spec, { sink, signal: call.signal }));
      return 0;
    });
  },
};

type Sink = (bytes: Buffer) => Promise<void>;

/** Standard output, or a file that is only there when all of it is. */
async function toFile(call: Call, work: (sink: Sink) => Promise<unknown>): Promise<void> {
  const path = call.value('out');
  const out = path === undefined ? process.stdout : createWriteStream(path);
  if (path !== undefined) await opened(out, path);
  const sink: Sink = async (bytes) => {
    if (!out.write(bytes)) await once(out, 'drain');
  };
  try {
    await work(sink);
    if (path !== undefined) await finished(out.end());
  } catch (error) {
    if (path !== undefined) await rm(path, { force: true });
    if (error instanceof ExportRefusedError) throw new InputError(error.message);
    throw error;
  }
}

async function opened(out: NodeJS.WritableStream, path: string): Promise<void> {
  await once(out, 'open').catch((error: unknown) => {
    throw new UsageError(`--out ${path}: ${error instanceof Error ? error.message : String(error)}`);
  });
}

function optionsOf(call: Call): ExportOptions {
  return {
    lang: oneOf(call, 'lang', LANGUAGES) ?? DEFAULT_OPTIONS.lang,
    bom: call.has('bom'),
    table: call.value('table') ?? DEFAULT_OPTIONS.table,
    paper: oneOf(call, 'paper', PAPERS) ?? DEFAULT_OPTIONS.paper,
    orientation: oneOf(call, 'orientation', ORIENTATIONS) ?? DEFAULT_OPTIONS.orientation,
  };
}

/** @throws UsageError when it is none of them */
function oneOf<T extends string>(call: Call, option: string, allowed: readonly T[]): T | undefined {
  const value = call.value(option);
  if (value === undefined) return undefined;
  const found = allowed.find((one) => one === value);
  if (found === undefined) {
    throw new UsageError(
      `--${option} ${value}: write ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`,
    );
  }
  return found;
}

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
