/**
 * Where a recording is, written as a pattern: `{year}/{month}/{day}/*-{callId}.wav`. Pure.
 *
 * In: a pattern, what is known of a visit. Out: the pattern with the values, for a file (segments to match) or an address.
 * What must hold: a value never acts as a pattern, and never adds a folder unless the pattern gives it room to
 * (`{recording}`, which may be a path itself).
 */
export const PLACEHOLDERS = [
  'recording',
  'recordingName',
  'callId',
  'linkedId',
  'queue',
  'date',
  'year',
  'month',
  'day',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** Null: not known of this visit. */
export type Values = Readonly<Record<Placeholder, string | null>>;

/** The pattern asks for something that is not known. */
export class MissingValueError extends Error {
  override name = 'MissingValueError';
  readonly placeholder: Placeholder;

  constructor(placeholder: Placeholder) {
    super(`{${placeholder}} is not known`);
    this.placeholder = placeholder;
  }
}

const PARTS = /\{(\w+)\}|\*|[^{*]+|\{/g;

/** What is wrong with a pattern, in words; null: nothing. */
export function patternProblem(pattern: string): string | null {
  const unknown = [...pattern.matchAll(/\{([^}]*)(\}?)/g)].find(
    ([, name = '', end]) => end === '' || !isPlaceholder(name),
  );
  if (unknown !== undefined)
    return `${unknown[0]} is no placeholder; there is ${PLACEHOLDERS.map((name) => `{${name}}`).join(', ')}`;
  if (!/\{(recording|recordingName|callId|linkedId)\}/.test(pattern))
    return 'must name the call: by {recording}, {recordingName}, {callId} or {linkedId}';
  return null;
}

/** As `patternProblem`, for a file: `*` may stand in its name, not in its folders. */
export function filePatternProblem(pattern: string): string | null {
  if (pattern.slice(0, pattern.lastIndexOf('/') + 1).includes('*'))
    return 'may have * in the name of the file only, not in its folders';
  return patternProblem(pattern);
}

/**
 * The path below the base, and what its last segment must match where the pattern has a `*`.
 * @throws MissingValueError
 */
export function filledPath(pattern: string, values: Values): { folder: string; name: string | RegExp } {
  const text = fill(pattern, values, (value) => value);
  const slash = pattern.lastIndexOf('/');
  const last = pattern.slice(slash + 1);
  if (!last.includes('*')) {
    const cut = text.lastIndexOf('/');
    return { folder: text.slice(0, cut + 1), name: text.slice(cut + 1) };
  }
  const name = fill(last, values, escapeRegExp, '[^/]*', escapeRegExp);
  return {
    folder: fill(pattern.slice(0, slash + 1), values, (value) => value),
    name: new RegExp(`^${name}$`),
  };
}

/** @throws MissingValueError */
export const filledUrl = (pattern: string, values: Values): string =>
  fill(pattern, values, (value) => value.split('/').map(encodeURIComponent).join('/'));

/** What stands before the first placeholder: no address may leave it. */
export const fixedStart = (pattern: string): string => pattern.slice(0, pattern.indexOf('{'));

function fill(
  pattern: string,
  values: Values,
  written: (value: string) => string,
  star = '*',
  literal: (text: string) => string = (text) => text,
): string {
  return pattern.replace(PARTS, (part: string, name: string | undefined) => {
    if (part === '*') return star;
    if (name === undefined || !isPlaceholder(name)) return literal(part);
    const value = values[name];
    if (value === null) throw new MissingValueError(name);
    return written(value);
  });
}

const isPlaceholder = (name: string): name is Placeholder => PLACEHOLDERS.some((known) => known === name);

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
