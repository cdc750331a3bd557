/**
 * The secrets of a site: the one by which callers' numbers are hashed (masking.ts), the one that seals those of connections.
 *
 * In: the data folder. Out: the secret kept there, made at the first call. What must hold: only the collector's own account
 * reads the file; of two processes that make it at once, both use the same.
 */
import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const FILE = 'privacy-secret';

/** @param name of the file. @throws Error of the file system; Error when the file holds no secret */
export async function siteSecret(dataDir: string, name = FILE): Promise<string> {
  const file = path.join(dataDir, name);
  const known = await readFile(file, 'utf8').catch(notFound);
  if (known === null) await makeSecret(file);
  const secret = (known ?? (await readFile(file, 'utf8'))).trim();
  if (/^[0-9a-f]{64}$/.test(secret)) return secret;
  throw new Error(
    `${file} holds no secret (64 hexadecimal digits): put back the one that was there, or delete the file to begin anew`,
  );
}

async function makeSecret(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  try {
    await link(draft, file); // whole or not at all, and the first one stays
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
}

function notFound(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
