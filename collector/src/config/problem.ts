/**
 * What is wrong with a configuration, in words: the key, what is wrong, the fix.
 *
 * In: Ajv's errors. Out: `ConfigProblem[]`, and `ConfigError` which carries all of them. What must hold: a value of a
 * key that may hold a secret is never repeated.
 */
import type { ErrorObject } from 'ajv';
import { nearest } from './suggest.js';

export interface ConfigProblem {
  /** Dotted key as in the file: `pbxs[0].ami.port`. */
  key: string;
  /** What is wrong and how to mend it. */
  message: string;
}

/** The configuration cannot be used; `problems` names everything that is wrong, not only the first. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  /** @param origin where the configuration came from: a file name, or `environment`. */
  constructor(origin: string, problems: readonly ConfigProblem[]) {
    const lines = problems.map((p) => (p.key === '' ? `  ${p.message}` : `  ${p.key}: ${p.message}`));
    super(`The configuration (${origin}) cannot be used:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

const TYPE_WORDS: Record<string, string> = {
  integer: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
};

const MAY_HOLD_SECRET = /secret|token|password|url/i;

/** @returns the problem an Ajv error (made with `verbose: true`) stands for. */
export function problemOf(error: ErrorObject): ConfigProblem {
  const key = dottedKey(error.instancePath);
  const params = error.params as Record<string, unknown>;
  const description = descriptionOf(error.parentSchema);
  switch (error.keyword) {
    case 'additionalProperties': {
      const unknown = String(params.additionalProperty);
      return {
        key: key === '' ? unknown : `${key}.${unknown}`,
        message: unknownKey(unknown, propertiesOf(error.parentSchema)),
      };
    }
    case 'required': {
      const missing = String(params.missingProperty);
      const properties = propertiesOf(error.parentSchema);
      return {
        key: key === '' ? missing : `${key}.${missing}`,
        message: withFix('is missing; add it', descriptionOf(properties[missing])),
      };
    }
    case 'type': {
      const wanted = TYPE_WORDS[String(params.type)] ?? String(params.type);
      return { key, message: withFix(`must be ${wanted}, not ${shown(key, error.data)}`, description) };
    }
    case 'enum': {
      const allowed = (params.allowedValues as unknown[]).map(String);
      const near = nearest(String(error.data), allowed, 1)[0];
      const hint = near === undefined ? '' : `; did you mean ${near}?`;
      return { key, message: `must be one of ${allowed.join(', ')}, not ${shown(key, error.data)}${hint}` };
    }
    case 'minLength':
      return { key, message: withFix('must not be empty', description) };
    case 'minItems':
      return { key, message: withFix('must have at least one entry, or be left out', description) };
    case 'uniqueItems':
      return { key, message: withFix('has the same entry twice; keep one', description) };
    case 'pattern':
      return {
        key,
        message: withFix(
          `${shown(key, error.data)} has a character that is not allowed, or is too long`,
          description,
        ),
      };
    default:
      return {
        key,
        message: withFix(`${error.message ?? 'is not valid'}, but is ${shown(key, error.data)}`, description),
      };
  }
}

function unknownKey(unknown: string, properties: Record<string, unknown>): string {
  const known = Object.keys(properties);
  const near = nearest(unknown, known, 1)[0];
  return near === undefined
    ? `is not a setting; remove it (known here: ${known.join(', ')})`
    : `is not a setting; did you mean ${near}?`;
}

const withFix = (wrong: string, description: string): string =>
  description === '' ? wrong : `${wrong} (${description})`;

function shown(key: string, value: unknown): string {
  if (MAY_HOLD_SECRET.test(key)) return 'the value given';
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}

/** `/pbxs/0/ami/port` → `pbxs[0].ami.port`. */
function dottedKey(pointer: string): string {
  let key = '';
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    key += /^\d+$/.test(name) ? `[${name}]` : key === '' ? name : `.${name}`;
  }
  return key;
}

function descriptionOf(schema: unknown): string {
  return isRecord(schema) && typeof schema.description === 'string' ? schema.description : '';
}

function propertiesOf(schema: unknown): Record<string, unknown> {
  return isRecord(schema) && isRecord(schema.properties) ? schema.properties : {};
}

/** @returns true for a plain object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
