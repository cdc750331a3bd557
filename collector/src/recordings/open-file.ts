/**
 * A recording in a folder.
 *
 * In: the folder, where below it, the range asked for. Out: the opened file. What must hold: nothing outside the folder is ever
 * read, whatever the names of calls and recordings are and wherever symbolic links lead: the file that is opened is the one
 * whose real path was checked.
 */
import { open, readdir, realpath, type FileHandle } from 'node:fs/promises';
import { constants } from 'node:fs';
import path from 'node:path';
import { audioType, UNKNOWN_TYPE } from './audio-types.js';
import { errorCode } from './error-code.js';
import { byteRange } from './range.js';
import {
  contentRangeOf,
  NoRecordingError,
  RangeNotSatisfiableError,
  type FoundRecording,
} from './recording.js';

export interface FilePlace {
  /** Below the base; absolute where the PBX stated an absolute path. */
  folder: string;
  name: string | RegExp;
}

/**
 * @returns null when there is no such file
 * @throws NoRecordingError when it is outside of the folder, or may not be read; RangeNotSatisfiableError
 */
export async function openFile(
  base: string,
  place: FilePlace,
  range: string | undefined,
): Promise<FoundRecording | null> {
  const file = await find(base, place);
  if (file === null) return null;
  const handle = await opened(file);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new NoRecordingError('what is there is no file');
    const { size } = stats;
    const part = byteRange(range, size);
    if (part === 'unsatisfiable') throw new RangeNotSatisfiableError(size);
    const length = part === null ? size : part.end - part.start + 1;
    return {
      status: part === null ? 200 : 206,
      contentType: audioType(file),
      length,
      contentRange: part === null ? null : contentRangeOf(part, size),
      fileName: path.basename(file),
      body: handle.createReadStream(part ?? {}),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The real path. */
async function find(base: string, { folder, name }: FilePlace): Promise<string | null> {
  const root = await realOf(base);
  if (root === null) throw new NoRecordingError('the folder of recordings is not there, or may not be read');
  const directory = path.resolve(root, fromBase(base, folder));
  checkInside(root, directory);
  const names = typeof name === 'string' ? [name] : await matching(directory, name);
  for (const candidate of names) {
    const file = path.resolve(directory, candidate);
    checkInside(root, file);
    const real = await realOf(file);
    if (real === null) continue;
    checkInside(root, real);
    return real;
  }
  return null;
}

/** A path stated absolutely by the PBX, below the base as it is configured. */
const fromBase = (base: string, folder: string): string =>
  path.isAbsolute(folder) && isInside(base, folder) ? path.relative(base, folder) : folder;

/** What plays comes first. */
async function matching(directory: string, name: RegExp): Promise<string[]> {
  const names = await readdir(directory).catch(ifAbsent);
  const rank = (file: string): number => Number(audioType(file) === UNKNOWN_TYPE);
  return (names ?? [])
    .filter((file) => name.test(file))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

const realOf = (file: string): Promise<string | null> =>
  file.includes('\0') ? Promise.resolve(null) : realpath(file).catch(ifAbsent);

async function opened(file: string): Promise<FileHandle> {
  // Not waiting: a pipe with nobody behind it would hold the request for ever.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(file, flags).catch(ifAbsent);
  if (handle === null) throw new NoRecordingError('the file went away, or may not be read');
  return handle;
}

function ifAbsent(error: unknown): null {
  const code = errorCode(error);
  if (code === 'EACCES' || code === 'EPERM')
    throw new NoRecordingError('the collector may not read the file; check its permissions');
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENAMETOOLONG') return null;
  throw error;
}

const isInside = (root: string, file: string): boolean => {
  const relative = path.relative(root, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
};

function checkInside(root: string, file: string): void {
  if (!isInside(root, file)) throw new NoRecordingError('it lies outside of the folder of recordings');
}
