/**
 * Plausible history as queue_log lines in order of time, for the collector to import as it would import a real one, so
 * that every board and heatmap has something to show on the first day.
 *
 * In: a site, a seed, a span. Out: lines (without line ends), the members' interfaces and names, and the state in which
 * the site is left: a live simulation started from it goes on with the same agents and calls. For demonstration and
 * load, never proof that the collector counts right.
 */
import { queueLogRows } from './asterisk/queue-log.js';
import { SiteModel } from './model/site-model.js';
import type { SiteConfig } from './model/site.js';
import type { SiteState } from './model/state.js';
import { scenario } from './scenarios.js';

export interface HistoryOptions {
  /** A site, or the name of a scenario. */
  site: SiteConfig | string;
  seed: number;
  from: Date;
  to: Date;
  /** Replaces the site's time zone. */
  tz?: string;
}

export interface History extends AsyncIterable<string> {
  /** The site at `to`, for `startSimulator({ resumeState })`. @throws Error before the last line was read. */
  resumeState(): SiteState;
}

/** A member as queue_log names it: ADDMEMBER rows have the interface, all others the name. */
export interface SiteMember {
  interface: string;
  name: string;
}

const SLICE_US = 3_600_000_000;

/**
 * Simulates `from` … `to` as fast as it can (about a hundred thousand lines a second).
 *
 * @throws RangeError when `from` is not before `to` or the zone does not exist
 */
export function generateHistory({ site, seed, from, to, tz }: HistoryOptions): History {
  const [startUs, endUs] = [from.getTime() * 1000, to.getTime() * 1000];
  if (!(startUs < endUs)) throw new RangeError(`history must begin before it ends: ${from.toISOString()}`);
  const model = new SiteModel(resolveSite(site, tz), { seed, startUs, referenceUs: endUs });
  let done = false;
  return {
    async *[Symbol.asyncIterator]() {
      for (let atUs = startUs; atUs < endUs; atUs += SLICE_US) {
        const lines: string[] = [];
        const untilUs = Math.min(atUs + SLICE_US, endUs);
        model.run(untilUs, (happening) => lines.push(...queueLogRows(model.world, happening)));
        yield* lines;
        // The reader's other work gets its turn between slices.
        await new Promise(setImmediate);
      }
      done = true;
    },
    resumeState() {
      if (!done) throw new Error('the history has not been read to its end');
      return model.snapshot();
    },
  };
}

export function siteMembers(site: SiteConfig | string): SiteMember[] {
  return resolveSite(site).agents.map(({ name, extension }) => ({ interface: `PJSIP/${extension}`, name }));
}

export function resolveSite(site: SiteConfig | string, tz?: string): SiteConfig {
  if (typeof site === 'string') return scenario(site, tz);
  return tz === undefined ? site : { ...site, timeZone: tz };
}
