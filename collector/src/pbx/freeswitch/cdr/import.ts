/**
 * Old call records as messages: files of mod_json_cdr, and folders of them.
 *
 * In: paths. Out: batches of messages, with progress. What must hold: reading a file twice gives the same identities; a
 * file that is no record makes a message that says so; what cannot be opened ends the import, after all before it were
 * given out.
 */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RawMessage } from '../../dialect.js';
import type { ImportRequest } from '../../driver.js';
import { isUnreadable } from './messages.js';
import { fileMessage } from './record-file.js';

const BATCH = 200;
/** Files read together. */
const ABREAST = 16;

/**
 * Of a folder, the files `*.json` in it; sub-folders are not read.
 * @throws Error naming the file or folder that cannot be read, or the folder without records
 */
export async function* importCallRecords(request: ImportRequest): AsyncGenerator<RawMessage[]> {
  const { pbx, onProgress } = request;
  const files = (await Promise.all(request.files.map(filesIn))).flat();
  const progress = { rows: 0, bytesDone: 0, bytesTotal: 0 };
  for (const { size } of files) progress.bytesTotal += size;
  for (let from = 0; from < files.length; from += BATCH) {
    const batch: RawMessage[] = [];
    const some = files.slice(from, from + BATCH);
    for (let at = 0; at < some.length; at += ABREAST) {
      const abreast = some.slice(at, at + ABREAST);
      batch.push(...(await Promise.all(abreast.map((file) => messageOf(pbx, file)))));
      for (const { size } of abreast) progress.bytesDone += size;
    }
    progress.rows += batch.length;
    yield batch;
    onProgress({ ...progress });
  }
}

interface OldFile {
  path: string;
  size: number;
  changedUs: number;
}

async function filesIn(given: string): Promise<OldFile[]> {
  if (!(await stat(given)).isDirectory()) return oldFile(given);
  const names = (await readdir(given)).filter((name) => name.endsWith('.json')).sort();
  if (names.length === 0) throw new Error(`${given}: there is no call record (*.json) in this folder`);
  const files: OldFile[] = [];
  for (let from = 0; from < names.length; from += ABREAST) {
    const some = names.slice(from, from + ABREAST).map((name) => oldFile(path.join(given, name)));
    files.push(...(await Promise.all(some)).flat());
  }
  return files;
}

/** @returns nothing where it is a folder */
async function oldFile(file: string): Promise<OldFile[]> {
  const found = await stat(file);
  if (found.isDirectory()) return [];
  return [{ path: file, size: found.size, changedUs: Math.max(0, Math.floor(found.mtimeMs * 1000)) }];
}

/** What does not say itself of when it is was received, as far as can be told, when its file was written. */
async function messageOf(pbx: string, { path: file, changedUs }: OldFile): Promise<RawMessage> {
  const message = await fileMessage(pbx, file);
  return isUnreadable(message) ? { ...message, receivedUs: changedUs } : message;
}
