/** What most commands begin with: the configuration with the command line over it, a log, the database. */
import { existsSync } from 'node:fs';
import { pino, type Logger } from 'pino';
import { type Instance, openInstance } from '../app/instance.js';
import type { Config } from '../config/config.js';
import { DEFAULT_DIALECT, DIALECT_NAMES } from '../config/dialects.js';
import type { Override } from '../config/environment.js';
import { loadConfig } from '../config/load.js';
import type { PbxDriver } from '../pbx/driver.js';
import { driverOf } from '../pbx/drivers.js';
import { type Call, UsageError } from './command.js';
import { terminalLog } from './log-lines.js';

/** Command-line options that stand for settings of the configuration. */
const SETTINGS: Readonly<Record<string, string>> = {
  'data-dir': 'dataDir',
  'database-url': 'database.url',
  'log-level': 'log.level',
  port: 'http.port',
  host: 'http.host',
};

export function configOf(call: Call): Config {
  const overrides: Override[] = Object.entries(SETTINGS).flatMap(([option, key]) => {
    const value = call.value(option);
    return value === undefined ? [] : [{ key, value, origin: `--${option}` }];
  });
  const file = call.value('config');
  const { config, warnings } = loadConfig({
    env: process.env,
    cwd: process.cwd(),
    overrides,
    ...(file !== undefined && { file }),
  });
  for (const warning of warnings) call.say(`warning: ${warning}`);
  return config;
}

/** One-shot commands are quiet but for warnings; `serve` tells what it does. */
export function loggerOf(config: Config, call: Call, quiet: boolean): Logger {
  const level =
    quiet && call.value('log-level') === undefined && config.log.level === 'info' ? 'warn' : config.log.level;
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return process.stderr.isTTY
    ? pino(options, terminalLog(process.stderr))
    : pino(options, pino.destination({ dest: 2, sync: true }));
}

/** Opens the instance for `work` and closes it, whatever happens. */
export async function withInstance<Result>(
  call: Call,
  work: (instance: Instance) => Promise<Result>,
  config = configOf(call),
): Promise<Result> {
  const instance = await openInstance(config, loggerOf(config, call, true), call.signal);
  try {
    return await work(instance);
  } finally {
    await instance.close();
  }
}

/** `--dialect`, of commands for a PBX that need not be configured. */
export const DIALECT_OPTION = {
  value: 'NAME',
  help: `kind of PBX: ${DIALECT_NAMES.join(', ')} (default: as configured, else ${DEFAULT_DIALECT})`,
};

/**
 * The driver of `--pbx`: what the configuration says it is, else `--dialect`.
 * @throws UsageError when there is no such dialect, or the two contradict each other
 */
export function driverFor(call: Call, config: Config): PbxDriver {
  const pbx = call.required('pbx');
  const configured = config.pbxs.find(({ name }) => name === pbx)?.dialect;
  const told = call.value('dialect');
  if (configured !== undefined && told !== undefined && told !== configured) {
    throw new UsageError(`--dialect ${told}: ${pbx} is ${configured} in the configuration`);
  }
  try {
    return driverOf(told ?? configured ?? DEFAULT_DIALECT);
  } catch (error) {
    throw new UsageError(`--dialect: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws UsageError when one does not exist */
export function existingFiles(call: Call, option: string): string[] {
  const files = [...call.values(option)];
  for (const file of files)
    if (!existsSync(file)) throw new UsageError(`--${option} ${file}: there is no such file`);
  return files;
}

/** @throws UsageError when it is not an instant */
export function instantOf(call: Call, option: string): number | undefined {
  const text = call.value(option);
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text)
    ? Number(text)
    : Date.parse(/T.*(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : 'no zone');
  if (!Number.isFinite(ms))
    throw new UsageError(`--${option} ${text}: write an instant with its zone, as 2026-11-20T08:00:00+05:00`);
  return ms;
}
