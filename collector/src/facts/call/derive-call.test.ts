import { describe, expect, it } from '@jest/globals';
import fc from '../../../test/support/fast-check.js';
import type { CallEvent } from '../../pbx/event.js';
import { T0, atUs, loggedCall, ms, streamed } from '../testing/telling.js';
import type { CallFacts, VisitFacts } from './call-facts.js';
import { type CallContext, deriveCall } from './derive-call.js';

const derive = (events: readonly CallEvent[], context: Partial<CallContext> = {}): CallFacts =>
  deriveCall(events, {
    restartsUs: [],
    wrapUpSeconds: () => null,
    isTag: (note) => note === 'TAG',
    ...context,
  });
const visit = (events: readonly CallEvent[], context: Partial<CallContext> = {}): VisitFacts => {
  const { visits } = derive(events, context);
  expect(visits).toHaveLength(1);
  return visits[0] as VisitFacts;
};
const outcomes = ({ visits }: CallFacts): string[] => visits.map((v) => `${v.queue} ${v.outcome}`);

const ENTERED = '0 1.1|sales|NONE|ENTERQUEUE||0401901836|1';
const entered = (seconds = 0.2): CallEvent =>
  streamed(seconds, { kind: 'caller-entered', queue: 'sales', position: 1, callerNumber: '0401901836' });
const connected = (seconds: number, agent = 'Anna'): CallEvent =>
  streamed(seconds, {
    kind: 'agent-connected',
    queue: 'sales',
    agent,
    offerId: '1.9',
    waitSeconds: 4,
    ringSeconds: 2,
  });
const completed = (seconds: number): CallEvent =>
  streamed(seconds, {
    kind: 'agent-completed',
    queue: 'sales',
    agent: 'Anna',
    endedBy: 'caller',
    waitSeconds: 4,
    talkSeconds: 6,
  });

it('a talk that only a call record tells of is as long as the record measured it', () => {
  const recorded = [entered(0), connected(4), completed(10)].map((event): CallEvent => ({
    ...event,
    source: 'json_cdr',
    ...(event.kind === 'agent-completed' && { talkMs: 6_480 }),
  }));
  expect(visit(recorded)).toMatchObject({ talkSeconds: 6, talkMs: 6_480, agentTalkMs: 6_480 });
});

describe('how a visit ends', () => {
  it.each([
    ['1.1|sales|NONE|ABANDON|1|1|30', 'abandoned'],
    ['1.1|sales|NONE|EXITWITHTIMEOUT|1|1|30', 'timedOut'],
    ['1.1|sales|NONE|EXITEMPTY|1|1|30', 'exitedEmpty'],
    ['1.1|sales|NONE|WITHDRAW|1|1|30|vip rescue', 'withdrawn'],
    ['1.1|sales|NONE|EXITWITHKEY|9|1|1|30', 'exitedByKey'],
  ])('%s: %s, never anything else', (row, outcome) => {
    expect(visit(loggedCall(`${ENTERED}\n30 ${row}`))).toMatchObject({
      outcome,
      outcomeCertainty: 'stated',
      waitSeconds: 30,
      endedAt: ms(30),
      endReason: 'left',
      answeredAt: null,
      talkSeconds: null,
      logFinal: true,
    });
  });

  it('a caller who times out is not an abandon, though the stream alone assumed so', () => {
    const assumed = streamed(30.1, {
      kind: 'caller-left',
      queue: 'sales',
      outcome: 'abandoned',
      certainty: 'assumed',
      waitSeconds: 30,
    });
    expect(visit([entered(), assumed])).toMatchObject({
      outcome: 'abandoned',
      outcomeCertainty: 'assumed',
      logFinal: false,
    });
    const log = loggedCall(`${ENTERED}\n30 1.1|sales|NONE|EXITWITHTIMEOUT|1|1|30`);
    expect(visit([entered(), assumed, ...log])).toMatchObject({
      outcome: 'timedOut',
      outcomeCertainty: 'stated',
      waitMs: 29_900,
    });
  });

  it('a later word on the reason replaces what was assumed', () => {
    const left = streamed(30.1, {
      kind: 'caller-left',
      queue: 'sales',
      outcome: 'timedOut',
      certainty: 'assumed',
      waitSeconds: 30,
    });
    const reason = streamed(30.2, { kind: 'left-reason', queue: 'sales', outcome: 'exitedEmpty' });
    expect(visit([entered(), left, reason])).toMatchObject({
      outcome: 'exitedEmpty',
      outcomeCertainty: 'stated',
      waitSeconds: 30,
    });
  });

  it('the exit key: its wait is the difference of whole seconds where only the stream tells of it', () => {
    const left = streamed(9.1, {
      kind: 'caller-left',
      queue: 'sales',
      outcome: 'exitedByKey',
      certainty: 'stated',
    });
    expect(visit([entered(0.9), left])).toMatchObject({ waitSeconds: 9, waitMs: 8200, exitKey: null });
    const log = loggedCall(`${ENTERED}\n9 1.1|sales|NONE|EXITWITHKEY|5|1|1|9`);
    expect(visit([entered(0.9), left, ...log])).toMatchObject({ exitKey: '5', waitSeconds: 9 });
  });

  it('SYSCOMPAT is an abandon by the PBX’s own count, and its wait is counted from the rows', () => {
    expect(visit(loggedCall(`${ENTERED}\n12 1.1|sales|Anna|SYSCOMPAT`))).toMatchObject({
      outcome: 'abandoned',
      outcomeCertainty: 'assumed',
      waitSeconds: 12,
    });
  });

  it('before 2017 one caller had ABANDON and then EXITEMPTY: one visit, exited empty', () => {
    const rows = `${ENTERED}
      30 1.1|sales|NONE|ABANDON|1|1|30
      30 1.1|sales|NONE|EXITEMPTY|1|1|30`;
    expect(visit(loggedCall(rows))).toMatchObject({ outcome: 'exitedEmpty', waitSeconds: 30 });
  });

  it('an ABANDON row with an agent’s name is an abandon, and no answer of that agent', () => {
    const rows = `${ENTERED}\n6 1.1|sales|Zoë Quinn|ABANDON|1|1|6`;
    expect(visit(loggedCall(rows))).toMatchObject({ outcome: 'abandoned', agent: null, offers: [] });
  });
});

