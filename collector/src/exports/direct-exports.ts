/**
 * Small files in one request: made in a thread, given as a stream.
 *
 * In: a specification, who asks. Out: the file's bytes. What must hold: nothing heavy runs in the request loop; the file is
 * gone from the disk before its first byte is sent; who took what stands in the audit log.
 */
import { randomUUID } from 'node:crypto';
import { open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { Kysely } from 'kysely';
import type { QueueSettingRule } from '../config/queue-settings.js';
import { recordAudit } from '../directory/audit.js';
import type { Actor } from '../directory/change-log.js';
import type { DatabaseAddress } from '../storage/database-address.js';
import type { Database } from '../storage/schema.js';
import type { Contents } from './contents.js';
import type { RunWorker } from './run-worker.js';
import type { ExportSpec } from './spec.js';

/** More rows take too long to wait for. */
export const MAX_DIRECT_ROWS = 5_000;

const PREFIX = 'direct-';

export interface DirectFile {
  stream: Readable;
  bytes: number;
  contents: Contents;
}

export interface DirectOptions {
  db: Kysely<Database>;
  /** The same database, for the threads. */
  address: string | DatabaseAddress;
  queueRules: readonly QueueSettingRule[];
  maskSecret?: string | null;
  /** Where the files are while they are made. */
  folder: string;
  runWorker: RunWorker;
}

export class DirectExports {
  readonly #options: DirectOptions;

  constructor(options: DirectOptions) {
    this.#options = options;
  }

  /**
   * @throws ReportRequestError naming wrong parameters, ExportRefusedError when there are more than MAX_DIRECT_ROWS rows,
   * the signal's reason
   */
  async make(spec: ExportSpec, actor: Actor, signal: AbortSignal): Promise<DirectFile> {
    const { address, queueRules, maskSecret = null, folder, runWorker } = this.#options;
    const file = path.join(folder, `${PREFIX}${randomUUID()}.${spec.format}`);
    try {
      const input = { database: address, queueRules, maskSecret, spec, file, maxRows: MAX_DIRECT_ROWS };
      const { contents, bytes } = await runWorker(input, { signal, onProgress: () => undefined });
      await this.note(spec, actor);
      const handle = await open(file);
      return { stream: handle.createReadStream(), bytes, contents };
    } finally {
      await rm(file, { force: true });
    }
  }

  /** Says in the audit log that a report was taken away as a file. */
  note(
    { report, format, params }: Pick<ExportSpec, 'report' | 'format' | 'params'>,
    actor: Actor,
  ): Promise<void> {
    return recordAudit(this.#options.db, actor, 'report.downloaded', { report, format, params }, Date.now());
  }

  /** Files of a collector that was killed while it made them. */
  async removeLeftovers(): Promise<void> {
    const { folder } = this.#options;
    for (const name of await readdir(folder)) {
      if (name.startsWith(PREFIX)) await rm(path.join(folder, name), { force: true });
    }
  }
}
