/**
 * A PBX of a test's own: an Asterisk of which a queue_log file is all there is.
 *
 * In: a name and lines. Out: a connection that is being read, its file. What must hold: its calls lie in September 2026, where
 * no other test looks, unless a test says another time; the connection and the file are gone when the test is (the calls stay:
 * facts outlive connections).
 */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, until } from './ask';
import type { Environment } from './environment';

/** 2026-09-15T09:00:00Z */
export const LOG_SECOND = 1_789_462_800;
export const LOG_RANGE = { from: '2026-09-15T00:00:00Z', to: '2026-09-16T00:00:00Z' };

export interface LogPbx {
  /** More lines are written. */
  append(line: string): void;
  /** The file says something else than what was read from it: as many bytes, so that nobody reads it again. */
  rewrite(changed: (text: string) => string): void;
  remove(): Promise<void>;
}

/**
 * @param name also in the names of its queues
 * @param rows queue_log after the time: `call|queue|agent|EVENT|…`, one each second
 * @param firstSecond of the first row, epoch
 */
export async function startLogPbx(
  environment: Environment,
  name: string,
  rows: string[],
  settings: object = {},
  firstSecond = LOG_SECOND,
): Promise<LogPbx> {
  const folder = mkdtempSync(join(tmpdir(), `queuescope-${name}-`));
  const file = join(folder, 'queue_log');
  let text = rows.map((row, second) => `${firstSecond + second}|${row}\n`).join('');
  writeFileSync(file, text);
  await ask(environment, 'POST', 'pbxs', {
    name,
    connection: { dialect: 'asterisk', queueLog: { file }, ...settings },
  });
  await until(
    () => ask<{ rows: unknown[] }>(environment, 'GET', `directory/queues?search=${name}`),
    (found) => found.rows.length > 0,
  );
  return {
    append: (line) => appendFileSync(file, `${line}\n`),
    rewrite: (changed) => {
      text = changed(text);
      writeFileSync(file, text);
    },
    remove: async () => {
      await ask(environment, 'DELETE', `pbxs/${name}`);
      rmSync(folder, { recursive: true });
    },
  };
}
