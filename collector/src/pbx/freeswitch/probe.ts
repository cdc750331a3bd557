/**
 * Tries the connections of a FreeSWITCH: event socket, call records.
 *
 * In: a configuration. Out: the version and what is missing, each with the fix. What must hold: only commands that read are
 * sent.
 */
import type { EslConfig, JsonCdrConfig, PbxConfig } from '../../config/config.js';
import { type Finding, type Probe, probeFolder } from '../probe.js';
import { EslSession, type EslOptions } from './esl/session.js';
import { subscribeCommand } from './esl/subscription.js';

export async function probeFreeSwitch(
  { name, esl, jsonCdr }: PbxConfig,
  options: (esl: EslConfig) => EslOptions,
  signal: AbortSignal,
): Promise<Probe> {
  const socket: Promise<Probe> =
    esl === null ? Promise.resolve({ version: null, findings: [] }) : probeSocket(options(esl), esl, signal);
  const records = jsonCdr === null ? [] : await probeRecords(name, jsonCdr);
  const { version, findings } = await socket;
  return { version, findings: [...findings, ...records] };
}

async function probeRecords(name: string, { folder, post }: JsonCdrConfig): Promise<Finding[]> {
  const found: Finding[] = folder === null ? [] : [await probeFolder('json_cdr', folder)];
  if (post !== null) {
    const message = `waits for records posted to /api/v1/pbxs/${name}/call-records as "${post.user}"`;
    found.push({ source: 'json_cdr', level: 'ok', message });
  }
  return found;
}

async function probeSocket(options: EslOptions, esl: EslConfig, signal: AbortSignal): Promise<Probe> {
  let session: EslSession;
  try {
    session = await EslSession.open(options, { onFrame: () => undefined }, signal);
  } catch (error) {
    signal.throwIfAborted();
    return { version: null, findings: [finding('failed', messageOf(error))] };
  }
  try {
    const findings = [finding('ok', `the password is right at ${options.host}:${options.port}`)];
    const version = await ask(findings, () => session.api('version'));
    const subscribe = subscribeCommand(esl.format, { fifo: esl.fifo });
    await ask(findings, () => session.command(subscribe));
    const queues = await ask(findings, () => session.api('callcenter_config queue list'));
    if (queues !== null) findings.push(queuesFound(queues));
    return { version: version?.trim() ?? null, findings };
  } finally {
    session.close('the test is over');
  }
}

/** @param table header line, a line per queue, `+OK` */
function queuesFound(table: string): Finding {
  const count = table.split('\n').filter((line) => line.includes('|')).length - 1;
  return count > 0
    ? finding('ok', `${count} queues`)
    : finding('warning', 'mod_callcenter has no queues loaded: see callcenter.conf.xml');
}

/** @returns null when refused, which is a finding */
async function ask(findings: Finding[], send: () => Promise<string>): Promise<string | null> {
  try {
    return await send();
  } catch (error) {
    const text = messageOf(error);
    findings.push(
      /Command not found/i.test(text) && text.includes('callcenter_config')
        ? finding(
            'failed',
            'mod_callcenter is not loaded: load it in modules.conf.xml, now with "load mod_callcenter"',
          )
        : finding('warning', text),
    );
    return null;
  }
}

const finding = (level: Finding['level'], message: string): Finding => ({ source: 'esl', level, message });

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
