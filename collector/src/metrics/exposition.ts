/**
 * Prometheus' text format 0.0.4. In: families, labels, values. Out: text. What must hold: label values are escaped
 * as the format asks (backslash, quote, newline; everything else is UTF-8), help texts likewise.
 */
import type { Family } from './families.js';

export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export interface Sample {
  /** In the order of the family's labels. */
  readonly labels: readonly string[];
  readonly value: number;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };

export const escapeLabel = (value: string): string =>
  value.replace(/[\\"\n]/g, (char) => ESCAPES[char] ?? char);

/** `pbx="hq",queue="sales"`; names and values pair up. */
export const labelText = (names: readonly string[], values: readonly string[]): string =>
  names.map((name, i) => `${name}="${escapeLabel(values[i] ?? '')}"`).join(',');

export const headerText = ({ name, help, type }: Family): string =>
  `# HELP ${name} ${help.replace(/[\\\n]/g, (char) => ESCAPES[char] ?? char)}\n# TYPE ${name} ${type}\n`;

export function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

/** A small family, whole; nothing when it has no samples. */
export function familyText(family: Family, samples: readonly Sample[]): string {
  if (samples.length === 0) return '';
  const lines = samples.map(({ labels, value }) => {
    const text = labelText(family.labels, labels);
    return `${family.name}${text && `{${text}}`} ${numberText(value)}\n`;
  });
  return headerText(family) + lines.join('');
}
