/**
 * A segment: one file of the journal, named after its first seq. It ends where the next one begins.
 *
 *   0000000000000001.qsj       as written (format.ts)
 *   0000000000000001.qsj.gz    compressed (gzip-blocks.ts), durable before the file it replaces is removed
 *   0000000000000001.qsj.tmp   compression under way; worth nothing after a crash
 */
import type { Head } from './format.js';
import type { Block } from './scan.js';

export interface Segment {
  readonly firstSeq: number;
  form: 'raw' | 'gzip';
  /** Durable bytes of the file. */
  bytes: number;
  /** Known while this process has written it; else found when it is first read. */
  blocks?: Block[];
  head?: Pick<Head, 'baseUs' | 'createdMs'>;
}

const NAME = /^(\d{16})\.qsj(\.gz|\.tmp)?$/;

export const segmentName = ({ firstSeq, form }: Segment): string =>
  `${stem(firstSeq)}${form === 'gzip' ? '.gz' : ''}`;

export const temporaryName = (firstSeq: number): string => `${stem(firstSeq)}.tmp`;

/** @returns undefined for a file that is not the journal's. */
export function parseSegmentName(
  name: string,
): { firstSeq: number; form: Segment['form'] | 'temporary' } | undefined {
  const [, digits, suffix] = NAME.exec(name) ?? [];
  if (digits === undefined) return undefined;
  const form = suffix === undefined ? 'raw' : suffix === '.gz' ? 'gzip' : 'temporary';
  return { firstSeq: Number(digits), form };
}

const stem = (firstSeq: number): string => `${String(firstSeq).padStart(16, '0')}.qsj`;
