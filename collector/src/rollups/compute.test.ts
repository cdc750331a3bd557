import { describe, expect, it } from '@jest/globals';
import { OPEN_END } from '../storage/schema.js';
import { BUCKET_MS } from '../time/bucket.js';
import { computeAgentRows } from './compute-agent.js';
import { computeQueueRow } from './compute-queue.js';
import type { AgentFacts, IntervalFacts, OfferFacts, VisitFacts } from './facts.js';
import { horizonOf, type Horizon } from './horizon.js';
import { WaitHistogram } from './histogram.js';

const SALES = 1;
const SUPPORT = 2;
/** 10:00 of some day; times below are seconds after it. */
const TEN = Date.UTC(2026, 10, 2, 10);
const s = (seconds: number): number => TEN + seconds * 1000;
const EDGES = [TEN, TEN + BUCKET_MS, TEN + 2 * BUCKET_MS];
const HORIZON: Horizon = { callsUntil: s(3600), presenceUntil: s(3600) };

const visit = (enteredSecond: number, facts: Partial<VisitFacts>): VisitFacts => ({
  id: enteredSecond,
  queueId: SALES,
  agentId: null,
  seq: 0,
  enteredAt: s(enteredSecond),
  firstInQueue: 1,
  outcome: 'waiting',
  waitSeconds: null,
  waitMs: null,
  ringSeconds: null,
  ringMs: null,
  answeredAt: null,
  talkSeconds: null,
  talkMs: null,
  agentTalkMs: null,
  holdMs: null,
  holdCount: 0,
  wrapUpMs: null,
  endedAt: null,
  endedBy: null,
  transferKind: null,
  transfersSeen: 0,
  position: 1,
  attempts: 0,
  agentDumps: 0,
  talkedAfterAll: 0,
  ...facts,
});

const answered = (
  enteredSecond: number,
  wait: number,
  talk: number,
  facts: Partial<VisitFacts> = {},
): VisitFacts =>
  visit(enteredSecond, {
    agentId: 7,
    outcome: 'answered',
    waitSeconds: wait,
    waitMs: wait * 1000,
    ringSeconds: Math.min(wait, 3),
    ringMs: Math.min(wait, 3) * 1000,
    answeredAt: s(enteredSecond + wait),
    talkSeconds: talk,
    talkMs: talk * 1000,
    agentTalkMs: talk * 1000,
    endedAt: s(enteredSecond + wait + talk),
    endedBy: 'agent',
    ...facts,
  });

const offer = (
  enteredSecond: number,
  fromSecond: number,
  toSecond: number,
  facts: Partial<OfferFacts>,
): OfferFacts => ({
  queueId: SALES,
  agentId: 7,
  enteredAt: s(enteredSecond),
  offeredAt: s(fromSecond),
  endedAt: s(toSecond),
  result: 'noAnswer',
  ringMs: (toSecond - fromSecond) * 1000,
  seen: 1,
  ...facts,
});

const interval = (
  kind: IntervalFacts['kind'],
  fromSecond: number,
  toSecond: number | null,
  queueId: number | null = SALES,
  reason = '',
): IntervalFacts => ({
  agentId: 7,
  queueId,
  kind,
  reason,
  fromAt: s(fromSecond),
  toAt: toSecond === null ? OPEN_END : s(toSecond),
});

const rowsOf = (facts: Partial<AgentFacts>, horizon = HORIZON): ReturnType<typeof computeAgentRows> =>
  computeAgentRows({ visits: [], offers: [], intervals: [], ...facts }, EDGES, horizon);

