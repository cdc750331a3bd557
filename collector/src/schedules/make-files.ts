/**
 * The files of a run, made as every export is: by a job, in a thread.
 *
 * In: specifications, one per format. Out: files where the jobs left them. What must hold: jobs are cancelled when the
 * signal aborts; they belong to the owner of the schedule, who can download them for a week.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Actor } from '../directory/change-log.js';
import type { Contents } from '../exports/contents.js';
import type { Exporter } from '../exports/exporter.js';
import type { ExportJob } from '../exports/job-store.js';
import { type ExportSpec, type Format } from '../exports/spec.js';

export interface MadeFile {
  format: Format;
  path: string;
  bytes: number;
  exportId: number;
  contents: Contents;
}

/** @throws ReportRequestError for parameters that are wrong; Error telling why a file was not made; the signal's reason */
export type MakeFile = (spec: ExportSpec, actor: Actor, signal: AbortSignal) => Promise<MadeFile>;

/** Between two looks at a job that another thread works on. */
const LOOK_EVERY_MS = 200;

export const makeFilesBy =
  (exports: Pick<Exporter, 'submit' | 'find' | 'remove' | 'download'>): MakeFile =>
  async (spec, actor, signal) => {
    signal.throwIfAborted();
    const job = await exports.submit(spec, actor);
    const scope = { tenantId: spec.tenantId, tokenId: null };
    try {
      for (;;) {
        const now = await exports.find(job.id, scope);
        if (now === null || !['queued', 'running'].includes(now.state))
          return await fileOf(exports, now, actor);
        await wait(LOOK_EVERY_MS, undefined, { signal });
      }
    } catch (error) {
      if (signal.aborted) await exports.remove(job);
      throw error;
    }
  };

async function fileOf(
  exports: Pick<Exporter, 'download'>,
  job: ExportJob | null,
  actor: Actor,
): Promise<MadeFile> {
  if (job?.state === 'failed') throw new Error(`the ${job.format} file was not made: ${job.error ?? ''}`);
  const path = job && (await exports.download(job, actor));
  if (job?.contents == null || path === null) throw new Error('the file was removed before it was delivered');
  const { id, format, bytes, contents } = job;
  return { format, path, bytes: bytes ?? 0, exportId: id, contents };
}
