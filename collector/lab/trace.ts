/**
 * A recorded trace of `test/traces`: what a test needs to replay it and to know what Asterisk itself wrote down.
 *
 * In: the trace's name. Out: its files, its queue_log, and what queue_log does not say: which member an interface is
 * (from the run files) and each queue's service level.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { type Oracle, readOracle } from './oracle.js';

const Run = Type.Object({
  agents: Type.Array(Type.Object({ iface: Type.String(), name: Type.String() })),
});

const Total = Type.Object({ total: Type.Integer(), max: Type.Integer() });

/** `oracle.json`: made from the same queue_log by another program, whose names these are. */
const RecordedOracle = Type.Object({
  queues: Type.Record(
    Type.String(),
    Type.Object({
      servicelevel: Type.Integer(),
      offered: Type.Integer(),
      answered: Type.Integer(),
      abandoned: Type.Integer(),
      timeout: Type.Integer(),
      exitEmpty: Type.Integer(),
      exitKey: Type.Integer(),
      withdrawn: Type.Integer(),
      unfinished: Type.Integer(),
      waitAnswered: Type.Object({
        total: Type.Integer(),
        max: Type.Integer(),
        avg: Type.Union([Type.Number(), Type.Null()]),
      }),
      waitAbandoned: Type.Object({ total: Type.Integer() }),
      waitAllUnanswered: Total,
      talk: Total,
      answeredWithinSl: Type.Integer(),
      abandonedWithinSl: Type.Integer(),
      completedByAgent: Type.Integer(),
      completedByCaller: Type.Integer(),
      blindTransfers: Type.Integer(),
      attendedTransfers: Type.Integer(),
      agentDumps: Type.Integer(),
      answeredNoEnd: Type.Integer(),
      ringNoAnswer: Type.Integer(),
      ringCanceled: Type.Integer(),
    }),
  ),
  agents: Type.Record(
    Type.String(),
    Type.Object({
      answered: Type.Integer(),
      talk: Type.Integer(),
      ringNoAnswer: Type.Integer(),
      ringNoAnswerMs: Type.Integer(),
      ringCanceled: Type.Integer(),
      completedByAgent: Type.Integer(),
      completedByCaller: Type.Integer(),
      blindTransfers: Type.Integer(),
      attendedTransfers: Type.Integer(),
      agentDumps: Type.Integer(),
      login: Type.Object({
        seconds: Type.Integer(),
        perQueue: Type.Record(Type.String(), Type.Integer()),
      }),
      pause: Type.Object({
        seconds: Type.Integer(),
        byReason: Type.Record(Type.String(), Type.Integer()),
        perQueue: Type.Record(Type.String(), Type.Record(Type.String(), Type.Integer())),
      }),
    }),
  ),
  ambiguousNames: Type.Array(Type.String()),
});
export type RecordedOracle = Static<typeof RecordedOracle>;

export interface Trace {
  queueLogFile: string;
  /** In the order they were recorded: the first connection, then those after each restart or made later. */
  streams: { stream: string; chunks: string }[];
  cdrFile: string;
  memberNames: Readonly<Record<string, string>>;
  serviceLevelSeconds: Readonly<Record<string, number>>;
  /** Ours, from queue_log. */
  oracle: Oracle;
  recordedOracle: RecordedOracle;
}

/** Members that the queues.conf of those runs names, and no run file. */
const staticMembers = {
  'Local/agent101@agents/n': 'Anna Alvarez',
  'Local/agent102@agents/n': 'Łukasz Wójcik',
  'Local/agent103@agents/n': "Sean O'Brien",
};

export type TraceName = 'tiny' | 'small60' | 'restart' | 'heavy' | 'sip';

/** @throws Error when the trace is not there or not complete */
export function readTrace(name: TraceName): Trace {
  const folder = fileURLToPath(new URL(`../test/traces/${name}/`, import.meta.url));
  const json = (file: string): unknown => JSON.parse(readFileSync(folder + file, 'utf8'));
  const recordedOracle = Value.Parse(RecordedOracle, json('oracle.json'));
  const runs = ['run.json', 'run2.json'].filter((file) => existsSync(folder + file));
  const agents = runs.flatMap((file) => Value.Parse(Run, json(file)).agents);
  const memberNames = {
    ...staticMembers,
    ...Object.fromEntries(agents.map(({ iface, name: member }) => [iface, member])),
  };
  const serviceLevelSeconds = Object.fromEntries(
    Object.entries(recordedOracle.queues).map(([queue, { servicelevel }]) => [queue, servicelevel]),
  );
  const queueLogFile = `${folder}queue_log`;
  return {
    queueLogFile,
    streams: readdirSync(folder)
      .filter((file) => /^passive.*\.ami\.gz$/.test(file))
      .map((file) => file.replace('.ami.gz', ''))
      .sort()
      .map((base) => ({ stream: `${folder}${base}.ami.gz`, chunks: `${folder}${base}.chunks.gz` })),
    cdrFile: `${folder}cdr.csv.gz`,
    memberNames,
    serviceLevelSeconds,
    oracle: readOracle(readFileSync(queueLogFile, 'utf8'), { serviceLevelSeconds, memberNames }),
    recordedOracle,
  };
}
