/**
 * Takes over, again and again, what other collectors on the database changed of PBX connections.
 *
 * What must hold: while the database is away, or something fails, what is read now goes on; the next look makes up for it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Connections } from '../connections/connections.js';

const LOOK_EVERY_MS = 10_000;

/** Until `signal` aborts. Never throws. */
export async function followConnections(
  connections: Pick<Connections, 'followOthers'>,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const changed = await connections.followOthers();
      if (changed.length > 0) logger.info({ pbxs: changed }, 'connections changed by another collector');
    } catch (error) {
      logger.warn({ err: error }, 'connections in the database could not be looked at; it is tried again');
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
