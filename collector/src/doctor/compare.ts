/**
 * Visits of the facts beside those the PBX's own log or call records tell of. Pure.
 *
 * A log states every visit, and what it states must be equal. A call record knows the last visit of a call, whole seconds,
 * and not everything (`null`): what it does not say is no difference, and neither is one second.
 */
import { align, PAIRING_WINDOW_US } from '../facts/align.js';
import { COMPARED, type Difference, type SaidVisit } from './visits.js';

/** @param facts of the period */
export function compareWithLog(facts: readonly SaidVisit[], log: readonly SaidVisit[]): Difference[] {
  const keyOf = (visit: SaidVisit): string => `${callOf(visit)}\u0000${Math.floor(visit.enteredAt / 1000)}`;
  const byKey = grouped(facts, keyOf);
  const differences: Difference[] = [];
  for (const said of log) {
    const known = byKey.get(keyOf(said))?.shift();
    differences.push(
      ...(known
        ? [...COMPARED, 'misses' as const]
            .filter((field) => known[field] !== said[field])
            .map((field) => differenceOf(said, field, known[field], said[field]))
        : [missing(said)]),
    );
  }
  for (const extra of [...byKey.values()].flat()) {
    differences.push(differenceOf(extra, 'visit', extra.outcome, null));
  }
  return differences.sort((a, b) => a.enteredAt - b.enteredAt);
}

const RECORDED = [
  'outcome',
  'agent',
  'waitSeconds',
  'talkSeconds',
  'endedBy',
  'transferKind',
  'exitKey',
] as const;

/** How far the entry of a visit in a record may be from that in the facts, ms. */
export const RECORD_WINDOW_MS = PAIRING_WINDOW_US / 1000;

/** @param facts of the period and `RECORD_WINDOW_MS` around it */
export function compareWithRecords(facts: readonly SaidVisit[], records: readonly SaidVisit[]): Difference[] {
  const known = grouped([...facts].sort(byEntry), callOf);
  const differences = [...grouped([...records].sort(byEntry), callOf)].flatMap(([call, said]) => {
    const ours = known.get(call) ?? [];
    const enteredUs = ({ enteredAt }: SaidVisit): number => enteredAt * 1000;
    const pairs = align(said.map(enteredUs), ours.map(enteredUs));
    return said.flatMap((record, index) => {
      const visit = ours[pairs[index] ?? -1];
      if (!visit) return [missing(record)];
      return RECORDED.filter((field) => !agrees(field, visit, record)).map((field) =>
        differenceOf(record, field, visit[field], record[field]),
      );
    });
  });
  return differences.sort((a, b) => a.enteredAt - b.enteredAt);
}

function agrees(field: (typeof RECORDED)[number], visit: SaidVisit, record: SaidVisit): boolean {
  const [ours, theirs] = [visit[field], record[field]];
  if (theirs === null || ours === theirs) return true;
  if (typeof ours === 'number' && typeof theirs === 'number') return Math.abs(ours - theirs) <= 1;
  switch (field) {
    case 'outcome':
      // Its end is not in the record; or the agent's record tells of the talk, and not how the queue had counted it.
      return theirs === 'interrupted' || (theirs === 'answered' && visit.talkedAfterAll);
    case 'endedBy':
      return theirs === 'unknown' || ours === 'unknown';
    default:
      return false;
  }
}

const callOf = ({ callId, queue }: SaidVisit): string => `${callId}\u0000${queue}`;
const byEntry = (a: SaidVisit, b: SaidVisit): number => a.enteredAt - b.enteredAt;

function grouped(
  visits: readonly SaidVisit[],
  keyOf: (visit: SaidVisit) => string,
): Map<string, SaidVisit[]> {
  const groups = new Map<string, SaidVisit[]>();
  for (const visit of visits) {
    const group = groups.get(keyOf(visit));
    if (group) group.push(visit);
    else groups.set(keyOf(visit), [visit]);
  }
  return groups;
}

const missing = (said: SaidVisit): Difference => differenceOf(said, 'visit', null, said.outcome);

const differenceOf = (
  { callId, queue, enteredAt }: SaidVisit,
  field: string,
  facts: Difference['facts'],
  log: Difference['log'],
): Difference => ({ callId, queue, enteredAt, field, facts, log });