describe('answered calls', () => {
  const rows = `${ENTERED}
    4 1.1|sales|Anna|CONNECT|4|1.9|2
    10 1.1|sales|Anna|COMPLETECALLER|4|6|1`;

  it('the PBX’s whole seconds are reported, the measured milliseconds stand beside', () => {
    const offered = streamed(2.1, { kind: 'agent-offered', queue: 'sales', agent: 'Anna', offerId: '1.9' });
    const both = [entered(0.3), offered, connected(4.2), completed(10.7), ...loggedCall(rows)];
    expect(visit(both)).toMatchObject({
      enteredAt: ms(0),
      enteredAtSource: 'log',
      outcome: 'answered',
      agent: 'Anna',
      waitSeconds: 4,
      waitMs: 3900,
      ringSeconds: 2,
      ringMs: 2100,
      answeredAt: ms(4),
      talkSeconds: 6,
      talkMs: 6500,
      agentTalkMs: 6500,
      endedAt: ms(10),
      endedBy: 'caller',
      offers: [{ agent: 'Anna', result: 'answered', seen: true, offeredAt: ms(2.1) }],
    });
  });

  it('the log wins where the two disagree', () => {
    const log = loggedCall(rows.replace('COMPLETECALLER|4|6', 'COMPLETEAGENT|5|7'));
    expect(visit([entered(), connected(4), completed(10), ...log])).toMatchObject({
      endedBy: 'agent',
      talkSeconds: 7,
      waitSeconds: 4,
    });
  });

  it('a log five seconds behind tells of the same visit, not of another', () => {
    const late = loggedCall(
      '5 1.1|sales|NONE|ENTERQUEUE||0401901836|1\n9 1.1|sales|Anna|CONNECT|4|1.9|2\n15 1.1|sales|Anna|COMPLETECALLER|4|6|1',
    );
    expect(visit([entered(), connected(4), completed(10), ...late])).toMatchObject({
      enteredAt: ms(5),
      outcome: 'answered',
    });
  });

  it('wrap-up is what configuration says of the queue at that time', () => {
    const asked: unknown[] = [];
    const wrapUpSeconds = (queue: string, at: number): number => (asked.push([queue, at]), 15);
    expect(visit(loggedCall(rows), { wrapUpSeconds }).wrapUpMs).toBe(15_000);
    expect(asked).toEqual([['sales', ms(0)]]);
    expect(
      visit(loggedCall(`${ENTERED}\n30 1.1|sales|NONE|ABANDON|1|1|30`), { wrapUpSeconds }).wrapUpMs,
    ).toBe(null);
  });

  it('hold counts, and a hold nobody ended ends with the talk', () => {
    const hold = (seconds: number, kind: 'hold-started' | 'hold-ended'): CallEvent =>
      streamed(seconds, { kind, queue: 'sales', agent: 'Anna' });
    const events = [entered(), connected(4), hold(5, 'hold-started'), hold(6.5, 'hold-ended')];
    expect(visit([...events, hold(8, 'hold-started'), completed(10)]).holds).toEqual([
      { agent: 'Anna', fromAt: ms(5), toAt: ms(6.5) },
      { agent: 'Anna', fromAt: ms(8), toAt: ms(10) },
    ]);
  });
});

