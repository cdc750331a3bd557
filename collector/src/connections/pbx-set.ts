/**
 * The PBXs the collector knows now: those of the configuration and those users added, as they change while it runs.
 *
 * In: configurations, put and removed. Out: the ones there are, and how to read what each said. What must hold: what a PBX said
 * before it was removed or changed can still be read; a change of the zone of its call records holds from the next record.
 */
import type { PbxConfig } from '../config/config.js';
import type { Dialect, Projection, RawMessage } from '../pbx/dialect.js';
import { driverOf } from '../pbx/drivers.js';
import type { PbxEvent } from '../pbx/event.js';

export class PbxSet {
  readonly #configs = new Map<string, PbxConfig>();
  readonly #dialects = new Map<string, Dialect>();
  /** Of all there ever were. */
  readonly #cdrZones = new Map<string, string>();

  constructor(configs: readonly PbxConfig[]) {
    for (const config of configs) this.put(config);
  }

  get all(): readonly PbxConfig[] {
    return [...this.#configs.values()];
  }

  of(name: string): PbxConfig | undefined {
    return this.#configs.get(name);
  }

  put(config: PbxConfig): void {
    const { name, dialect, cdr } = config;
    this.#configs.set(name, config);
    this.#cdrZones.set(name, cdr?.zone ?? 'UTC');
    if (!this.#dialects.has(name)) {
      const zoneNow = (): string => this.#cdrZones.get(name) ?? 'UTC';
      this.#dialects.set(name, followingDialect(dialect, zoneNow));
    }
  }

  remove(name: string): void {
    this.#configs.delete(name);
  }

  /** Also of a PBX that was removed. */
  dialectOf(name: string): Dialect | undefined {
    return this.#dialects.get(name);
  }
}

/** A dialect whose projections go on with another zone of call records when it changes. */
function followingDialect(name: string, zoneNow: () => string): Dialect {
  const driver = driverOf(name);
  return {
    name,
    projection: (pbx, snapshot) => {
      let zone = zoneNow();
      let projection: Projection = driver.dialect(zone).projection(pbx, snapshot);
      return {
        apply: (message: RawMessage): PbxEvent[] => {
          if (zone !== zoneNow()) {
            zone = zoneNow();
            projection = driver.dialect(zone).projection(pbx, projection.snapshot());
          }
          return projection.apply(message);
        },
        snapshot: () => projection.snapshot(),
      };
    },
  };
}