describe('queue row', () => {
  it('counts every visit once, by outcome', () => {
    const row = computeQueueRow(
      [
        answered(0, 4, 60, { position: 2 }),
        answered(10, 30, 100, { endedBy: 'caller', seq: 1, holdMs: 5000, holdCount: 1, wrapUpMs: 20_000 }),
        answered(20, 6, 10, { endedBy: 'transfer', transferKind: 'blind', transfersSeen: 1 }),
        answered(30, 8, 0, { talkSeconds: null, talkMs: null, agentTalkMs: null, endedBy: null }),
        visit(40, { outcome: 'abandoned', waitSeconds: 3, endedAt: s(43), endedBy: 'caller' }),
        visit(50, { outcome: 'abandoned', waitSeconds: 90, endedAt: s(140), firstInQueue: 0, seq: 2 }),
        visit(60, { outcome: 'timedOut', waitSeconds: 120, endedAt: s(180) }),
        visit(70, { outcome: 'interrupted', endedAt: s(200) }),
        visit(80, { outcome: 'waiting', position: null }),
      ],
      [
        offer(0, 1, 4, { result: 'answered' }),
        offer(10, 12, 27, { ringMs: 15_000 }),
        offer(10, 12, 27, { ringMs: 14_000, seen: 0 }),
        offer(40, 41, 43, { result: 'canceled' }),
        offer(50, 60, 61, { result: 'busy' }),
        offer(50, 62, 63, { result: 'rejected' }),
        offer(50, 64, 65, { result: 'unavailable' }),
        offer(50, 66, 67, { result: 'lostRace' }),
        offer(80, 90, 91, { result: null }),
      ],
    );
    expect(row).toMatchObject({
      entered: 9,
      answered: 4,
      abandoned: 2,
      timedOut: 1,
      interrupted: 1,
      waiting: 1,
      contactsFirst: 7,
      contactsInQueue: 8,
      waitAnsweredSeconds: 48,
      waitAnsweredMaxSeconds: 30,
      waitAbandonedSeconds: 93,
      waitAbandonedMaxSeconds: 90,
      waitUnansweredSeconds: 213,
      waitUnansweredMaxSeconds: 120,
      ringSeconds: 12,
      talkSeconds: 170,
      talkMaxSeconds: 100,
      talkMs: 170_000,
      holdMs: 5000,
      holdCount: 1,
      wrapUpMs: 20_000,
      completedByAgent: 1,
      completedByCaller: 1,
      blindTransfers: 1,
      attendedTransfers: 0,
      transfersSeen: 1,
      positionSum: 9,
      positionCount: 8,
      positionMax: 2,
      offered: 8,
      ringNoAnswers: 2,
      ringNoAnswerMs: 29_000,
      ringCanceled: 1,
      busy: 1,
      rejected: 1,
      offerUnavailable: 1,
      lostRace: 1,
    });
    expect(WaitHistogram.decode(row.waitsAnswered).countAtMost(6)).toBe(2);
    expect(WaitHistogram.decode(row.waitsAbandoned).countAtMost(3)).toBe(1);
    // The interrupted caller's wait is unknown: in no histogram.
    expect(WaitHistogram.decode(row.waitsOther).count).toBe(1);
  });
});

