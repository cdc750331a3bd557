/**
 * Tries the connections of an Asterisk: manager interface, queue_log, CDR.
 *
 * In: a configuration. Out: the version and what is missing (rights, `timestampevents`), each with the fix. What must hold: only
 * actions that read are sent, the ones the collector sends anyway and CoreSettings, which tells the version.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AmiConfig, PbxConfig } from '../../config/config.js';
import { type Finding, type Probe, probeFile } from '../probe.js';
import { decodeAmi } from './ami/codec.js';
import { AmiActionError } from './ami/errors.js';
import { AmiSession, type AmiOptions } from './ami/session.js';
import { openPool } from './tables/poll.js';

/** How long events are waited for: a busy Asterisk sends some at once, and each tells of its rights. */
const LISTEN_MS = 1_500;
const NO_REPORTING =
  'is refused: give the user read and write of class reporting in manager.conf, then "manager reload"';

export async function probeAsterisk(
  config: PbxConfig,
  options: (ami: AmiConfig) => AmiOptions,
  signal: AbortSignal,
): Promise<Probe> {
  const { ami, queueLog, cdr } = config;
  const manager: Promise<Probe> =
    ami === null ? Promise.resolve({ version: null, findings: [] }) : probeManager(options(ami), signal);
  const log = queueLog === null ? [] : [probePlace('queue_log', queueLog)];
  const records = cdr === null ? [] : [probePlace('cdr', cdr)];
  const { version, findings } = await manager;
  return { version, findings: [...findings, ...(await Promise.all([...log, ...records]))] };
}

type Place = NonNullable<PbxConfig['queueLog'] | PbxConfig['cdr']>;

const probePlace = (source: 'queue_log' | 'cdr', place: Place): Promise<Finding> =>
  place.from === 'file' ? probeFile(source, place.file) : probeTable(source, place.url.reveal(), place.table);

async function probeTable(source: Finding['source'], url: string, table: string): Promise<Finding> {
  try {
    const pool = openPool(url);
    try {
      await pool.query('select 1 from ?? limit 1', [table]);
    } finally {
      await pool.end();
    }
    return { source, level: 'ok', message: `the table ${table} can be read` };
  } catch (error) {
    return { source, level: 'failed', message: `the table ${table} cannot be read: ${messageOf(error)}` };
  }
}

async function probeManager(options: AmiOptions, signal: AbortSignal): Promise<Probe> {
  const seen = new SeenEvents();
  let session: AmiSession;
  try {
    session = await AmiSession.open(options, { onFrame: (frame) => seen.add(frame) }, signal);
  } catch (error) {
    signal.throwIfAborted();
    return { version: null, findings: [finding('failed', messageOf(error))] };
  }
  try {
    const findings: Finding[] = [
      finding('ok', `${options.username} is logged in at ${options.host}:${options.port}`),
    ];
    const settings = await ask(findings, 'CoreSettings', () => session.action('CoreSettings'));
    await ask(findings, 'CoreStatus', () => session.action('CoreStatus'));
    await ask(findings, 'CoreShowChannels', () => session.list('CoreShowChannels'));
    const queues = await ask(findings, 'QueueStatus', () => session.list('QueueStatus'));
    if (queues !== null) {
      const count = queues.filter(({ name }) => name === 'QueueParams').length;
      findings.push(
        count > 0
          ? finding('ok', `${count} queues`)
          : finding('warning', 'it has no queues, or none that was used yet (realtime)'),
      );
    }
    await sleep(LISTEN_MS, undefined, { signal });
    const version = settings?.get('AsteriskVersion');
    return {
      version: version === undefined ? null : `Asterisk ${version}`,
      findings: [...findings, ...seen.findings()],
    };
  } finally {
    session.close('the test is over');
  }
}

/** @returns null when refused, which is a finding */
async function ask<T>(findings: Finding[], action: string, send: () => Promise<T>): Promise<T | null> {
  try {
    return await send();
  } catch (error) {
    const answer = error instanceof AmiActionError ? (error.answer ?? '') : '';
    const isDenied = /denied/i.test(answer);
    const isAbsent = /unknown command/i.test(answer);
    const why = isDenied
      ? `${action} ${NO_REPORTING}`
      : isAbsent
        ? `${action} is not known there: is app_queue loaded?`
        : messageOf(error);
    findings.push(finding(isAbsent && action === 'QueueStatus' ? 'failed' : 'warning', why));
    return null;
  }
}

/** What events tell of the configuration behind them. */
class SeenEvents {
  readonly #classes = new Set<string>();
  #withTime = 0;
  #withoutTime = 0;

  add(frame: Buffer): void {
    const message = decodeAmi(frame);
    if (message.type !== 'event') return;
    // Items of listings have neither; the event of the login has no time.
    const privilege = message.get('Privilege');
    if (privilege === undefined) return;
    for (const name of privilege.split(',')) this.#classes.add(name);
    if (message.name === 'FullyBooted') return;
    if (message.get('Timestamp') === undefined) this.#withoutTime++;
    else this.#withTime++;
  }

  findings(): Finding[] {
    const found: Finding[] = [];
    if (!this.#classes.has('system'))
      found.push(finding('warning', 'no event of class system came: add system to read in manager.conf'));
    if (this.#withoutTime > 0)
      found.push(
        finding('warning', 'events carry no time: set timestampevents = yes in manager.conf, then reload it'),
      );
    else if (this.#withTime === 0)
      found.push(
        finding(
          'unknown',
          `no event came within ${LISTEN_MS / 1000} s, so timestampevents could not be seen`,
        ),
      );
    const unseen = ['agent', 'call'].filter((name) => !this.#classes.has(name));
    if (unseen.length > 0)
      found.push(
        finding(
          'unknown',
          `no event of class ${unseen.join(' or ')} came meanwhile: make sure that read in manager.conf has ${unseen.join(' and ')}`,
        ),
      );
    return found;
  }
}

const finding = (level: Finding['level'], message: string): Finding => ({ source: 'ami', level, message });

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
