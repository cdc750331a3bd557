import { journeyTimeline, ticksOf, type Bar } from './timeline';
import type { Journey, JourneyVisit } from './types';

const visit = (over: Partial<JourneyVisit>): JourneyVisit => ({
  visitId: 1,
  queue: 'sales',
  queueName: 'Sales',
  enteredAt: 0,
  outcome: 'answered',
  outcomeCertainty: 'stated',
  position: 1,
  waitSeconds: 10,
  waitMs: 10_000,
  agent: null,
  agentName: null,
  answeredAt: null,
  talkSeconds: null,
  talkMs: null,
  agentTalkMs: null,
  holdMs: null,
  wrapUpMs: null,
  endedAt: null,
  endReason: null,
  endedBy: null,
  transferKind: null,
  transferTo: null,
  exitKey: null,
  recording: null,
  offers: [],
  ...over,
});
const journey = (visits: JourneyVisit[], events: Journey['events'] = []): Journey => ({
  contactId: 1,
  pbx: 'hq',
  callId: 'c',
  linkedId: null,
  callerNumber: null,
  callerName: null,
  did: null,
  startedAt: null,
  endedAt: null,
  hasRecordings: false,
  visits,
  legs: [],
  events,
});
const spans = (bars: Bar[]) =>
  bars.map(({ kind, from, to, open }) => `${kind} ${from}–${to}${open ? ' …' : ''}`);
const event = (seconds: number, kind: string, agent = 'Ann') => ({
  atUs: seconds * 1e6,
  source: 'ami',
  kind,
  queue: 'sales',
  agent,
  details: {},
});

describe('the timeline of a journey', () => {
  it('has a lane for each queue and agent, in the order they came in', () => {
    const offers = [
      { agent: 'Bob', agentName: null, offeredAt: 1000, endedAt: 6000, result: 'noAnswer', ringMs: 5000 },
      {
        agent: 'Ann',
        agentName: 'Ann Lee',
        offeredAt: 7000,
        endedAt: null,
        result: 'answered',
        ringMs: 3000,
      },
    ];
    const { lanes, from, to } = journeyTimeline(
      journey([
        visit({
          agent: 'Ann',
          agentName: 'Ann Lee',
          answeredAt: 10_000,
          talkMs: 30_000,
          endedAt: 40_000,
          wrapUpMs: 5000,
          offers,
        }),
        visit({ queue: 'support', queueName: '', enteredAt: 41_000, endedAt: 50_000, outcome: 'abandoned' }),
      ]),
      99_000,
    );
    expect(lanes.map(({ label, bars }) => [label, ...spans(bars)])).toEqual([
      ['Sales', 'wait 0–10000'],
      ['Bob', 'ring 1000–6000'],
      ['Ann Lee', 'ring 7000–10000', 'talk 10000–40000', 'wrapUp 40000–45000'],
      ['support', 'wait 41000–50000'],
    ]);
    expect([from, to]).toEqual([0, 50_000]);
  });

  it('draws the real end of an agent’s part, and holds over the talk', () => {
    const talked = visit({
      agent: 'Ann',
      answeredAt: 10_000,
      talkMs: 50_000,
      agentTalkMs: 20_000,
      endedAt: 60_000,
    });
    const events = [
      event(12, 'hold-started'),
      event(13, 'hold-started', 'Bob'),
      event(15, 'hold-ended'),
      event(28, 'hold-started'),
    ];
    const [, agent] = journeyTimeline(journey([talked], events), 99_000).lanes;
    expect(spans(agent!.bars)).toEqual(['talk 10000–30000', 'hold 12000–15000', 'hold 28000–30000']);
  });

  it('lets what is open last until now, and does not draw a ring nobody saw', () => {
    const unseen = {
      agent: 'Cy',
      agentName: null,
      offeredAt: null,
      endedAt: null,
      result: 'noAnswer',
      ringMs: null,
    };
    const rings = {
      agent: 'Ann',
      agentName: null,
      offeredAt: 4000,
      endedAt: null,
      result: null,
      ringMs: null,
    };
    const { lanes, to } = journeyTimeline(
      journey([visit({ outcome: 'waiting', offers: [unseen, rings] })]),
      9000,
    );
    expect(lanes.map(({ name, bars }) => [name, ...spans(bars)])).toEqual([
      ['sales', 'wait 0–9000 …'],
      ['Ann', 'ring 4000–9000 …'],
    ]);
    expect(to).toBe(9000);
  });

  it('has round ticks, never more than eleven', () => {
    expect(ticksOf({ from: 0, to: 42_000 })).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40]);
    expect(ticksOf({ from: 0, to: 3_600_000 })).toEqual([0, 600, 1200, 1800, 2400, 3000, 3600]);
    expect(ticksOf({ from: 0, to: 500_000_000 }).length).toBeLessThanOrEqual(11);
  });
});
