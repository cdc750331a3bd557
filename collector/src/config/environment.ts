/**
 * Settings from outside the file: environment variables and command-line options.
 *
 * In: the environment. Out: `Override[]` (dotted key, value as text, where it came from), applied over the file
 * before it is validated. What must hold: the names follow from the schema (`http.port` is `QUEUESCOPE_HTTP_PORT`), so
 * a new setting needs no line here; lists of groups (pbxs, queues, tenants) are set in the file only.
 */
import { nearest } from './suggest.js';
import { ConfigFile } from './schema.js';
import { isRecord, type ConfigProblem } from './problem.js';

/** One setting given elsewhere than in the file. */
export interface Override {
  /** Dotted key, as in `http.port`. */
  key: string;
  value: string;
  /** What the user wrote it as: `QUEUESCOPE_HTTP_PORT`, `--port`. */
  origin: string;
}

type Kind = 'string' | 'integer' | 'number' | 'boolean' | 'list';

/** Every key that can be set by one text, and of which kind. */
export const SCALAR_KEYS: ReadonlyMap<string, Kind> = new Map(scalarKeys(ConfigFile, ''));

/** `journal.retentionDays` → `QUEUESCOPE_JOURNAL_RETENTION_DAYS`. */
export function variableName(key: string): string {
  return `QUEUESCOPE_${key
    .replaceAll('.', '_')
    .replace(/[A-Z]/g, (capital) => `_${capital}`)
    .toUpperCase()}`;
}

/** Variables with our prefix that are no settings of the collector. */
const OTHER_VARIABLES = /^QUEUESCOPE_(CONFIG$|TEST_|LAB_)/;

/**
 * Reads the settings of an environment.
 *
 * @param usedElsewhere names of variables the file refers to (`secretEnv: QUEUESCOPE_AMI_SECRET`).
 * @returns overrides, and a warning for each variable with our prefix that is not a setting.
 */
export function overridesFrom(
  env: Readonly<Record<string, string | undefined>>,
  usedElsewhere: ReadonlySet<string>,
): { overrides: Override[]; warnings: string[] } {
  const byVariable = new Map([...SCALAR_KEYS.keys()].map((key) => [variableName(key), key]));
  const overrides: Override[] = [];
  const warnings: string[] = [];
  for (const [origin, value] of Object.entries(env)) {
    if (!origin.startsWith('QUEUESCOPE_') || value === undefined || value === '') continue;
    const key = byVariable.get(origin);
    if (key !== undefined) overrides.push({ key, value, origin });
    else if (!OTHER_VARIABLES.test(origin) && !usedElsewhere.has(origin)) {
      const near = nearest(origin, byVariable.keys(), 1)[0];
      warnings.push(`${origin} is not a setting${near === undefined ? '' : `; did you mean ${near}?`}`);
    }
  }
  return { overrides, warnings };
}

/**
 * Puts overrides into a parsed file.
 *
 * @returns the file with them, and a problem for each that is not of its key's kind.
 */
export function applyOverrides(
  file: Record<string, unknown>,
  overrides: readonly Override[],
): { file: Record<string, unknown>; problems: ConfigProblem[] } {
  const result = structuredClone(file);
  const problems: ConfigProblem[] = [];
  for (const { key, value, origin } of overrides) {
    const kind = SCALAR_KEYS.get(key);
    const parsed = kind === undefined ? undefined : parse(value, kind);
    if (kind === undefined || parsed === undefined) {
      problems.push({
        key: origin,
        message: `cannot be used for ${key}: it needs ${WANTED[kind ?? 'string']}`,
      });
      continue;
    }
    put(result, key.split('.'), parsed);
  }
  return { file: result, problems };
}

const WANTED: Record<Kind, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  list: 'names with commas between',
};

function parse(value: string, kind: Kind): unknown {
  switch (kind) {
    case 'string':
      return value;
    case 'integer':
      return /^[+-]?\d+$/.test(value.trim()) ? Number(value) : undefined;
    case 'number':
      return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;
    case 'boolean':
      if (/^(true|1|yes|on)$/i.test(value)) return true;
      return /^(false|0|no|off)$/i.test(value) ? false : undefined;
    case 'list':
      return value
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
  }
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  if (rest.length === 0) {
    // A secret given here replaces one the file gives in another way.
    const base = head.replace(/(File|Env)$/, '');
    for (const way of [base, `${base}File`, `${base}Env`]) delete target[way];
    target[head] = value;
    return;
  }
  const child = target[head];
  const next = isRecord(child) ? child : {};
  target[head] = next;
  put(next, rest, value);
}

function scalarKeys(schema: unknown, prefix: string): [string, Kind][] {
  if (!isRecord(schema) || !isRecord(schema.properties)) return [];
  return Object.entries(schema.properties).flatMap(([name, property]): [string, Kind][] => {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    if (!isRecord(property)) return [];
    switch (property.type) {
      case 'string':
      case 'integer':
      case 'number':
      case 'boolean':
        return [[key, property.type]];
      case 'array':
        return isRecord(property.items) && property.items.type === 'string' ? [[key, 'list']] : [];
      case 'object':
        return scalarKeys(property, key);
      default:
        return Array.isArray(property.enum) ? [[key, 'string']] : [];
    }
  });
}