describe('offers', () => {
  it('a miss is counted once, whether the log, the stream or both tell of it', () => {
    const missed = [
      streamed(1, { kind: 'agent-offered', queue: 'sales', agent: 'Bob', offerId: '1.5' }),
      streamed(7, {
        kind: 'offer-ended',
        queue: 'sales',
        agent: 'Bob',
        offerId: '1.5',
        result: 'noAnswer',
        ringMs: 6000,
      }),
    ];
    const log = loggedCall(`${ENTERED}\n7 1.1|sales|Bob|RINGNOANSWER|6000`);
    const offer = { agent: 'Bob', result: 'noAnswer', ringMs: 6000 };
    expect(visit([entered(), ...missed]).offers).toMatchObject([{ ...offer, seen: true }]);
    expect(visit(log).offers).toMatchObject([{ ...offer, seen: false, offeredAt: ms(1) }]);
    expect(visit([entered(), ...missed, ...log]).offers).toMatchObject([{ ...offer, seen: true }]);
  });

  it('who lost a ring-all race was offered and did not miss', () => {
    const ring = (agent: string, offerId: string): CallEvent =>
      streamed(1, { kind: 'agent-offered', queue: 'sales', agent, offerId });
    const lost = streamed(4, {
      kind: 'offer-ended',
      queue: 'sales',
      agent: 'Bob',
      offerId: '1.5',
      result: 'canceled',
      certainty: 'assumed',
    });
    const { offers } = visit([entered(), ring('Bob', '1.5'), ring('Anna', '1.9'), lost, connected(4.01)]);
    expect(offers.map(({ agent, result }) => [agent, result])).toEqual([
      ['Bob', 'lostRace'],
      ['Anna', 'answered'],
    ]);
  });

  it('a ring the caller’s going ended is cancelled, neither missed nor lost', () => {
    const events = [
      entered(),
      streamed(1, { kind: 'agent-offered', queue: 'sales', agent: 'Bob', offerId: '1.5' }),
      streamed(3, { kind: 'offer-ended', queue: 'sales', agent: 'Bob', offerId: '1.5', result: 'canceled' }),
      streamed(3, {
        kind: 'caller-left',
        queue: 'sales',
        outcome: 'abandoned',
        certainty: 'stated',
        waitSeconds: 3,
      }),
    ];
    const log = loggedCall(`${ENTERED}
      3 1.1|sales|Bob|RINGCANCELED|2000
      3 1.1|sales|NONE|ABANDON|1|1|3`);
    expect(visit(events).offers).toMatchObject([{ agent: 'Bob', result: 'canceled' }]);
    expect(visit([...events, ...log]).offers).toMatchObject([
      { agent: 'Bob', result: 'canceled', ringMs: 2000 },
    ]);
  });

  it('an agent who hangs up in the announcement dumped the caller, who waits on', () => {
    const rows = `${ENTERED}
      6 1.1|sales|Bob|AGENTDUMP
      12 1.1|sales|Anna|CONNECT|12|1.9|1
      15 1.1|sales|Anna|COMPLETEAGENT|12|3|1`;
    expect(visit(loggedCall(rows))).toMatchObject({
      outcome: 'answered',
      agent: 'Anna',
      waitSeconds: 12,
      agentDumps: 1,
      offers: [
        { agent: 'Bob', result: 'dumped' },
        { agent: 'Anna', result: 'answered' },
      ],
    });
  });
});

describe('transfers', () => {
  it('blind: the visit ends with it, and says where to', () => {
    const rows = `${ENTERED}
      4 1.1|sales|Anna|CONNECT|4|1.9|2
      10 1.1|sales|Anna|BLINDTRANSFER|701|transfers|4|6|1`;
    expect(visit(loggedCall(rows))).toMatchObject({
      endReason: 'transferred',
      endedBy: 'transfer',
      transferKind: 'blind',
      transferTo: '701@transfers',
      talkSeconds: 6,
    });
  });

  it('one the queue does not see: its talk counts as stated, the agent’s own ends with the transfer', () => {
    const seen = streamed(7, {
      kind: 'transfer-seen',
      queue: 'sales',
      agent: 'Anna',
      transferKind: 'blind',
      transferTo: '604',
    });
    const rows = `${ENTERED}
      4 1.1|sales|Anna|CONNECT|4|1.9|2
      60 1.1|sales|Anna|COMPLETECALLER|4|56|1`;
    expect(visit([entered(), connected(4), seen, completed(60), ...loggedCall(rows)])).toMatchObject({
      endedBy: 'caller',
      transferKind: null,
      talkSeconds: 56,
      talkMs: 56_000,
      agentTalkMs: 3000,
      transfersSeen: 1,
    });
  });
});

