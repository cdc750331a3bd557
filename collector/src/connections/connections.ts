/**
 * Connections to PBXs as the API shows, tries and changes them.
 *
 * In: entries, from who runs the site. Out: what there is, what a trial found; changes that hold at once. What must hold: what
 * the configuration file or the demo says is never changed here; changes are made one after the other, and stand in the
 * audit; a PBX that is removed keeps its facts, and its name its kind.
 */
import type { Kysely } from 'kysely';
import type { PbxConfig } from '../config/config.js';
import { recordAudit } from '../directory/audit.js';
import type { Actor } from '../directory/change-log.js';
import { ConflictError, MissingError } from '../directory/errors.js';
import { driverOf } from '../pbx/drivers.js';
import type { Finding, Probe } from '../pbx/probe.js';
import { probeFolder } from '../pbx/probe.js';
import type { Database } from '../storage/schema.js';
import type { ConnectionStore, StoredConnection } from './connection-store.js';
import { fullEntryOf, placeOf, secretNames, settingsOf } from './describe.js';
import { completed, configOfEntry, type PbxEntry } from './entry.js';
import { FollowOthers } from './follow-others.js';
import type { PbxSet } from './pbx-set.js';

/** What makes a change hold: the daemon's part. */
export interface SourceControl {
  start(pbx: PbxConfig): void;
  /** Resolves when nothing of it is read any more. @param isForGood it will not come back */
  stop(name: string, isForGood: boolean): Promise<void>;
  stateOf(pbx: string, source: string): { up: boolean; since: number | null; reason: string } | undefined;
}

export interface ConnectionRow {
  name: string;
  dialect: PbxConfig['dialect'];
  managedBy: PbxConfig['managedBy'];
  sources: { source: string; place: string; link: 'up' | 'down'; since: number | null; reason: string }[];
  settings: PbxEntry;
  /** Dotted names: `ami.secret`. */
  secrets: string[];
  trouble: string;
}

export interface ConnectionsOptions {
  db: Kysely<Database>;
  store: ConnectionStore;
  pbxs: PbxSet;
  control: SourceControl;
  /** Zone of dates in names of recordings where a connection names none. */
  zone: string;
  now?: () => number;
  /** How long a trial may take, ms; default 10 s. */
  probeMs?: number;
}

const PROBE_MS = 10_000;

