/** FreeSWITCH as a driver: its configuration turned into running sources, traces and imports. */
import type { EslConfig, PbxConfig } from '../../config/config.js';
import type { PbxDriver, SourceHost } from '../driver.js';
import { contradictions } from './cdr/contradictions.js';
import { importCallRecords } from './cdr/import.js';
import { runCallRecords } from './cdr/source.js';
import { freeswitchDialect } from './dialect.js';
import { captureTrace } from './esl/capture.js';
import type { EslConnectionOptions } from './esl/connection.js';
import { replayTrace } from './esl/replay.js';
import type { EslResyncOptions } from './esl/resync.js';
import { FreeSwitchEslSource } from './esl/source.js';
import { probeFreeSwitch } from './probe.js';

export const freeswitchDriver = {
  name: 'freeswitch',
  dialect: freeswitchDialect,
  sources: ({ esl, jsonCdr }) => [
    ...(esl ? ['esl' as const] : []),
    ...(jsonCdr ? ['json_cdr' as const] : []),
  ],
  runSources: async (config, host, signal) => {
    await Promise.all([runEsl(config, host, signal), runCallRecords(config, host, signal)]);
  },
  probe: (config, signal) => probeFreeSwitch(config, connectionOptions, signal),
  replay: replayTrace,
  importCdr: importCallRecords,
  contradictions,
  cdrNeedsZone: false,
  capture: async ({ pbx: { name, esl }, ...request }, signal) => {
    if (!esl) throw new Error(`PBX "${name}" has no esl section: there is nothing to record`);
    const recording = { ...request, esl: connectionOptions(esl), resync: resyncOptions(esl) };
    const trace = await captureTrace(recording, signal);
    return trace ? [trace.stream, trace.chunks] : [];
  },
} satisfies PbxDriver;

const connectionOptions = ({ host, port, password, keepaliveSeconds }: EslConfig): EslConnectionOptions => ({
  host,
  port,
  password: password.reveal(),
  keepaliveMs: keepaliveSeconds * 1000,
});

const resyncOptions = ({ format, fifo, resyncSeconds }: EslConfig): EslResyncOptions => ({
  format,
  fifo,
  refreshMs: resyncSeconds * 1000,
});

async function runEsl({ name, esl }: PbxConfig, host: SourceHost, signal: AbortSignal): Promise<void> {
  if (!esl) return;
  const source = new FreeSwitchEslSource(
    {
      pbx: name,
      esl: connectionOptions(esl),
      resync: resyncOptions(esl),
      onTrouble: (error, retryInMs) => host.onTrouble('esl', error, retryInMs),
      onLink: (link, reason) => host.onLink('esl', link, reason),
    },
    host.sink,
  );
  await source.run(signal);
}
