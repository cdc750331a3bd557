/**
 * The series of agents. In: the live view at each scrape, display names. Out: text. What must hold: an agent has one
 * state series, that of the present state; agents who logged out are gone from the text.
 */
import { agentActivity, ALL_QUEUES } from '../live/agent-state.js';
import type { LiveView } from '../live/live-view.js';
import { AGENT_STATES, type AgentState } from '../live/shape.js';
import { AGENT_GAUGES } from './families.js';
import { InfoSeries } from './info-series.js';
import { SeriesTable } from './series-table.js';

const STATES: readonly AgentState[] = [...AGENT_STATES, 'loggedOut'];

interface Known {
  readonly row: number;
  scrape: number;
}

export class AgentSeries {
  readonly #table = new SeriesTable(['pbx', 'agent']);
  readonly #known = new Map<string, Known>();
  readonly #info = new InfoSeries(AGENT_GAUGES.info);
  readonly #state = this.#table.addFamily(AGENT_GAUGES.state, STATES);
  readonly #stateSeconds = this.#table.addFamily(AGENT_GAUGES.stateSeconds);
  readonly #misses = this.#table.addFamily(AGENT_GAUGES.consecutiveMisses);
  #scrape = 0;

  render(live: LiveView, nowMs: number, displayName: (pbx: string, agent: string) => string): string {
    this.#scrape += 1;
    for (const pbx of live.pbxs) {
      for (const agent of pbx.floor.agents.values()) {
        const row = this.#row(pbx.name, agent.name);
        const { state, since } = agentActivity(agent, pbx.floor.deviceOf(agent), ALL_QUEUES);
        this.#table.clear(row, this.#state, STATES.length);
        this.#table.set(row, this.#state + STATES.indexOf(state), 1);
        this.#table.set(row, this.#stateSeconds, Math.max(0, nowMs - since) / 1000);
        this.#table.set(row, this.#misses, agent.missesInARow);
        this.#info.set(pbx.name, agent.name, displayName(pbx.name, agent.name));
      }
    }
    for (const [key, known] of this.#known) {
      if (known.scrape === this.#scrape) continue;
      this.#known.delete(key);
      this.#table.remove(key);
    }
    return this.#table.render() + this.#info.render();
  }

  #row(pbx: string, agent: string): number {
    const key = `${pbx}\0${agent}`;
    let known = this.#known.get(key);
    if (!known) {
      known = { row: this.#table.add(key, [pbx, agent]), scrape: 0 };
      this.#known.set(key, known);
    }
    known.scrape = this.#scrape;
    return known.row;
  }
}
