/**
 * The embedded MariaDB (DECISIONS.md 26): the system's `mariadbd` with a private folder under the data folder, reached
 * through a socket only.
 *
 * What must hold: one server per data folder, whoever starts first; a second process joins it. Who started it stops
 * it, and if he is killed the server stops as well. Should the server end while somebody still needs it (its starter
 * is done, or it crashed), the next one who notices starts it again, under the same address.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { DatabaseAddress } from './database-address.js';
import { preparePrivateFolder } from './embedded/private-folder.js';
import { joinServer, startServer } from './embedded/running-server.js';
import type { RunningServer } from './embedded/running-server.js';
import { serverAccount, serverCommand } from './embedded/server-command.js';
import type { ServerCommand, ServerFiles } from './embedded/server-command.js';

export interface EmbeddedOptions {
  dataDir: string;
  logger: Logger;
  /** Gives up starting. */
  signal?: AbortSignal;
  /** Memory for data and indexes; default '256M'. */
  bufferPoolSize?: string;
  /** Further options of mariadbd, e.g. `--innodb-log-file-size=64M`. */
  settings?: readonly string[];
}

export interface EmbeddedServer {
  address: DatabaseAddress;
  /** `joined`: another process had started it. */
  role: 'started' | 'joined';
  /** Stops the server if this process started it, else only lets go of it. */
  stop(): Promise<void>;
}

const RESTART_DELAY_MS = 1_000;
const PROGRESS_MS = 5_000;

/**
 * Starts the data folder's server, or joins the one that runs there.
 *
 * @throws DatabaseUnusableError naming a missing program and the package to install, or with the end of the server's
 * log when it does not start; the signal's reason when aborted
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { logger } = options;
  const account = serverAccount();
  const files = preparePrivateFolder(options.dataDir, account);
  const command = serverCommand(files, account, [
    ...(options.bufferPoolSize === undefined ? [] : [`--innodb-buffer-pool-size=${options.bufferPoolSize}`]),
    ...(options.settings ?? []),
  ]);
  const stopping = new AbortController();
  const signal = AbortSignal.any([stopping.signal, ...(options.signal ? [options.signal] : [])]);

  let running = await startOrJoin(files, command, logger, signal);
  const { role } = running;

  const supervise = async (): Promise<void> => {
    for (;;) {
      // It may have been told to stop just when a restart had succeeded.
      if (signal.aborted) await running.stop();
      await running.ended;
      if (signal.aborted) return;
      logger.warn(`The embedded MariaDB in ${files.folder} has ended; starting it again`);
      try {
        running = await startOrJoin(files, command, logger, signal);
      } catch (error) {
        if (signal.aborted) return;
        logger.error(error, 'The embedded MariaDB did not start; trying again');
        await sleep(RESTART_DELAY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  };
  const supervision = supervise();

  return {
    address: { user: 'root', socketPath: files.socket, database: 'queuescope' },
    role,
    stop: async () => {
      stopping.abort();
      await running.stop();
      await supervision;
    },
  };
}

async function startOrJoin(
  files: ServerFiles,
  command: ServerCommand,
  logger: Logger,
  signal: AbortSignal,
): Promise<RunningServer> {
  const progress = setInterval(
    () => logger.info(`Still waiting for the embedded MariaDB in ${files.folder}`),
    PROGRESS_MS,
  );
  try {
    for (;;) {
      signal.throwIfAborted();
      const running = (await joinServer(files)) ?? (await startServer(files, command, logger, signal));
      if (running) return running;
      // Somebody else's server is just starting or stopping.
      await sleep(100, undefined, { signal });
    }
  } finally {
    clearInterval(progress);
  }
}
