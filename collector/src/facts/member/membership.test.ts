import { describe, expect, it } from '@jest/globals';
import fc from '../../../test/support/fast-check.js';
import type { ListedMember, MemberEvent, MemberEventBody } from '../../pbx/event.js';
import type { Restart } from '../restarts.js';
import { T0, atUs, loggedMember, ms, secondsAt, streamedMember } from '../testing/telling.js';
import { type MembershipInput, type MembershipListing, deriveMembership } from './membership.js';

const PHONE = { interface: 'PJSIP/201', agentName: 'Anna' };
const QUEUE = { queue: 'sales' };

const derive = (input: Partial<MembershipInput>): string[] =>
  deriveMembership({
    agent: 'Anna',
    events: [],
    restarts: [],
    listings: [],
    initial: { present: new Map(), pause: null },
    ...input,
  }).map(
    ({ kind, reason, fromMs, toMs }) =>
      `${kind} ${reason} ${secondsAt(fromMs)}–${toMs === null ? '' : secondsAt(toMs)}`,
  );

const stream = (seconds: number, body: MemberEventBody, phone = PHONE): MemberEvent =>
  streamedMember(seconds, phone, body);
const added = (seconds: number, phone = PHONE): MemberEvent =>
  stream(seconds, { kind: 'member-added', ...QUEUE }, phone);
const removed = (seconds: number, phone = PHONE): MemberEvent =>
  stream(seconds, { kind: 'member-removed', ...QUEUE }, phone);
const paused = (seconds: number, reason: string): MemberEvent =>
  stream(seconds, { kind: 'member-paused', ...QUEUE, reason });
const unpaused = (seconds: number): MemberEvent => stream(seconds, { kind: 'member-unpaused', ...QUEUE });

const listed = (member: Partial<ListedMember> = {}): ListedMember => ({
  queue: 'sales',
  agentName: 'Anna',
  interface: 'PJSIP/201',
  paused: false,
  reason: '',
  device: 'free',
  ...member,
});
const listing = (seconds: number, ...members: ListedMember[]): MembershipListing => ({
  atUs: atUs(seconds),
  members,
});
const restart = (seconds: number, fromLog = true): Restart => ({ atUs: atUs(seconds), fromLog, ordinal: 1 });

const SHIFT = `
  0 MANAGER|sales|PJSIP/201|ADDMEMBER
  100 NONE|sales|Anna|PAUSE|Lunch
  160 NONE|sales|Anna|UNPAUSE
  300 MANAGER|sales|PJSIP/201|REMOVEMEMBER`;

describe('login and pause', () => {
  it('the log alone: whole seconds, the pause with its reason', () => {
    expect(derive({ events: loggedMember(SHIFT) })).toEqual(['login PJSIP/201 0–300', 'pause Lunch 100–160']);
  });

  it('the stream of the same shift adds nothing: the log’s seconds count', () => {
    const events = [
      added(0.4),
      paused(100.9, 'Lunch'),
      unpaused(161.2),
      removed(305),
      ...loggedMember(SHIFT),
    ];
    expect(derive({ events })).toEqual(['login PJSIP/201 0–300', 'pause Lunch 100–160']);
  });

  it('the stream alone knows milliseconds', () => {
    expect(derive({ events: [added(0.4), paused(100.9, 'Lunch'), unpaused(161.2), removed(305)] })).toEqual([
      'login PJSIP/201 0.4–305',
      'pause Lunch 100.9–161.2',
    ]);
  });

  it('two connections tell of a change once', () => {
    const other = [added(0.41), paused(100.91, 'Lunch')].map((event) => ({ ...event, connection: 'ami:2' }));
    expect(derive({ events: [added(0.4), paused(100.9, 'Lunch'), unpaused(161), ...other] })).toEqual([
      'login PJSIP/201 0.4–',
      'pause Lunch 100.9–161',
    ]);
  });

  it('another reason while paused begins another pause', () => {
    const rows = `0 MANAGER|sales|PJSIP/201|ADDMEMBER
      100 NONE|sales|Anna|PAUSE|Lunch
      130 NONE|sales|Anna|PAUSE|Coaching
      160 NONE|sales|Anna|UNPAUSE|Back`;
    expect(derive({ events: loggedMember(rows) })).toEqual([
      'login PJSIP/201 0–',
      'pause Lunch 100–130',
      'pause Coaching 130–160',
    ]);
  });

  it('who logs out while paused has ended the pause; logged in again, he is not paused', () => {
    const rows = `0 MANAGER|sales|PJSIP/201|ADDMEMBER
      100 NONE|sales|Anna|PAUSE|Lunch
      120 MANAGER|sales|PJSIP/201|REMOVEMEMBER
      200 MANAGER|sales|PJSIP/201|ADDMEMBER`;
    expect(derive({ events: loggedMember(rows) })).toEqual([
      'login PJSIP/201 0–120',
      'pause Lunch 100–120',
      'login PJSIP/201 200–',
    ]);
  });

  it('added paused is a pause from the beginning', () => {
    expect(derive({ events: loggedMember('0 MANAGER|sales|PJSIP/201|ADDMEMBER|PAUSED') })).toEqual([
      'login PJSIP/201 0–',
      'pause  0–',
    ]);
  });

  it('two interfaces of one name are one agent with two logins', () => {
    const desk = { interface: 'PJSIP/202', agentName: 'Anna' };
    expect(derive({ events: [added(0), added(50, desk), removed(100), removed(200, desk)] })).toEqual([
      'login PJSIP/201 0–100',
      'login PJSIP/202 50–200',
    ]);
  });

  it('a log that names the agent instead of his interface is the same login', () => {
    const rows = '0 MANAGER|sales|Anna|ADDMEMBER\n300 MANAGER|sales|Anna|REMOVEMEMBER';
    expect(derive({ events: [added(0.3), removed(300.4), ...loggedMember(rows)] })).toEqual([
      'login * 0–300',
    ]);
  });

  it('goes through midnight in one piece', () => {
    const toMidnight = 86_400 - (T0 % 86_400);
    expect(derive({ events: [added(toMidnight - 60), removed(toMidnight + 60)] })).toEqual([
      `login PJSIP/201 ${toMidnight - 60}–${toMidnight + 60}`,
    ]);
  });

  it('goes on from what lasted before the time looked at', () => {
    const initial = {
      present: new Map([['PJSIP/201', ms(-500)]]),
      pause: { reason: 'Lunch', sinceMs: ms(-60) },
    };
    expect(derive({ initial, events: [unpaused(10), removed(20)] })).toEqual([
      'login PJSIP/201 -500–20',
      'pause Lunch -60–10',
    ]);
  });
});

