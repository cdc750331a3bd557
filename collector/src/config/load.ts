/**
 * Reads the configuration: YAML file, then environment, then command line; checked as one.
 *
 * In: a file name, an environment, overrides. Out: `Config` and warnings. What must hold: everything that is wrong is
 * told at once (`ConfigError`), each with its key and the fix; no message repeats a secret.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { parseDocument } from 'yaml';
import type { Config } from './config.js';
import { applyOverrides, overridesFrom, type Override } from './environment.js';
import { ConfigError, isRecord, problemOf, type ConfigProblem } from './problem.js';
import { resolveConfig } from './resolve.js';
import { ConfigFile } from './schema.js';

export interface LoadOptions {
  /** `--config`; else `QUEUESCOPE_CONFIG`, else `queuescope.yaml` in `cwd` when it is there. */
  file?: string;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** Command-line options, over everything else: `{ key: 'http.port', value: '9000', origin: '--port' }`. */
  overrides?: readonly Override[];
}

const validate = new Ajv({ allErrors: true, useDefaults: true, verbose: true }).compile<ConfigFile>(
  ConfigFile,
);

/** @throws ConfigError naming every problem. */
export function loadConfig(options: LoadOptions): { config: Config; warnings: string[] } {
  const file = configFileOf(options);
  const origin = file ?? 'environment and defaults';
  const written = file === null ? {} : readConfigFile(file);
  const { overrides, warnings } = overridesFrom(options.env, variablesNamedIn(written));
  const applied = applyOverrides(written, [...overrides, ...(options.overrides ?? [])]);
  const candidate: unknown = applied.file;
  if (!validate(candidate)) {
    const problems = (validate.errors ?? []).map(problemOf).map((p) => withOrigin(p, overrides));
    throw new ConfigError(origin, [...applied.problems, ...problems]);
  }
  if (applied.problems.length > 0) throw new ConfigError(origin, applied.problems);
  const baseDir = file === null ? options.cwd : path.dirname(file);
  const resolved = resolveConfig(candidate, { file, baseDir, env: options.env });
  if (resolved.problems.length > 0) throw new ConfigError(origin, resolved.problems);
  return { config: resolved.config, warnings };
}

function configFileOf({ file, env, cwd }: LoadOptions): string | null {
  const named = file ?? env.QUEUESCOPE_CONFIG;
  if (named !== undefined && named !== '') {
    const full = path.resolve(cwd, named);
    if (existsSync(full)) return full;
    const by = file === undefined ? 'QUEUESCOPE_CONFIG' : '--config';
    throw new ConfigError(full, [
      {
        key: by,
        message:
          'there is no such file; give the path of your configuration, or copy queuescope.example.yaml',
      },
    ]);
  }
  const standard = path.resolve(cwd, 'queuescope.yaml');
  return existsSync(standard) ? standard : null;
}

function readConfigFile(file: string): Record<string, unknown> {
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(file, [{ key: '', message: `the file cannot be read: ${why}` }]);
  }
  const document = parseDocument(source, { prettyErrors: false });
  if (document.errors.length > 0) {
    throw new ConfigError(
      file,
      document.errors.map((e) => ({ key: lineOf(source, e.pos[0]), message: `no valid YAML: ${e.message}` })),
    );
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (value === null || value === undefined) return {};
  if (!isRecord(value)) {
    throw new ConfigError(file, [
      { key: '', message: 'must hold keys and values, as in `http: { port: 8080 }`' },
    ]);
  }
  return withoutNulls(value);
}

const lineOf = (source: string, offset: number): string =>
  `line ${source.slice(0, offset).split('\n').length}`;

/** A key whose values are all commented out (`http:` alone) counts as left out. */
function withoutNulls(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== null)
      .map(([k, v]) => [k, isRecord(v) ? withoutNulls(v) : v]),
  );
}

/** Every environment variable the file refers to by a key ending in `Env`. */
function variablesNamedIn(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) value.forEach((item) => variablesNamedIn(item, found));
  if (!isRecord(value)) return found;
  for (const [key, item] of Object.entries(value)) {
    if (key.endsWith('Env') && typeof item === 'string') found.add(item);
    else variablesNamedIn(item, found);
  }
  return found;
}

/** Says which variable a wrong value came from, when it did not stand in the file. */
function withOrigin(problem: ConfigProblem, overrides: readonly Override[]): ConfigProblem {
  const override = overrides.find((o) => o.key === problem.key);
  return override === undefined ? problem : { ...problem, key: `${problem.key} (from ${override.origin})` };
}
