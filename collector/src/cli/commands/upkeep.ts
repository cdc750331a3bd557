/** `migrate`, `rebuild`, `doctor`, `capture`: keeping the data right, and showing where it is not. */
import { once } from 'node:events';
import { cdrZoneOf } from '../../app/instance.js';
import type { PbxConfig } from '../../config/config.js';
import { diagnose } from '../../doctor/doctor.js';
import { rebuildFacts } from '../../facts/rebuild.js';
import type { RawMessage } from '../../pbx/dialect.js';
import type { PbxDriver } from '../../pbx/driver.js';
import { driverOf } from '../../pbx/drivers.js';
import { SOURCE_RANK } from '../../pbx/event.js';
import { rebuildRollups } from '../../rollups/rebuild.js';
import { type Call, type Command, UsageError } from '../command.js';
import { Progress } from '../progress.js';
import { configOf, DIALECT_OPTION, driverFor, existingFiles, instantOf, withInstance } from '../session.js';

const PBX = { value: 'NAME', help: 'which PBX', required: true };
const FROM = { value: 'TIME', help: 'begin, as 2026-11-20T00:00:00+05:00' };
const TO = { value: 'TIME', help: 'end, exclusive' };

export const migrate: Command = {
  name: 'migrate',
  summary: 'brings the database to this version (every other command does it, too)',
  options: {},
  async run(call) {
    return withInstance(call, ({ config }) => {
      call.say(
        `The database ${config.database.url ? 'is' : `under ${config.dataDir} is`} ready for this version.`,
      );
      return Promise.resolve(0);
    });
  },
};

export const rebuild: Command = {
  name: 'rebuild',
  summary: 'derives facts again from their evidence, and rollups from facts',
  options: { from: FROM, to: TO },
  details:
    'Needed after a change of configuration that concerns the past (wrap-up times), or of a definition.',
  async run(call) {
    const [fromMs, toMs] = [instantOf(call, 'from'), instantOf(call, 'to')];
    if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs)
      throw new UsageError('--from must be before --to');
    const range = {
      ...(fromMs !== undefined && { fromMs }),
      ...(toMs !== undefined && { toMs }),
      signal: call.signal,
    };
    return withInstance(call, async (instance) => {
      const progress = new Progress(call);
      const contacts = await rebuildFacts(instance, {
        ...range,
        onProgress: (done) => progress.show(`${done} calls derived again`),
      });
      await rebuildRollups(instance.db, {
        ...range,
        onProgress: (share) => progress.show(`rollups: ${Math.floor(share * 100)} %`),
      });
      progress.end(`${contacts} calls derived again, rollups computed anew`);
      return call.signal.aborted ? 130 : 0;
    });
  },
};

export const doctor: Command = {
  name: 'doctor',
  summary: "compares the facts with the PBX's own queue_log or call records; exit code 1 if they differ",
  options: {
    pbx: PBX,
    dialect: DIALECT_OPTION,
    from: { ...FROM, required: true },
    to: { ...TO, required: true },
    'queue-log': {
      value: 'FILE',
      help: 'queue_log of the period, of an Asterisk (default: the configured file)',
      repeats: true,
    },
    cdr: {
      value: 'FILE',
      help: 'call records of the period, file or folder, of a FreeSWITCH (default: the configured folder)',
      repeats: true,
    },
  },
  details: `A queue_log tells of every visit: all must be equal. A call record tells of the last visit of a call, and of talks,
in whole seconds: what it does not tell, and one second, is no difference.`,
  async run(call) {
    const pbx = call.required('pbx');
    const [fromMs, toMs] = [instantOf(call, 'from') ?? 0, instantOf(call, 'to') ?? 0];
    if (fromMs >= toMs) throw new UsageError('--from must be before --to');
    const config = configOf(call);
    const known = config.pbxs.find(({ name }) => name === pbx);
    const driver = driverFor(call, config);
    const { name: source, log } = comparedWith(call, driver, known);
    return withInstance(call, async ({ db }) => {
      const stored = (await db.selectFrom('pbx').select('name').orderBy('name').execute()).map(
        (row) => row.name,
      );
      if (!stored.includes(pbx))
        throw new UsageError(
          `--pbx ${pbx}: there are no facts of it (there are of ${stored.join(', ') || 'none'})`,
        );
      const result = await diagnose({
        db,
        pbx,
        fromMs,
        toMs,
        dialect: driver.dialect(cdrZoneOf(known)),
        log,
        contradictions: (message) => driver.contradictions?.(message) ?? [],
      });
      for (const { callId, queue, enteredAt, field, facts, log } of result.differences) {
        const at = new Date(enteredAt).toISOString();
        call.print(`${at}  ${queue}  ${callId}  ${field}: facts ${show(facts)}, ${source} ${show(log)}\n`);
      }
      for (const { callId, queue, enteredAt, what } of result.pbxErrors) {
        call.print(
          `${new Date(enteredAt).toISOString()}  ${queue}  ${callId}  the PBX's own error: ${what}\n`,
        );
      }
      for (const text of result.unreadable) call.print(`unreadable: ${text}\n`);
      call.say(
        `${result.factVisits} visits in the facts, ${result.logVisits} in ${source}, ${result.differences.length} differences` +
          `, ${result.pbxErrors.length} errors of the PBX itself, ${result.unreadable.length} unreadable ${source === 'queue_log' ? 'rows' : 'records'}`,
      );
      return result.differences.length > 0 ? 1 : 0;
    });
  },
};

