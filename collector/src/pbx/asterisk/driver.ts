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
import { probeAsterisk } from './probe.js';
import { importQueueLog } from './queue-log/import.js';
import { runQueueLogTable } from './queue-log/table.js';
import { runQueueLogTail } from './queue-log/tail.js';

export const asteriskDriver = {
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
  probe: (config, signal) => probeAsterisk(config, amiOptions, signal),
  replay: replayTrace,
  importLog: importQueueLog,
  importCdr,
  cdrNeedsZone: true,
  capture: async ({ pbx, directory, anonymize, onTrouble, onProgress }, signal) => {
    if (!pbx.ami) throw new Error(`PBX "${pbx.name}" has no ami section: there is nothing to record`);
    const traces = await captureTrace(
      { ami: amiOptions(pbx.ami), directory, anonymize, onTrouble, onProgress },
      signal,
    );
    return traces.flatMap(({ stream, chunks }) => [stream, chunks]);
  },
} satisfies PbxDriver;

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
  const isReady = queueLog.from === 'table' || isReadable(queueLog.file);
  const { saved, ...reader } = followed(host, name, 'queue_log', isReady);
  if (queueLog.from === 'file') {
    await runQueueLogTail(
      { ...reader, path: queueLog.file, position: filePosition(saved) },
      host.sink,
      signal,
    );
  } else {
    const { url, table, zone } = queueLog;
    const options = { ...reader, database: url.reveal(), table, zone, position: tablePosition(saved) };
    await runQueueLogTable(options, host.sink, signal);
  }
}

async function runCdr({ name, cdr }: PbxConfig, host: SourceHost, signal: AbortSignal): Promise<void> {
  if (!cdr) return;
  const isReady = cdr.from === 'table' || isReadable(cdr.file);
  const { saved, ...reader } = followed(host, name, 'cdr', isReady);
  if (cdr.from === 'file') {
    const columns = cdr.columns && { columns: cdr.columns };
    await runCdrTail(
      { ...reader, ...columns, path: cdr.file, position: filePosition(saved) },
      host.sink,
      signal,
    );
  } else {
    const { url, table, zone } = cdr;
    const options = { ...reader, database: url.reveal(), table, zone, position: tablePosition(saved) };
    await runCdrTable(options, host.sink, signal);
  }
}

/** What following a file or table needs: where it stood, and whom to tell. */
function followed(host: SourceHost, pbx: string, source: 'queue_log' | 'cdr', isReady: boolean) {
  if (isReady) host.onLink(source, 'up', '');
  return {
    pbx,
    saved: host.positions.load(pbx, source),
    onPosition: (position: unknown): void => {
      host.onLink(source, 'up', '');
      host.positions.save(pbx, source, position);
    },
    onTrouble: (error: Error): void => {
      host.onLink(source, 'down', error.message);
      host.onTrouble(source, error);
    },
  };
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