describe('several visits of one caller', () => {
  const twice = `${ENTERED}
    10 1.1|sales|NONE|EXITWITHTIMEOUT|1|1|10
    12 1.1|night|NONE|ENTERQUEUE||0401901836|1
    20 1.1|night|NONE|EXITWITHTIMEOUT|1|1|8
    21 1.1|sales|NONE|ENTERQUEUE||0401901836|1
    25 1.1|sales|Anna|CONNECT|4|1.9|2
    31 1.1|sales|Anna|COMPLETECALLER|4|6|1`;

  it('the same queue entered again is another visit, and no other first one', () => {
    const facts = derive(loggedCall(twice));
    expect(outcomes(facts)).toEqual(['sales timedOut', 'night timedOut', 'sales answered']);
    expect(facts.visits.map((v) => v.firstInQueue)).toEqual([true, true, false]);
    expect(facts.visits.map((v) => v.waitSeconds)).toEqual([10, 8, 4]);
  });

  it('each visit of the stream meets its own of the log', () => {
    const left = (seconds: number, queue: string): CallEvent =>
      streamed(seconds, { kind: 'caller-left', queue, outcome: 'timedOut', certainty: 'assumed' });
    const stream = [
      entered(0.5),
      left(10.5, 'sales'),
      streamed(12.5, { kind: 'caller-entered', queue: 'night' }),
      left(20.5, 'night'),
      entered(21.5),
      connected(25.5),
      completed(31.5),
    ];
    const facts = derive([...stream, ...loggedCall(twice)]);
    expect(outcomes(facts)).toEqual(['sales timedOut', 'night timedOut', 'sales answered']);
    expect(facts.visits.map((v) => v.waitMs)).toEqual([10_000, 8000, 4000]);
  });

  it('is entered before the transfer of the first is told: still the first visit’s transfer', () => {
    const rows = `${ENTERED}
      4 1.1|sales|Anna|CONNECT|4|1.9|2
      9 1.1|support|NONE|ENTERQUEUE||0401901836|1
      9 1.1|sales|Anna|BLINDTRANSFER|602|queues|4|5|1
      15 1.1|support|NONE|ABANDON|1|1|6`;
    expect(derive(loggedCall(rows)).visits).toMatchObject([
      { queue: 'sales', outcome: 'answered', endedBy: 'transfer', talkSeconds: 5 },
      { queue: 'support', outcome: 'abandoned', waitSeconds: 6 },
    ]);
  });
});

describe('what nobody saw the end of', () => {
  it('waits on, until somebody says otherwise', () => {
    expect(visit(loggedCall(ENTERED))).toMatchObject({ outcome: 'waiting', endedAt: null, endReason: null });
  });

  it('a restart interrupts who waited', () => {
    expect(visit(loggedCall(ENTERED), { restartsUs: [atUs(-5), atUs(40)] })).toMatchObject({
      outcome: 'interrupted',
      outcomeCertainty: 'assumed',
      endedAt: ms(40),
      endReason: 'restart',
      waitSeconds: null,
    });
  });

  it('a restart leaves who talked answered, with unknown talk', () => {
    const rows = `${ENTERED}\n4 1.1|sales|Anna|CONNECT|4|1.9|2`;
    expect(visit(loggedCall(rows), { restartsUs: [atUs(40)] })).toMatchObject({
      outcome: 'answered',
      endReason: 'restart',
      endedAt: ms(40),
      talkSeconds: null,
      waitSeconds: 4,
      endedBy: null,
    });
  });

  it('a restart after the end changes nothing', () => {
    const rows = `${ENTERED}\n30 1.1|sales|NONE|ABANDON|1|1|30`;
    expect(visit(loggedCall(rows), { restartsUs: [atUs(40)] })).toEqual(visit(loggedCall(rows)));
  });

  it('gone from the listing after a gap: interrupted there, until the log tells the truth', () => {
    const gone = streamed(50, { kind: 'call-listed', queue: 'sales', state: 'gone' });
    expect(visit([entered(), gone])).toMatchObject({
      outcome: 'interrupted',
      endReason: 'gap',
      endedAt: ms(50),
    });
    const log = loggedCall(`${ENTERED}\n30 1.1|sales|NONE|ABANDON|1|1|30`);
    expect(visit([entered(), gone, ...log])).toMatchObject({ outcome: 'abandoned', endedAt: ms(30) });
  });
});

