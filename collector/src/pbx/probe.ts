/**
 * What trying a connection found out: for who sets one up.
 *
 * In: a place to read from. Out: findings in words, each with what to do. What must hold: nothing is changed on the PBX, nothing
 * enters the journal, and a probe ends in time whatever the other side does.
 */
import { access, constants, readdir, stat } from 'node:fs/promises';
import type { SourceKind } from './event.js';

export interface Finding {
  source: SourceKind | 'recordings';
  /** `unknown`: it could not be seen, which is no fault. */
  level: 'ok' | 'warning' | 'failed' | 'unknown';
  message: string;
}

export interface Probe {
  /** Of the PBX, in its own words; null: it was not told. */
  version: string | null;
  findings: Finding[];
}

/** A file that is followed. */
export async function probeFile(source: Finding['source'], file: string): Promise<Finding> {
  try {
    await access(file, constants.R_OK);
    const { size, mtime } = await stat(file);
    return { source, level: 'ok', message: `${file}: ${size} bytes, last written ${mtime.toISOString()}` };
  } catch (error) {
    return { source, level: 'failed', message: `${file} ${whyNot(error)}` };
  }
}

export async function probeFolder(source: Finding['source'], folder: string): Promise<Finding> {
  try {
    const { length } = await readdir(folder);
    return { source, level: 'ok', message: `${folder}: ${length} entries` };
  } catch (error) {
    return { source, level: 'failed', message: `${folder} ${whyNot(error)}` };
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'is not there: check the path as the collector sees it',
  EACCES: "may not be read: give the collector's account the right to, as by the group of the PBX",
  ENOTDIR: 'is no folder',
};

function whyNot(error: unknown): string {
  const code =
    typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
  return WHY[code] ?? `cannot be read (${code})`;
}