describe('agent rows', () => {
  it('counts a call where its caller entered and splits the talk at the edge', () => {
    // Entered 10:14:50, answered 10:14:55, talked until 10:16:35.
    const { agent, queues } = rowsOf({ visits: [answered(890, 5, 100)] });
    expect(agent.map((row) => [row.answered, row.talkSeconds, row.talkMs])).toEqual([
      [1, 100, 5000],
      [0, 0, 95_000],
    ]);
    expect(queues.get(SALES)?.map((row) => [row.answered, row.talkMs])).toEqual([
      [1, 5000],
      [0, 95_000],
    ]);
  });

  it('unites login over queues and keeps each queue beside', () => {
    const { agent, queues } = rowsOf({
      intervals: [interval('login', 0, 600), interval('login', 300, 1200, SUPPORT)],
    });
    expect(agent.map((row) => row.loginMs)).toEqual([900_000, 300_000]);
    expect(queues.get(SALES)?.map((row) => row.loginMs)).toEqual([600_000, 0]);
    expect(queues.get(SUPPORT)?.map((row) => row.loginMs)).toEqual([600_000, 300_000]);
  });

  it('calls an agent fully paused only when paused in all queues he is in at that moment', () => {
    const { agent } = rowsOf({
      intervals: [
        interval('login', 0, 800),
        interval('login', 0, 500, SUPPORT),
        interval('pause', 100, 300, SALES, 'lunch'),
        interval('pause', 200, 400, SUPPORT, 'lunch'),
        // After leaving support at 500, a pause in sales alone is a full pause.
        interval('pause', 450, 600, SALES, 'coffee'),
      ],
    });
    expect(agent[0]).toMatchObject({
      loginMs: 800_000,
      pauseMs: 450_000,
      fullyPausedMs: 200_000,
      readyMs: 600_000,
      pauseByReason: '{"coffee":150000,"lunch":300000}',
    });
  });

  it('is ready only when nothing else holds the agent', () => {
    const { agent } = rowsOf({
      visits: [answered(100, 20, 200, { wrapUpMs: 60_000 })],
      offers: [offer(100, 110, 120, { result: 'answered' })],
      intervals: [
        interval('login', 0, 900),
        // In use from a little before the answer, through the wrap-up, into a private call.
        interval('inUse', 118, 420, null),
        interval('unavailable', 800, 850, null),
        // The agent's hold; what lies outside of the talk belongs to another call.
        interval('hold', 200, 230, null),
        interval('hold', 400, 410, null),
      ],
    });
    expect(agent[0]).toMatchObject({
      ringMs: 10_000,
      talkMs: 200_000,
      holdMs: 30_000,
      wrapUpMs: 60_000,
      otherCallMs: 40_000,
      unavailableMs: 50_000,
      readyMs: 540_000,
    });
  });

  it('is unavailable only when no phone of his can be reached', () => {
    const { agent } = rowsOf({
      intervals: [
        interval('login', 0, 600, SALES, 'PJSIP/desk'),
        interval('login', 300, 600, SUPPORT, 'PJSIP/mobile'),
        interval('unavailable', 100, 500, null, 'PJSIP/desk'),
        interval('unavailable', 400, 900, null, 'PJSIP/mobile'),
      ],
    });
    // 100–300: only the desk phone; 400–500: neither answers.
    expect(agent[0]).toMatchObject({ loginMs: 600_000, unavailableMs: 300_000, readyMs: 300_000 });
  });

  it('counts two calls at once as one time, and a new call ends the wrap-up', () => {
    const { agent } = rowsOf({
      visits: [answered(0, 0, 100, { wrapUpMs: 60_000 }), answered(50, 0, 100), answered(170, 5, 10)],
      intervals: [interval('login', 0, 900)],
    });
    expect(agent[0]).toMatchObject({
      answered: 3,
      talkSeconds: 210,
      talkMs: 160_000,
      wrapUpMs: 10_000,
      readyMs: 730_000,
    });
  });

  it('ends what is open at the horizon, login and pause at the horizon of the log', () => {
    const open = answered(0, 10, 0, {
      talkSeconds: null,
      talkMs: null,
      agentTalkMs: null,
      endedAt: null,
      endedBy: null,
    });
    const facts = { visits: [open], intervals: [interval('login', 0, null)] };
    const { agent } = rowsOf(facts, { callsUntil: s(130), presenceUntil: s(120) });
    expect(agent[0]).toMatchObject({ answered: 1, talkMs: 120_000, loginMs: 120_000, readyMs: 10_000 });
    expect(rowsOf(facts, { callsUntil: null, presenceUntil: null }).agent[0]).toMatchObject({
      talkMs: 0,
      loginMs: 0,
    });
  });

  it('takes the stated seconds where nothing measured the talk, and the ringing before its end', () => {
    const logOnly = answered(100, 10, 30, { talkMs: null, agentTalkMs: null });
    const rna = offer(100, 0, 108, { offeredAt: null, ringMs: 6000, seen: 0 });
    const { agent } = rowsOf({ visits: [logOnly], offers: [rna] });
    expect(agent[0]).toMatchObject({ talkMs: 30_000, ringMs: 6000, offered: 0, ringNoAnswers: 1 });
  });

  it('rings before an answer only the log knows, split at the edge, never before the call came', () => {
    const atEdge = BUCKET_MS / 1000;
    const logged = { ringMs: null, talkMs: null, agentTalkMs: null };
    const login = interval('login', 0, 1800);
    const overEdge = answered(100, atEdge - 100 + 4, 30, { ...logged, ringSeconds: 10 });
    const rows = rowsOf({ visits: [overEdge], intervals: [login] }).agent;
    expect(rows.map(({ ringMs, talkMs, readyMs }) => [ringMs, talkMs, readyMs])).toEqual([
      [6000, 0, 894_000],
      [4000, 30_000, 866_000],
    ]);
    // It states its whole seconds rounded up: no ring is longer than the wait.
    const short = answered(100, 2, 30, { ...logged, ringSeconds: 3 });
    expect(rowsOf({ visits: [short] }).agent[0]).toMatchObject({ ringMs: 2000, talkMs: 30_000 });
  });

  it('gives an agent who joined a call the queue had given up on his call', () => {
    const { agent } = rowsOf({ visits: [answered(0, 60, 20, { outcome: 'timedOut', talkedAfterAll: 1 })] });
    expect(agent[0]).toMatchObject({ answered: 1, talkSeconds: 20 });
  });

  it('knows who hung up before the caller was joined', () => {
    const { agent } = rowsOf({ offers: [offer(0, 0, 5, { result: 'dumped' })] });
    expect(agent[0]).toMatchObject({ agentDumps: 1, ringNoAnswers: 0 });
  });
});

describe('horizon', () => {
  it('follows the log while it keeps up, the stream when the log stands still', () => {
    expect(horizonOf({ logUntil: 100_000, streamUntil: 120_000 })).toEqual({
      callsUntil: 120_000,
      presenceUntil: 100_000,
    });
    expect(horizonOf({ logUntil: 100_000, streamUntil: 131_000 })).toEqual({
      callsUntil: 131_000,
      presenceUntil: 131_000,
    });
    expect(horizonOf({ logUntil: null, streamUntil: 5 })).toEqual({ callsUntil: 5, presenceUntil: 5 });
    expect(horizonOf({ logUntil: null, streamUntil: null })).toEqual({
      callsUntil: null,
      presenceUntil: null,
    });
  });
});