/** What the PBX itself says of its visits: its queue_log, or its call records where it writes none. */
function comparedWith(
  call: Call,
  driver: PbxDriver,
  known: PbxConfig | undefined,
): { name: string; log: AsyncIterable<RawMessage[]> } {
  const hasLog = driver.importLog !== undefined;
  const [option, other] = hasLog ? (['queue-log', 'cdr'] as const) : (['cdr', 'queue-log'] as const);
  if (call.has(other)) {
    throw new UsageError(`--${other}: ${driver.name} is compared with its --${option}; leave it out`);
  }
  const logFile = known?.queueLog?.from === 'file' ? known.queueLog.file : undefined;
  const configured = hasLog ? logFile : known?.jsonCdr?.folder;
  const given = existingFiles(call, option);
  const files = given.length > 0 ? given : configured ? [configured] : [];
  if (files.length === 0) throw new UsageError(`nothing to compare with: give --${option} FILE`);
  const request = { pbx: call.required('pbx'), files, onProgress: () => undefined };
  return {
    name: hasLog ? 'queue_log' : 'call records',
    log: driver.importLog?.(request) ?? driver.importCdr(request),
  };
}

const show = (value: string | number | null): string => (value === null ? 'nothing' : String(value));

export const capture: Command = {
  name: 'capture',
  summary: 'records the event stream of a PBX for a bug report, without secrets',
  options: {
    pbx: PBX,
    out: { value: 'DIR', help: 'folder for the files', required: true },
    anonymize: { help: "also replace callers' numbers and names" },
    seconds: { value: 'N', help: 'stop after this long (default: Ctrl-C)' },
  },
  details: 'What it writes, `queuescope replay --stream … --chunks …` reads.',
  async run(call) {
    const config = configOf(call);
    const pbx = config.pbxs.find(({ name }) => name === call.required('pbx'));
    if (!pbx) {
      const names = config.pbxs.map(({ name }) => name).join(', ') || 'none';
      throw new UsageError(
        `--pbx ${call.required('pbx')}: no such PBX in the configuration (there is ${names})`,
      );
    }
    const driver = driverOf(pbx.dialect);
    const sources = driver.sources(pbx);
    if (!sources.some((source) => SOURCE_RANK[source] === 'stream')) {
      throw new UsageError(
        `--pbx ${pbx.name}: only ${sources.join(' and ')} of it is configured, no connection that could be recorded`,
      );
    }
    const seconds = Number(call.value('seconds') ?? Infinity);
    if (!(seconds > 0)) throw new UsageError(`--seconds ${call.value('seconds')}: write a number of seconds`);
    const stop = new AbortController();
    const timer = Number.isFinite(seconds) ? setTimeout(() => stop.abort(), seconds * 1000) : undefined;
    void once(call.signal, 'abort').then(() => stop.abort());
    const progress = new Progress(call);
    call.say(`Recording ${pbx.name} into ${call.required('out')}; Ctrl-C ends it.`);
    const files = await driver.capture(
      {
        pbx,
        directory: call.required('out'),
        anonymize: call.has('anonymize'),
        onTrouble: (error) => call.say(error.message),
        onProgress: (bytes) => progress.show(`${(bytes / 1e6).toFixed(1)} MB recorded`),
      },
      stop.signal,
    );
    clearTimeout(timer);
    progress.end(files.length ? files.join('\n') : 'nothing was recorded');
    return files.length ? 0 : 1;
  },
};