export class Connections {
  readonly #options: ConnectionsOptions;
  /** The last change; the next begins after it. */
  #changing: Promise<unknown> = Promise.resolve();
  readonly #others: FollowOthers;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
    this.#others = new FollowOthers(options);
  }

  /** Takes over what other collectors on the database changed since the last look. @returns names of these PBXs */
  followOthers(): Promise<string[]> {
    return this.#inTurn(() => this.#others.look());
  }

  async list(): Promise<ConnectionRow[]> {
    const { store, pbxs } = this.#options;
    const stored = new Map((await store.all()).map((connection) => [connection.name, connection]));
    const known = pbxs.all.map((config) => this.#rowOf(config, stored.get(config.name)));
    const broken = [...stored.values()]
      .filter(({ name }) => pbxs.of(name) === undefined)
      .map(({ name, settings, trouble }): ConnectionRow => ({
        ...{ name, dialect: settings.dialect, managedBy: 'database', sources: [], settings, secrets: [] },
        trouble:
          trouble === ''
            ? 'it was added by another collector a moment ago and will be read here soon'
            : trouble,
      }));
    return [...known, ...broken].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Tries a connection without changing anything.
   * @param name of the one it is, or will be
   * @param entry null: the one there is, as it is
   * @throws MissingError, ReportRequestError naming wrong fields, the signal's reason
   */
  async test(name: string, entry: PbxEntry | null, signal: AbortSignal): Promise<Probe> {
    const { pbxs, zone } = this.#options;
    const known = pbxs.of(name);
    if (entry === null) {
      if (known === undefined) throw noneOf(name);
      return this.#probe(known, signal);
    }
    const before = known === undefined ? null : fullEntryOf(known);
    return this.#probe(configOfEntry(completed({ ...entry, name }, before), zone), signal);
  }

  /** @throws ConflictError when there is one of this name; ReportRequestError */
  create(actor: Actor, entry: PbxEntry): Promise<ConnectionRow> {
    return this.#inTurn(async () => {
      const { pbxs, store } = this.#options;
      const isKnown = pbxs.of(entry.name) ?? (await store.all()).find(({ name }) => name === entry.name);
      if (isKnown) throw new ConflictError(`There is a PBX "${entry.name}" already; change that one.`);
      return this.#put(actor, entry, null, 'pbx.created');
    });
  }

  /** @throws MissingError; ConflictError when it is not kept in the database; ReportRequestError */
  replace(actor: Actor, entry: PbxEntry): Promise<ConnectionRow> {
    return this.#inTurn(async () => {
      await this.#editable(entry.name);
      const known = this.#options.pbxs.of(entry.name);
      return this.#put(actor, entry, known === undefined ? null : fullEntryOf(known), 'pbx.changed');
    });
  }

  /** Its facts stay. @throws MissingError; ConflictError when it is not kept in the database */
  remove(actor: Actor, name: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#editable(name);
      const { store, pbxs, control } = this.#options;
      await store.remove(name);
      this.#others.noteOwn(name, null);
      await this.#audit(actor, 'pbx.removed', name, {});
      await control.stop(name, true);
      pbxs.remove(name);
    });
  }

  async #put(actor: Actor, entry: PbxEntry, before: PbxEntry | null, action: string): Promise<ConnectionRow> {
    const { store, pbxs, control, zone } = this.#options;
    const full = completed(entry, before);
    const config = configOfEntry(full, zone);
    await this.#checkKind(config);
    const nowMs = this.#now();
    await store.save(full, nowMs);
    this.#others.noteOwn(entry.name, nowMs);
    const places = Object.fromEntries(
      driverOf(config.dialect)
        .sources(config)
        .map((source) => [source, placeOf(config, source)]),
    );
    await this.#audit(actor, action, entry.name, { dialect: config.dialect, places });
    await control.stop(entry.name, false);
    pbxs.put(config);
    control.start(config);
    return this.#rowOf(
      config,
      (await store.all()).find(({ name }) => name === entry.name),
    );
  }

  /** Facts are read by the kind of their PBX, which a name therefore keeps. */
  async #checkKind({ name, dialect }: PbxConfig): Promise<void> {
    const facts = await this.#options.db
      .selectFrom('pbx')
      .select('dialect')
      .where('name', '=', name)
      .executeTakeFirst();
    const kind = this.#options.pbxs.dialectOf(name)?.name ?? facts?.dialect;
    if (kind !== undefined && kind !== dialect)
      throw new ConflictError(
        `"${name}" is the name of a PBX of kind ${kind}, with facts; choose another name.`,
      );
  }

  async #editable(name: string): Promise<void> {
    const by = this.#options.pbxs.of(name)?.managedBy;
    if (by === 'file')
      throw new ConflictError(`"${name}" is managed by the configuration file; change it there and restart.`);
    if (by === 'demo') throw new ConflictError(`"${name}" is simulated: it belongs to the demo.`);
    if (by === undefined && !(await this.#options.store.all()).some((stored) => stored.name === name))
      throw noneOf(name);
  }

  #rowOf(config: PbxConfig, stored: StoredConnection | undefined): ConnectionRow {
    const { name, dialect, managedBy } = config;
    const sources = driverOf(dialect)
      .sources(config)
      .map((source) => {
        const state = this.#options.control.stateOf(name, source);
        return {
          ...{ source, place: placeOf(config, source) },
          link: state?.up === true ? ('up' as const) : ('down' as const),
          since: state?.since ?? null,
          reason: state?.reason ?? 'not connected yet',
        };
      });
    const own = managedBy === 'database' ? stored?.settings : undefined;
    return {
      ...{ name, dialect, managedBy, sources, settings: own ?? settingsOf(config) },
      ...{ secrets: secretNames(config), trouble: '' },
    };
  }

  #probe(config: PbxConfig, signal: AbortSignal): Promise<Probe> {
    return probeInTime(config, this.#options.probeMs ?? PROBE_MS, signal);
  }

  #audit(actor: Actor, action: string, name: string, detail: Record<string, unknown>): Promise<void> {
    return recordAudit(this.#options.db, actor, action, { name, ...detail }, this.#now(), `pbx ${name}`);
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.#changing.then(change, change);
    this.#changing = changed.catch(() => undefined);
    return changed;
  }
}

const noneOf = (name: string): MissingError => new MissingError(`There is no PBX "${name}".`);

/** Ends in time whatever the other side does. @throws the signal's reason when the client went away */
async function probeInTime(config: PbxConfig, probeMs: number, signal: AbortSignal): Promise<Probe> {
  const late = AbortSignal.timeout(probeMs);
  const ending = AbortSignal.any([signal, late]);
  const rule = config.recordings;
  const recordings: Finding[] = rule?.from === 'folder' ? [await probeFolder('recordings', rule.folder)] : [];
  const stopped = new Promise<never>((_, reject) =>
    ending.addEventListener('abort', () => reject(new Error('the test took too long')), { once: true }),
  );
  try {
    const found = await Promise.race([driverOf(config.dialect).probe(config, ending), stopped]);
    return { ...found, findings: [...found.findings, ...recordings] };
  } catch (error) {
    signal.throwIfAborted();
    if (!late.aborted) throw error;
    const [source = 'recordings'] = driverOf(config.dialect).sources(config);
    const message = `no answer within ${probeMs / 1000} s: check host, port and firewall`;
    return { version: null, findings: [{ source, level: 'failed', message }, ...recordings] };
  }
}
