/** `replay` and `import`: recordings and old files through the whole pipeline. */
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Instance } from '../../app/instance.js';
import { runOneShot } from '../../app/one-shot.js';
import { importAliases } from '../../facts/import-aliases.js';
import type { RawMessage } from '../../pbx/dialect.js';
import type { PbxDriver } from '../../pbx/driver.js';
import { type Call, type Command, InputError, UsageError } from '../command.js';
import { Progress } from '../progress.js';
import { configOf, DIALECT_OPTION, driverFor, existingFiles, withInstance } from '../session.js';

const PBX = { value: 'NAME', help: 'the PBX the data is of (it need not be configured)', required: true };
const QUEUE_LOG = { value: 'FILE', help: 'queue_log of an Asterisk, plain or .gz', repeats: true };
const CDR = {
  value: 'FILE',
  help: 'call records: CSV of an Asterisk, plain or .gz; JSON of a FreeSWITCH, file or folder',
  repeats: true,
};
const TZ = { value: 'ZONE', help: 'IANA zone of the times in CSV call records, as Asia/Tashkent' };

export const replay: Command = {
  name: 'replay',
  summary: 'feeds a recorded event stream through the whole pipeline, with its recorded times',
  options: {
    pbx: PBX,
    dialect: DIALECT_OPTION,
    stream: { value: 'FILE', help: 'recorded bytes, plain or .gz', required: true, repeats: true },
    chunks: {
      value: 'FILE',
      help: 'times of the chunks of the stream before it, as `capture` writes them',
      required: true,
      repeats: true,
    },
    'queue-log': QUEUE_LOG,
    cdr: CDR,
    tz: TZ,
  },
  details: `--stream and --chunks may repeat: framing begins anew at each, a hole between two is a marked gap, an overlap
changes nothing. Replaying twice changes nothing either. Ends when everything is projected.

Lines of --chunks: of an Asterisk "epochMicroseconds bytes"; of a FreeSWITCH "epochMicroseconds", then one of
"S offset length" (received), "C command" (sent), "connect", "cut", "close".`,
  async run(call) {
    const streams = existingFiles(call, 'stream');
    const chunks = existingFiles(call, 'chunks');
    if (streams.length !== chunks.length) {
      throw new UsageError(
        `${streams.length} --stream and ${chunks.length} --chunks: each stream needs its own`,
      );
    }
    return feed(call, (driver, pbx, progress) => [
      ...streams.map((stream, index) =>
        recording(
          stream,
          driver.replay({
            pbx,
            stream,
            chunks: chunks[index] ?? '',
            onTrouble: (error) => call.say(`warning: ${error.message}`),
            onProgress: (bytes) => progress.show(`${stream}: ${megabytes(bytes)} read`),
          }),
        ),
      ),
    ]);
  },
};

export const importHistory: Command = {
  name: 'import',
  summary: 'imports old queue_log files, call records and names of agents',
  options: {
    pbx: PBX,
    dialect: DIALECT_OPTION,
    'queue-log': QUEUE_LOG,
    cdr: CDR,
    tz: TZ,
    aliases: {
      value: 'CSV',
      help: 'interface,agent[,from]: which interface is whose (from: an instant, else always)',
    },
  },
  details: `Importing twice, or files that overlap what the collector has read itself, changes nothing. An import that was
stopped is simply started again.`,
  async run(call) {
    if (!call.has('queue-log') && !call.has('cdr') && !call.has('aliases')) {
      throw new UsageError('nothing to import: give --queue-log, --cdr or --aliases');
    }
    return feed(call, () => []);
  },
};

