/**
 * When a PBX started, from every source that says so.
 *
 * In: all `pbx-started` events of one PBX. Out: the moments, ascending. The log's row (whole second) stands for the
 * event stream's estimate of the same start; every new connection repeats that estimate, a second off at most.
 */
import { type PbxWideEvent, SOURCE_RANK } from '../pbx/event.js';
import { align } from './align.js';

const SAME_START_US = 5_000_000;

export interface Restart {
  atUs: number;
  fromLog: boolean;
  /** Place among the log's rows of the same second. */
  ordinal: number;
}

export function restartsOf(events: readonly PbxWideEvent[]): Restart[] {
  const starts = events.filter((event) => event.kind === 'pbx-started').sort((a, b) => a.atUs - b.atUs);
  const log = starts.filter((event) => SOURCE_RANK[event.source] === 'log');
  const stream = starts
    .filter((event) => SOURCE_RANK[event.source] === 'stream')
    .filter((event, index, all) => index === 0 || event.atUs - (all[index - 1]?.atUs ?? 0) > SAME_START_US);
  const pairs = align(
    stream.map((event) => event.atUs),
    log.map((event) => event.atUs),
  );
  return [...log, ...stream.filter((_, index) => pairs[index] === -1)]
    .map((event) => ({
      atUs: event.atUs,
      fromLog: SOURCE_RANK[event.source] === 'log',
      ordinal: event.ordinal,
    }))
    .sort((a, b) => a.atUs - b.atUs);
}