describe('a collector that starts in the middle', () => {
  it('a caller listed as waiting entered as long ago as the listing says', () => {
    const listed = streamed(40, {
      kind: 'call-listed',
      queue: 'sales',
      state: 'waiting',
      waitSeconds: 15,
      position: 2,
      callerNumber: '0401',
    });
    expect(visit([listed])).toMatchObject({
      outcome: 'waiting',
      enteredAt: ms(25),
      enteredAtSource: 'listed',
      position: 2,
    });
    expect(derive([listed]).callerNumber).toBe('0401');
  });

  it('a talk listed, then ended: answered, with the seconds the PBX states', () => {
    const listed = streamed(6, { kind: 'call-listed', queue: 'sales', state: 'talking', agent: 'Anna' });
    expect(visit([listed])).toMatchObject({
      outcome: 'answered',
      outcomeCertainty: 'assumed',
      agent: 'Anna',
    });
    expect(visit([listed, completed(10)])).toMatchObject({
      outcome: 'answered',
      waitSeconds: 4,
      talkSeconds: 6,
      talkMs: null,
      answeredAt: null,
      endedBy: 'caller',
    });
  });

  it('only the end was seen: the entry is estimated from what was stated', () => {
    expect(visit([completed(10)])).toMatchObject({
      enteredAt: ms(0),
      enteredAtSource: 'estimated',
      outcome: 'answered',
      waitSeconds: 4,
      talkSeconds: 6,
    });
    expect(visit(loggedCall('30 1.1|sales|NONE|ABANDON|1|1|30'))).toMatchObject({
      enteredAt: ms(0),
      enteredAtSource: 'estimated',
      outcome: 'abandoned',
    });
  });

  it('a listing older than the events around it does not reopen a visit', () => {
    const left = streamed(9, {
      kind: 'caller-left',
      queue: 'sales',
      outcome: 'abandoned',
      certainty: 'stated',
      waitSeconds: 9,
    });
    const listed = streamed(11, { kind: 'call-listed', queue: 'sales', state: 'waiting', waitSeconds: 8 });
    expect(visit([entered(), left, listed])).toMatchObject({ outcome: 'abandoned' });
  });
});

it('two connections tell of one happening once', () => {
  const other = { connection: 'ami:2' };
  const both = [
    entered(),
    streamed(0.21, { kind: 'caller-entered', queue: 'sales', position: 1 }, other),
    connected(4),
    streamed(
      4.02,
      { kind: 'agent-connected', queue: 'sales', agent: 'Anna', offerId: '1.9', waitSeconds: 4 },
      other,
    ),
    completed(10),
  ];
  expect(visit(both)).toMatchObject({ outcome: 'answered', waitMs: 3800, offers: [{ result: 'answered' }] });
});

it('is a function of the set of events: their order does not matter', () => {
  const log = `${ENTERED}
    1 1.1|sales|Bob|RINGNOANSWER|1000
    10 1.1|sales|NONE|EXITWITHTIMEOUT|1|1|10
    10 1.1|sales|NONE|ENTERQUEUE||0401901836|1
    14 1.1|sales|Anna|CONNECT|4|1.9|2
    20 1.1|sales|Anna|COMPLETECALLER|4|6|1`;
  const events = [...loggedCall(log), entered(), entered(10.1), connected(14.1), completed(20.1)];
  const expected = derive(events);
  expect(outcomes(expected)).toEqual(['sales timedOut', 'sales answered']);
  fc.assert(
    fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
      expect(derive(shuffled)).toEqual(expected);
    }),
  );
});

it('names the caller, the number dialled and when his call began', () => {
  const caller = streamed(0.2, {
    kind: 'caller-entered',
    queue: 'sales',
    callerNumber: '0401',
    callerName: 'Müller & Söhne',
    did: '600',
    channel: 'PJSIP/trunk-1',
    linkedId: '1.1',
    startedAtUs: atUs(-8),
  });
  const hungUp = streamed(50, { kind: 'caller-hung-up' });
  expect(derive([caller, hungUp])).toMatchObject({
    callerNumber: '0401',
    callerName: 'Müller & Söhne',
    did: '600',
    startedAt: (T0 - 8) * 1000,
    endedAt: ms(50),
  });
  expect(derive([caller, ...loggedCall(`${ENTERED}\n0 1.1|sales|NONE|DID|+49301234`)]).did).toBe('+49301234');
});
