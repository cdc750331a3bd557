/**
 * The rows of the live state by key.
 *
 * In: snapshots and deltas. Out: the state as arrays. What must hold: a delta costs what it changes; rows keep their
 * places; an array whose rows did not change is the same array as before, so that nobody draws it again.
 */
import type { LiveDelta, LiveSnapshot } from './types';

class Table<Key, Row extends Key> {
  private readonly rows = new Map<string, Row>();
  private array: readonly Row[] | null = null;

  constructor(private readonly keyOf: (row: Key) => string) {}

  replace(rows: readonly Row[]): void {
    this.rows.clear();
    this.put(rows);
    this.array = null;
  }

  put(rows: readonly Row[]): void {
    for (const row of rows) {
      this.rows.set(this.keyOf(row), row);
    }
    if (rows.length > 0) {
      this.array = null;
    }
  }

  remove(keys: readonly Key[]): void {
    for (const key of keys) {
      if (this.rows.delete(this.keyOf(key))) {
        this.array = null;
      }
    }
  }

  all(): readonly Row[] {
    this.array ??= [...this.rows.values()];
    return this.array;
  }
}

export class LiveTables {
  private at = 0;
  private readonly pbxs = tableOf<'pbx', LiveSnapshot['pbxs'][number]>(({ pbx }) => pbx);
  private readonly queues = tableOf<'pbx' | 'queue', LiveSnapshot['queues'][number]>(
    ({ pbx, queue }) => `${pbx}\0${queue}`,
  );
  private readonly agents = tableOf<'pbx' | 'agent', LiveSnapshot['agents'][number]>(
    ({ pbx, agent }) => `${pbx}\0${agent}`,
  );
  private readonly calls = tableOf<'pbx' | 'callId', LiveSnapshot['calls'][number]>(
    ({ pbx, callId }) => `${pbx}\0${callId}`,
  );

  replace(snapshot: LiveSnapshot): void {
    this.at = snapshot.at;
    this.pbxs.replace(snapshot.pbxs);
    this.queues.replace(snapshot.queues);
    this.agents.replace(snapshot.agents);
    this.calls.replace(snapshot.calls);
  }

  apply({ at, pbxs, queues, agents, calls, gone }: LiveDelta): void {
    this.at = at;
    this.pbxs.remove(gone.pbxs);
    this.queues.remove(gone.queues);
    this.agents.remove(gone.agents);
    this.calls.remove(gone.calls);
    this.pbxs.put(pbxs);
    this.queues.put(queues);
    this.agents.put(agents);
    this.calls.put(calls);
  }

  state(): LiveSnapshot {
    return {
      at: this.at,
      pbxs: this.pbxs.all(),
      queues: this.queues.all(),
      agents: this.agents.all(),
      calls: this.calls.all(),
    };
  }
}

const tableOf = <Key extends keyof Row, Row>(keyOf: (row: Pick<Row, Key>) => string) =>
  new Table<Pick<Row, Key>, Row>(keyOf);
