/**
 * What a journal's folder holds after whatever happened to the process or the machine.
 *
 * In: the folder. Out: its segments in order, all durable, and where to go on. Only the newest segment is read; a torn
 * group at its end (never acknowledged) is cut off.
 */
import { join } from 'node:path';
import type { FileSystem } from './file-system.js';
import { checkVersion } from './format.js';
import { gunzipBlock, listMembers } from './gzip-blocks.js';
import type { JournalDamage } from './journal.js';
import { readBlock, scanSegment } from './scan.js';
import { parseSegmentName, segmentName, type Segment } from './segment.js';

export interface Recovered {
  segments: Segment[];
  lastSeq: number;
  newestUs: number | null;
}

/** @throws JournalFormatError, or the disk's error */
export async function recover(
  fs: FileSystem,
  directory: string,
  onDamage: (damage: JournalDamage) => void,
): Promise<Recovered> {
  await fs.makeDirectory(directory);
  const segments = await listSegments(fs, directory);
  const newest = segments.at(-1);
  if (newest === undefined) return { segments, lastSeq: 0, newestUs: null };

  const name = segmentName(newest);
  const path = join(directory, name);
  const bytes = await fs.read(path, 0, newest.bytes);
  if (newest.form === 'gzip') return { segments, ...(await lastOfCompressed(bytes, newest.firstSeq)) };

  checkVersion(bytes, name);
  const scan = scanSegment(bytes, newest.firstSeq, 'tail');
  const torn = bytes.length - scan.end;
  if (torn > 0) {
    onDamage({ segment: name, offset: scan.end, bytes: torn, fromSeq: null, toSeq: null, kind: 'torn' });
  }
  if (scan.lastSeq === undefined) {
    // The next append writes it anew. Until then its name says that everything before it was acknowledged, and that
    // what the segment before it may hold from this seq on was not.
    await fs.cut(path, 0);
    await fs.syncDirectory(directory);
    segments.pop();
    return { segments, lastSeq: newest.firstSeq - 1, newestUs: null };
  }
  // Also when nothing is torn: what stands in the file may not be on the disk yet.
  await fs.cut(path, scan.end);
  await fs.syncDirectory(directory);
  newest.bytes = scan.end;
  newest.blocks = scan.blocks;
  return { segments, lastSeq: scan.lastSeq, newestUs: scan.lastUs ?? null };
}

/** Removes what a crash during compression has left. */
async function listSegments(fs: FileSystem, directory: string): Promise<Segment[]> {
  const found = new Map<number, Segment>();
  // The name of a compressed segment must be durable before the file it replaces may go.
  await fs.syncDirectory(directory);
  for (const { name, bytes } of await fs.list(directory)) {
    const parsed = parseSegmentName(name);
    if (parsed === undefined) continue;
    const { firstSeq, form } = parsed;
    const twin = found.get(firstSeq);
    if (form === 'temporary') await fs.remove(join(directory, name));
    else if (twin === undefined) found.set(firstSeq, { firstSeq, form, bytes });
    else {
      await fs.remove(join(directory, segmentName({ ...twin, form: 'raw' })));
      found.set(firstSeq, form === 'gzip' ? { firstSeq, form, bytes } : twin);
    }
  }
  return [...found.values()].sort((one, other) => one.firstSeq - other.firstSeq);
}

/** The newest segment is compressed only when newer ones have been taken away. */
async function lastOfCompressed(bytes: Buffer, firstSeq: number): Promise<Omit<Recovered, 'segments'>> {
  const members = listMembers(bytes);
  let lastSeq = members.at(-1)?.firstSeq ?? firstSeq;
  for (const member of members.reverse()) {
    const block = await gunzipBlock(bytes.subarray(member.from, member.to)).catch(() => undefined);
    const last = block && readBlock(block, member.firstSeq, Infinity).records.at(-1);
    if (last === undefined) continue;
    lastSeq = Math.max(lastSeq, last.seq);
    return { lastSeq, newestUs: last.receivedUs };
  }
  return { lastSeq, newestUs: null };
}