async function feed(
  call: Call,
  streams: (driver: PbxDriver, pbx: string, progress: Progress) => AsyncIterable<RawMessage[]>[],
): Promise<number> {
  const pbx = call.required('pbx');
  const config = configOf(call);
  const driver = driverFor(call, config);
  checkOptions(call, driver);
  const logs = existingFiles(call, 'queue-log');
  const records = existingFiles(call, 'cdr');
  const zone = call.value('tz') ?? 'UTC';
  checkZone(zone);
  const aliases = call.value('aliases');
  const aliasRows = aliases === undefined ? [] : await readAliases(aliases);
  return withInstance(
    call,
    async (instance) => {
      if (aliases !== undefined) {
        const count = await importAliases(instance, { pbx, dialect: driver.name, aliases: aliasRows });
        call.say(`${count} of ${aliasRows.length} aliases are new`);
      }
      const progress = new Progress(call);
      const startedMs = performance.now();
      const onProgress =
        (what: string) =>
        ({ rows, bytesDone, bytesTotal }: { rows: number; bytesDone: number; bytesTotal: number }): void =>
          progress.show(
            `${what}: ${percent(bytesDone, bytesTotal)} read, ${rows} rows, ${rate(rows, startedMs)} rows/s`,
          );
      const parts = [
        ...streams(driver, pbx, progress),
        ...(logs.length && driver.importLog
          ? [driver.importLog({ pbx, files: logs, onProgress: onProgress('queue_log') })]
          : []),
        ...(records.length ? [driver.importCdr({ pbx, files: records, onProgress: onProgress('CDR') })] : []),
      ];
      if (parts.length === 0) return finishAliases(instance, progress);
      const result = await runOneShot(instance, {
        pbx,
        dialect: driver.dialect(zone),
        key: [...call.values('stream'), ...logs, ...records].join('\n'),
        messages: concatenated(parts),
        signal: call.signal,
        onProgress: ({ phase, done }) =>
          progress.show(
            phase === 'facts'
              ? `${done} messages projected, ${rate(done, startedMs)}/s`
              : `${done} rollup buckets computed`,
          ),
      });
      const seconds = (performance.now() - startedMs) / 1000;
      progress.end(
        `${result.messages} messages, ${result.failures} not understood, ${result.buckets} rollup buckets, in ${seconds.toFixed(1)} s`,
      );
      if (result.failures > 0) call.say('What was not understood is kept: see GET /api/v1/journal/errors.');
      return 0;
    },
    config,
  );
}

async function finishAliases(instance: Instance, progress: Progress): Promise<number> {
  const { refreshRollups } = await import('../../rollups/refresh.js');
  const buckets = await refreshRollups(instance.db, { advance: true });
  progress.end(`${buckets} rollup buckets computed`);
  return 0;
}

/** Every option must be one this kind of PBX has a use for. */
function checkOptions(call: Call, driver: PbxDriver): void {
  const { name, cdrNeedsZone } = driver;
  if (call.has('queue-log') && !driver.importLog) {
    throw new UsageError(`--queue-log: ${name} writes no queue_log; leave it out`);
  }
  if (call.has('tz') && !cdrNeedsZone) {
    throw new UsageError(`--tz: call records of ${name} say their zone themselves; leave it out`);
  }
  if (call.has('cdr') && !call.has('tz') && cdrNeedsZone) {
    throw new UsageError('--cdr needs --tz ZONE: call records hold local times and do not say of which zone');
  }
}

function checkZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    throw new UsageError(
      `--tz ${zone}: there is no such time zone; write an IANA name, as Europe/Berlin or Asia/Tashkent`,
    );
  }
}

/** @throws InputError naming file and place, after everything before it was given out */
async function* concatenated(parts: AsyncIterable<RawMessage[]>[]): AsyncGenerator<RawMessage[]> {
  try {
    for (const part of parts) yield* part;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new InputError(`${text}\nWhat was read before that is kept.`, { cause: error });
  }
}

/** Bytes without any message are no recording: better said than replayed as silence. */
async function* recording(
  stream: string,
  batches: AsyncIterable<RawMessage[]>,
): AsyncGenerator<RawMessage[]> {
  let isHeard = false;
  for await (const batch of batches) {
    isHeard ||= batch.some(({ source }) => source !== 'link');
    yield batch;
  }
  if (!isHeard) throw new Error(`${stream} holds no message of a PBX: is it what was recorded from one?`);
}

async function readAliases(file: string): Promise<{ interface: string; agent: string; fromMs: number }[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new UsageError(`--aliases ${file}: cannot be read`);
  }
  const rows: string[][] = parse(text, {
    bom: true,
    skip_empty_lines: true,
    trim: true,
    relax_column_count: true,
  });
  const isHeader = rows[0]?.[0]?.toLowerCase() === 'interface';
  return rows.slice(isHeader ? 1 : 0).map(([iface = '', agent = '', from = ''], index) => {
    const line = `--aliases ${file}, line ${index + (isHeader ? 2 : 1)}`;
    if (iface === '' || agent === '') throw new UsageError(`${line}: needs interface,agent`);
    const fromMs = from === '' ? 0 : Date.parse(from);
    if (!Number.isFinite(fromMs))
      throw new UsageError(`${line}: "${from}" is no instant; write 2026-11-20T08:00:00+05:00`);
    return { interface: iface, agent, fromMs };
  });
}

const percent = (done: number, total: number): string =>
  total === 0 ? '100 %' : `${Math.floor((100 * done) / total)} %`;
const rate = (done: number, startedMs: number): number =>
  Math.round(done / Math.max(0.001, (performance.now() - startedMs) / 1000));
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
