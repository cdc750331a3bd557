/**
 * Connections other collectors on the same database changed hold here, too.
 *
 * In: the table of connections, looked at again and again. Out: sources stopped and started. What must hold: what changed here
 * is not done twice; what the file or the demo says is left alone; one connection in trouble does not hold up the others.
 */
import type { ConnectionStore, StoredConnection } from './connection-store.js';
import type { SourceControl } from './connections.js';
import type { PbxSet } from './pbx-set.js';

export interface FollowOptions {
  store: ConnectionStore;
  pbxs: PbxSet;
  control: SourceControl;
}

export class FollowOthers {
  readonly #options: FollowOptions;
  /** When each was changed, as far as it holds here; null: not looked yet. */
  #seen: Map<string, number> | null = null;

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  /** This collector changed it itself; null: removed it. */
  noteOwn(name: string, changedAt: number | null): void {
    if (changedAt === null) this.#seen?.delete(name);
    else this.#seen?.set(name, changedAt);
  }

  /** The first look only takes note: what there was then was read at the start. @returns names that changed */
  async look(): Promise<string[]> {
    const versions = await this.#options.store.versions();
    const seen = (this.#seen ??= new Map(versions));
    const changed = [...versions].filter(([name, changedAt]) => seen.get(name) !== changedAt);
    const gone = [...seen.keys()].filter((name) => !versions.has(name));
    if (changed.length === 0 && gone.length === 0) return [];
    const stored = new Map((await this.#options.store.all()).map((one) => [one.name, one]));
    for (const [name, changedAt] of changed) {
      await this.#take(name, stored.get(name));
      seen.set(name, changedAt);
    }
    for (const name of gone) {
      await this.#take(name, undefined);
      seen.delete(name);
    }
    return [...changed.map(([name]) => name), ...gone];
  }

  /** Without a configuration that can be used nothing of it is read any more. */
  async #take(name: string, connection: StoredConnection | undefined): Promise<void> {
    const { pbxs, control } = this.#options;
    const known = pbxs.of(name);
    if (known !== undefined && known.managedBy !== 'database') return;
    const config = connection?.config ?? null;
    // A name keeps its kind of PBX: its facts are read by it.
    const kind = pbxs.dialectOf(name)?.name;
    const isUsable = config !== null && (kind === undefined || kind === config.dialect);
    await control.stop(name, connection === undefined);
    if (!isUsable) {
      pbxs.remove(name);
      return;
    }
    pbxs.put(config);
    control.start(config);
  }
}
