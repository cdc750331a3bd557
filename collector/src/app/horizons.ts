/**
 * A PBX that is silent is not unknown: while its sources are read and nothing waits, it is known until now. Without
 * this, login and pause would stand still in every quiet hour.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { PbxSet } from '../connections/pbx-set.js';
import { driverOf } from '../pbx/drivers.js';
import { SOURCE_RANK } from '../pbx/event.js';
import type { Database } from '../storage/schema.js';
import type { SourceStates } from './source-states.js';

export interface HorizonsOptions {
  db: Kysely<Database>;
  pbxs: Pick<PbxSet, 'all'>;
  sources: SourceStates;
  /** Everything accepted is projected. */
  isCaughtUp(): boolean;
}

const EVERY_MS = 15_000;
/** What happened this recently may still be on its way. */
const LATENCY_MS = 2000;

export class Horizons {
  readonly #options: HorizonsOptions;

  constructor(options: HorizonsOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted && this.#options.isCaughtUp()) await this.#advance().catch(() => undefined);
    }
  }

  async #advance(): Promise<void> {
    const { db, pbxs, sources } = this.#options;
    const until = Date.now() - LATENCY_MS;
    for (const pbx of pbxs.all) {
      for (const source of driverOf(pbx.dialect).sources(pbx)) {
        const rank = SOURCE_RANK[source];
        if (rank === 'record' || sources.of(pbx.name, source)?.up !== true) continue;
        const column = rank === 'log' ? 'logUntil' : 'streamUntil';
        await db
          .updateTable('pbx')
          .set({ [column]: sql<number>`greatest(coalesce(${sql.ref(column)}, 0), ${until})` })
          .where('name', '=', pbx.name)
          .execute();
      }
    }
  }
}
