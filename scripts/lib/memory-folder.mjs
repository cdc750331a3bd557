// Where tests write what they soon remove: a disk would only make them wait.
import { statfsSync } from 'node:fs';

/** Linux's folder in memory. */
const folder = '/dev/shm';
/** The room that all tests together want in it. */
const wantedBytes = 4 * 2 ** 30;

/** Makes it the folder for temporary files, of this process and its children, where it exists and has room. */
export function useMemoryFolder() {
  try {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize >= wantedBytes) process.env.TMPDIR = folder;
  } catch {
    // There is no such folder.
  }
}