describe('a restart', () => {
  it('closes login and pause', () => {
    const events = loggedMember(`0 MANAGER|sales|PJSIP/201|ADDMEMBER\n100 NONE|sales|Anna|PAUSE|Lunch`);
    expect(derive({ events, restarts: [restart(200)] })).toEqual([
      'login PJSIP/201 0–200',
      'pause Lunch 100–200',
    ]);
  });

  it('a persistent member is back with the listing, since when the PBX says', () => {
    const back = listed({ loginAt: T0 + 200, paused: true, reason: 'Lunch', pausedAt: T0 + 200 });
    expect(derive({ events: [added(0)], restarts: [restart(200)], listings: [listing(215, back)] })).toEqual([
      'login PJSIP/201 0–200',
      'login PJSIP/201 200–',
      'pause Lunch 200–',
    ]);
  });

  it('who is not listed afterwards is no member', () => {
    expect(derive({ events: [added(0)], restarts: [restart(200)], listings: [listing(215)] })).toEqual([
      'login PJSIP/201 0–200',
    ]);
  });
});

describe('a state listing', () => {
  it('shows a static member of whom no event ever told', () => {
    expect(derive({ listings: [listing(50, listed({ loginAt: T0 - 3600 }))] })).toEqual([
      'login PJSIP/201 -3600–',
    ]);
    expect(derive({ listings: [listing(50, listed())] })).toEqual(['login PJSIP/201 50–']);
  });

  it('that no longer shows him ends login and pause there', () => {
    expect(derive({ events: [added(0), paused(20, 'Lunch')], listings: [listing(100)] })).toEqual([
      'login PJSIP/201 0–100',
      'pause Lunch 20–100',
    ]);
  });

  it('ends a pause whose end nobody saw, and begins one whose beginning nobody saw', () => {
    expect(
      derive({
        events: [added(0), paused(20, 'Lunch')],
        listings: [
          listing(100, listed()),
          listing(200, listed({ paused: true, reason: 'Coaching', pausedAt: T0 + 150 })),
        ],
      }),
    ).toEqual(['login PJSIP/201 0–', 'pause Lunch 20–100', 'pause Coaching 150–']);
  });

  it('says nothing against an event of the same moment: it was cut before', () => {
    expect(derive({ events: [added(100)], listings: [listing(103)] })).toEqual(['login PJSIP/201 100–']);
  });

  it('is not believed when it states a login before the last logout', () => {
    const events = [added(0), removed(50)];
    expect(derive({ events, listings: [listing(100, listed({ loginAt: T0 + 10 }))] })).toEqual([
      'login PJSIP/201 0–50',
      'login PJSIP/201 100–',
    ]);
  });
});

it('is a function of the sets: neither order nor repetition matters', () => {
  const events = [...loggedMember(SHIFT), added(0.4), paused(100.9, 'Lunch'), unpaused(400), added(390)];
  const listings = [listing(600, listed()), listing(700)];
  const expected = derive({ events, listings, restarts: [restart(500)] });
  expect(expected).toHaveLength(4);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(events, { minLength: events.length }),
      fc.boolean(),
      (shuffled, turned) => {
        const other = turned ? [...listings].reverse() : listings;
        expect(derive({ events: shuffled, listings: other, restarts: [restart(500)] })).toEqual(expected);
      },
    ),
  );
});

it('no two logins of one interface, nor two pauses, ever overlap', () => {
  const event = fc
    .tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 3 }), fc.boolean())
    .map(([seconds, what, fromLog]) => {
      if (fromLog) {
        const row = ['PJSIP/201|ADDMEMBER', 'PJSIP/201|REMOVEMEMBER', 'Anna|PAUSE|Lunch', 'Anna|UNPAUSE'][
          what
        ];
        return loggedMember(`${seconds} NONE|sales|${row}`);
      }
      return [[added, removed, unpaused][what]?.(seconds) ?? paused(seconds, 'Lunch')];
    });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      const intervals = deriveMembership({
        agent: 'Anna',
        events: events.flat(),
        restarts: [restart(900)],
        listings: [listing(1000, listed())],
        initial: { present: new Map(), pause: null },
      });
      for (const kind of ['login', 'pause'] as const) {
        const own = intervals.filter((interval) => interval.kind === kind);
        own.forEach((interval, index) => {
          const next = own[index + 1];
          expect(interval.toMs ?? Infinity).toBeGreaterThan(interval.fromMs);
          if (next) expect(interval.toMs ?? Infinity).toBeLessThanOrEqual(next.fromMs);
        });
      }
    }),
  );
});
