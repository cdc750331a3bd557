/** What call records alone say of visits, against what FreeSWITCH's own log says of the same calls. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from '../../../../test/support/fast-check.js';
import type { VisitFacts } from '../../../facts/call/call-facts.js';
import { deriveCall } from '../../../facts/call/derive-call.js';
import { type CallEvent, isCallEvent } from '../../event.js';
import { readRecord, recordEvents } from './decode.js';
import { recordedFiles, recordOf, shortLegs, traceFile, type TraceName } from './testing/recorded.js';

/** Seconds, as everywhere in the oracle. */
interface Oracle {
  cdrOnly: Record<
    string,
    { calls: number; causes: Record<string, number>; waitAnswered: number; waitCancelled: number }
  >;
  visits: {
    session: string;
    queue: string;
    joined: number;
    outcome: string;
    wait: number;
    answers: { agent: string; talk?: number; end?: number }[];
  }[];
}
const oracleOf = (trace: TraceName): Oracle =>
  JSON.parse(readFileSync(traceFile(trace, 'oracle.json'), 'utf8')) as Oracle;

/** Causes of a record, as outcomes; all BREAK_OUTs of the traces that are a call's last visit were hang-ups. */
const OUTCOMES: Readonly<Record<string, string>> = {
  answered: 'answered',
  'cancel/BREAK_OUT': 'abandoned',
  'cancel/TIMEOUT': 'timedOut',
  'cancel/NO_AGENT_TIMEOUT': 'timedOut',
  'cancel/EXIT_WITH_KEY': 'exitedByKey',
  'cancel/NONE': 'canceledAtConnect',
};

type Visit = VisitFacts & { callId: string };

function visitsOf(events: readonly CallEvent[]): Visit[] {
  const byCall = new Map<string, CallEvent[]>();
  for (const event of events) byCall.set(event.callId, [...(byCall.get(event.callId) ?? []), event]);
  return [...byCall].flatMap(([callId, told]) =>
    deriveCall(told, { restartsUs: [], wrapUpSeconds: () => null, isTag: () => false }).visits.map((v) => ({
      ...v,
      callId,
    })),
  );
}
const eventsOf = (records: Iterable<Buffer>): CallEvent[] =>
  [...records].flatMap((bytes) => recordEvents(readRecord(bytes)).filter(isCallEvent));
const ofCallers = (events: readonly CallEvent[]): CallEvent[] => {
  const callers = new Set(events.filter(({ kind }) => kind === 'caller-entered').map(({ id }) => sender(id)));
  return events.filter(({ id }) => callers.has(sender(id)));
};
/** `json_cdr:<uuid>:<kind>` → the channel whose record it was. */
const sender = (id: string): string => id.split(':')[1] ?? '';

function counted(visits: readonly Visit[]): Record<string, object> {
  const queues: Record<string, { calls: number; causes: Record<string, number>; waits: number[] }> = {};
  for (const { queue, outcome, waitSeconds } of visits) {
    const count = (queues[queue] ??= { calls: 0, causes: {}, waits: [0, 0] });
    count.calls++;
    count.causes[outcome] = (count.causes[outcome] ?? 0) + 1;
    const place = outcome === 'answered' ? 0 : 1;
    count.waits[place] = (count.waits[place] ?? 0) + (waitSeconds ?? NaN);
  }
  return queues;
}

function expected(cdrOnly: Oracle['cdrOnly']): Record<string, object> {
  return Object.fromEntries(
    Object.entries(cdrOnly).map(([queue, { calls, causes, waitAnswered, waitCancelled }]) => {
      const outcomes: Record<string, number> = {};
      for (const [cause, count] of Object.entries(causes)) {
        const outcome = OUTCOMES[cause] ?? cause;
        outcomes[outcome] = (outcomes[outcome] ?? 0) + count;
      }
      return [queue, { calls, causes: outcomes, waits: [waitAnswered, waitCancelled] }];
    }),
  );
}

describe('the callers’ records alone', () => {
  it('as mod_json_cdr wrote them: calls, causes and waits of each queue', () => {
    const visits = visitsOf(ofCallers(eventsOf(recordedFiles().values())));
    expect(visits).toHaveLength(29);
    expect(counted(visits)).toEqual(expected(oracleOf('fs-small').cdrOnly));
  });

  it.each<TraceName>(['fs-tiny', 'fs-small', 'fs-medium', 'fs-edge', 'fs-names'])(
    '%s, in short form',
    (trace) => {
      const visits = visitsOf(ofCallers(eventsOf(shortLegs(trace).map(recordOf))));
      expect(counted(visits)).toEqual(expected(oracleOf(trace).cdrOnly));
    },
  );
});

describe('the records of callers and agents', () => {
  const events = eventsOf(recordedFiles().values());
  const visits = visitsOf(events);
  const { visits: known } = oracleOf('fs-small');
  const talked = known.flatMap((visit) => visit.answers.map((answer) => ({ ...visit, ...answer })));

  it('tell of every talk, also of visits before the last', () => {
    expect(talked).toHaveLength(29);
    expect(visits).toHaveLength(30);
    for (const { session, queue, agent, talk = NaN, end = NaN, joined, wait } of talked) {
      const visit = visits.find((v) => v.callId === session && v.queue === queue && v.outcome === 'answered');
      expect(visit).toMatchObject({ agent, talkSeconds: Math.round(talk) });
      // The caller's channel may be moved on up to 20 ms before the agent's is gone.
      expect(Math.abs((visit?.endedAt ?? NaN) / 1000 - end)).toBeLessThan(0.025);
      expect(Math.abs((visit?.waitSeconds ?? NaN) - wait)).toBeLessThan(1);
      expect(Math.abs((visit?.enteredAt ?? NaN) / 1000 - joined)).toBeLessThan(2);
    }
  });

  it('one of the two always knows who ended the talk, but for a transfer from outside', () => {
    const by = (who: string | null): number => visits.filter(({ endedBy }) => endedBy === who).length;
    expect(by('agent')).toBe(15);
    expect(by('caller')).toBe(12);
    expect(by('transfer')).toBe(1);
    expect(by('unknown')).toBe(1);
    expect(by(null)).toBe(1); // hung up in the queue
  });

  it('are the same facts in whatever order they come, and twice', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
        const byCall = (a: Visit, b: Visit): number => (a.callId < b.callId ? -1 : 1);
        expect(visitsOf(shuffled).sort(byCall)).toEqual([...visits].sort(byCall));
      }),
      { numRuns: 20 },
    );
  });
});
