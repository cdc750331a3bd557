/** Asterisk as a driver: its configuration turned into running sources, traces and imports. */
import { accessSync, constants } from 'node:fs';
import type { AmiConfig, PbxConfig } from '../../config/config.js';
import type { PbxDriver, SourceHost } from '../driver.js';
import type { AmiConnectionOptions } from './ami/connection.js';
import { captureTrace } from './ami/capture.js';
import { replayTrace } from './ami/replay.js';
import { AsteriskAmiSource } from './ami/source.js';
import { importCdr } from './cdr/import.js';
import { runCdrTable } from './cdr/table.js';
import { runCdrTail } from './cdr/tail.js';
import { asteriskDialect } from './dialect.js';
import type { FilePosition } from './files/file-tail.js';
import { importQueueLog } from './queue-log/import.js';
import { runQueueLogTable } from './queue-log/table.js';
import { runQueueLogTail } from './queue-log/tail.js';

export const asteriskDriver: PbxDriver = {
  name: 'asterisk',
  dialect: asteriskDialect,
  sources: ({ ami, queueLog, cdr }) => [
    ...(ami ? ['ami' as const] : []),
    ...(queueLog ? ['queue_log' as const] : []),
    ...(cdr ? ['cdr' as const] : []),
  ],
  runSources: async (config, host, signal) => {
    await Promise.all([
      runAmi(config, host, signal),
      runQueueLog(config, host, signal),
      runCdr(config, host, signal),
    ]);
  },
  replay: replayTrace,
  importLog: importQueueLog,
  importCdr,
  capture: async ({ pbx, directory, anonymize, onTrouble, onProgress }, signal) => {
    if (!pbx.ami) throw new Error(`PBX "${pbx.name}" has no ami section: there is nothing to record`);
    const traces = await captureTrace(
      { ami: amiOptions(pbx.ami), directory, anonymize, onTrouble, onProgress },
      signal,
    );
    return traces.flatMap(({ stream, chunks }) => [stream, chunks]);
  },
};

function amiOptions(ami: AmiConfig): AmiConnectionOptions {
  return {
    host: ami.host,
    port: ami.port,
    username: ami.user,
    secret: ami.secret.reveal(),
    auth: ami.auth,
    keepaliveMs: ami.keepaliveSeconds * 1000,
    ...(ami.tls && { tls: ami.tls }),
  };
}

async function runAmi({ name, ami }: PbxConfig, host: SourceHost, signal: AbortSignal): Promise<void> {
  if (!ami) return;
  const source = new AsteriskAmiSource(
    {
      pbx: name,
      ami: amiOptions(ami),
      onTrouble: (error, retryInMs) => host.onTrouble('ami', error, retryInMs),
      onLink: (link, reason) => host.onLink('ami', link, reason),
    },
    host.sink,
  );
  await source.run(signal);
}

async function runQueueLog(
  { name, queueLog }: PbxConfig,
  host: SourceHost,
  signal: AbortSignal,
): Promise<void> {
  if (!queueLog) return;
  const onTrouble = (error: Error): void => {
    host.onLink('queue_log', 'down', error.message);
    host.onTrouble('queue_log', error);
  };
  const position = host.positions.load(name, 'queue_log');
  const save = (to: unknown): void => {
    host.onLink('queue_log', 'up', '');
    host.positions.save(name, 'queue_log', to);
  };
  if (queueLog.from === 'table' || isReadable(queueLog.file)) host.onLink('queue_log', 'up', '');
  if (queueLog.from === 'file') {
    const options = {
      pbx: name,
      path: queueLog.file,
      position: filePosition(position),
      onPosition: save,
      onTrouble,
    };
    await runQueueLogTail(options, host.sink, signal);
  } else {
    const { url, table, zone } = queueLog;
    const options = {
      pbx: name,
      database: url.reveal(),
      table,
      zone,
      position: tablePosition(position),
      onPosition: save,
      onTrouble,
    };
    await runQueueLogTable(options, host.sink, signal);
  }
}

async function runCdr({ name, cdr }: PbxConfig, host: SourceHost, signal: AbortSignal): Promise<void> {
  if (!cdr) return;
  const onTrouble = (error: Error): void => {
    host.onLink('cdr', 'down', error.message);
    host.onTrouble('cdr', error);
  };
  const position = host.positions.load(name, 'cdr');
  const save = (to: unknown): void => {
    host.onLink('cdr', 'up', '');
    host.positions.save(name, 'cdr', to);
  };
  if (cdr.from === 'table' || isReadable(cdr.file)) host.onLink('cdr', 'up', '');
  if (cdr.from === 'file') {
    const options = {
      pbx: name,
      path: cdr.file,
      position: filePosition(position),
      onPosition: save,
      onTrouble,
    };
    await runCdrTail({ ...options, ...(cdr.columns && { columns: cdr.columns }) }, host.sink, signal);
  } else {
    const { url, table, zone } = cdr;
    const options = {
      pbx: name,
      database: url.reveal(),
      table,
      zone,
      position: tablePosition(position),
      onPosition: save,
      onTrouble,
    };
    await runCdrTable(options, host.sink, signal);
  }
}

/** What cannot be read yet is told as trouble, and is up with its first rows. */
function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** A saved position of another kind (a file became a table) or shape is none: everything is read again. */
function filePosition(saved: unknown): FilePosition | undefined {
  if (typeof saved !== 'object' || saved === null) return undefined;
  const { head, headBytes, offset } = saved as Partial<Record<keyof FilePosition, unknown>>;
  return typeof head === 'string' && typeof headBytes === 'number' && typeof offset === 'number'
    ? { head, headBytes, offset }
    : undefined;
}

const tablePosition = (saved: unknown): string | undefined => (typeof saved === 'string' ? saved : undefined);
