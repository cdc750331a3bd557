/** Simulated events against recorded ones: the same stories, the same headers in the same order; and against the model. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { asFreeSwitch } from '../branch.js';
import type { Happening } from '../model/happening.js';
import { SiteModel } from '../model/site-model.js';
import type { AgentConfig, QueueConfig, SiteConfig } from '../model/site.js';
import { scenario } from '../scenarios.js';
import { eventText } from './event.js';
import { EslEvents } from './esl-events.js';
import { freshSwitch } from './switch-state.js';
import { plainEvent, readEvents, recordedBytes, type PlainEvent } from './testing/read-events.js';
import { story } from './testing/story.js';

const HOUR_US = 3_600_000_000;
/** A Monday, 08:00 in Berlin. */
const START_US = Date.parse('2026-11-16T07:00:00Z') * 1000;

/** One crowded queue; what differs is what is to happen there. */
function crowded(queue: Partial<QueueConfig>, agent: Partial<AgentConfig>, agents = 6): SiteConfig {
  const site = asFreeSwitch(scenario('busy'));
  const habits = { exitKeys: [], overflowTo: undefined, redialShare: 0, holdShare: 0, ...queue };
  return {
    ...site,
    queues: site.queues.map((config) => ({ ...config, ...habits })),
    agents: site.agents.slice(0, agents).map((config) => ({ ...config, busyShare: 0, ...agent })),
  };
}

const SITES = {
  keys: crowded(
    { callsPerDay: 1500, exitKeys: ['#'], exitKeyShare: 0.5 },
    { answerShare: 0.3, answerSeconds: 9 },
  ),
  strict: crowded(
    { callsPerDay: 700, ringTimeoutSeconds: 10, patienceSeconds: 40 },
    { answerShare: 0, maxNoAnswer: 2 },
    1,
  ),
  deserted: crowded({ callsPerDay: 700, patienceSeconds: 90 }, { absentShare: 1 }),
  ringall: crowded({ callsPerDay: 300, strategy: 'ringall' }, { breaks: 0, absentShare: 0 }, 3),
  overflow: overflowing(),
};

/** The branch on a day on which more happens than on others. */
function lively(): SiteConfig {
  const site = scenario('branch');
  return {
    ...site,
    queues: site.queues.map((queue) => ({
      ...queue,
      callsPerDay: 1.3 * queue.callsPerDay,
      attendedTransferShare: 0.06,
    })),
    agents: site.agents.map((agent) => ({ ...agent, busyShare: 0.06, absentShare: 0 })),
  };
}

/** Orders are taken by nobody for a while, then by support. */
function overflowing(): SiteConfig {
  const site = scenario('branch');
  const orders = 'orders@branch.example';
  const change = { maxWaitSeconds: 9, noAgentSeconds: undefined, overflowTo: 'support@branch.example' };
  return {
    ...site,
    queues: site.queues.map((queue) => (queue.name === orders ? { ...queue, ...change } : queue)),
    agents: site.agents.map((agent) => ({
      ...agent,
      skills: agent.skills.filter(({ queue }) => queue !== orders),
    })),
  };
}

interface Run {
  events: PlainEvent[];
  /** Of each call, in order. */
  calls: Map<number, PlainEvent[]>;
  happenings: Happening['kind'][];
}

function simulate(site: SiteConfig, hours: number, startUs = START_US): Run {
  const model = new SiteModel(site, { seed: 3, startUs });
  const switchState = freshSwitch(model.snapshot());
  const teller = new EslEvents(model.world, switchState);
  const run: Run = { events: [], calls: new Map(), happenings: [] };
  model.run(startUs + hours * HOUR_US, (happening) => {
    const events = teller.tell(happening).map((event) => plainEvent(eventText(event, 'plain')));
    run.events.push(...events);
    run.happenings.push(happening.kind);
    if (!('call' in happening)) return;
    const { serial } = happening.call;
    run.calls.set(serial, [...(run.calls.get(serial) ?? []), ...events]);
  });
  return run;
}

let edge: PlainEvent[];
let branch: Run;
let strict: Run;
let stories: Set<string>;

beforeAll(() => {
  edge = readEvents(recordedBytes('fs-edge/plain-all.raw.gz'));
  branch = simulate(lively(), 4);
  strict = simulate(SITES.strict, 2);
  const others = [SITES.keys, SITES.deserted].map((site) => simulate(site, 1));
  const longer = [SITES.ringall, SITES.overflow].map((site) => simulate(site, 2));
  const runs = [branch, strict, ...others, ...longer];
  stories = new Set(
    runs.flatMap(({ calls }) => [...calls.values()].map((events) => story(events).join('\n'))),
  );
});

/** The story of the n-th call of the trace `fs-edge`, in which one case follows the other. */
function recordedStory(number: number): string[] {
  const isCaller = (event: PlainEvent) =>
    event.name === 'CHANNEL_CREATE' && event.get('Caller-Caller-ID-Number').startsWith('49301');
  const callers = edge.filter((event) => isCaller(event) && event.get('Call-Direction') === 'inbound');
  const caller = callers.findIndex(
    (event) => event.get('Caller-Caller-ID-Number') === String(49_301_100_000 + number),
  );
  const [from, to] = [callers[caller], callers[caller + 1]].map((event) =>
    event ? edge.indexOf(event) : -1,
  );
  const words = story(edge.slice(from, to));
  // The next case begins with agents who log in and out.
  while (words.at(-1)?.startsWith('agent-status-change')) words.pop();
  return words;
}

describe('stories, event by event', () => {
  it.each([
    ['answered, the agent hangs up', 1],
    ['answered, the caller hangs up', 2],
    ['abandoned while an agent rings', 3],
    ['the first agent is busy', 6],
    ['left by a key while an agent rings', 10],
    ['on hold', 11],
    ['transferred to a colleague (REFER)', 14],
    ['transferred to another queue', 15],
    ['attended transfer', 17],
    ['put away for not answering, the caller gives up', 22],
    ['nobody is logged in', 23],
    ['not answered, then answered', 25],
  ])('%s', (_, number) => {
    const recorded = recordedStory(number);
    expect(recorded.length).toBeGreaterThan(6);
    expect({ told: stories.has(recorded.join('\n')), recorded }).toEqual({ told: true, recorded });
  });

  it('timed out, then answered in another queue', () => {
    const recorded = recordedStory(24);
    const upToTalk = recorded.slice(0, recorded.indexOf('agent-state-change In a queue call') + 1);
    expect(upToTalk[4]).toBe('member-queue-end Cancel TIMEOUT');
    expect([...stories].some((told) => told.startsWith(upToTalk.join('\n')))).toBe(true);
  });

  it('three ring, one answers', () => {
    const recorded = recordedStory(26);
    const answered = recorded.slice(recorded.indexOf('ANSWER B')).join('\n');
    expect(answered).toContain('LOSE_RACE');
    expect([...stories].some((told) => told.endsWith(answered))).toBe(true);
  });

  it('an offer that failed sets the agent waiting at once', () => {
    const after = branch.events.flatMap((event, at) =>
      event.action === 'bridge-agent-fail' ? [[event, branch.events[at + 1]] as const] : [],
    );
    expect(after.length).toBeGreaterThan(20);
    for (const [fail, next] of after) {
      expect(next?.get('CC-Agent-State')).toBe('Waiting');
      expect(next?.get('CC-Agent')).toBe(fail.get('CC-Agent'));
    }
  });
});

describe('headers', () => {
  const kindOf = (event: PlainEvent) =>
    [event.name, event.action, event.get('CC-Cause'), event.get('Call-Direction')].join(' ').trim();
  /** In order; variables differ from call to call, and the phones of the recorded agents were not registered. */
  const shapeOf = (event: PlainEvent) =>
    event.names.filter(
      (name) =>
        !name.startsWith('variable_') &&
        (name !== 'Channel-Presence-ID' || event.get('Call-Direction') !== 'inbound'),
    );

  /** What tells the shape from the one most like it. */
  function difference(shape: string[], known: Iterable<string>): string {
    const differences = [...known].map((text) => {
      const other = text.split(' ');
      const more = shape.filter((name) => !other.includes(name)).map((name) => `+${name}`);
      return [...more, ...other.filter((name) => !shape.includes(name)).map((name) => `-${name}`)];
    });
    return differences.sort((a, b) => a.length - b.length)[0]?.join(' ') ?? 'no such event recorded';
  }

  it('each event has the headers, in the order, of a recorded one', () => {
    const known = new Map<string, Set<string>>();
    const traces = ['fs-medium/plain-narrow.raw.gz', 'fs-small/plain-narrow.raw.gz'];
    for (const event of [...edge, ...traces.flatMap((trace) => readEvents(recordedBytes(trace)))])
      known.set(kindOf(event), (known.get(kindOf(event)) ?? new Set()).add(shapeOf(event).join(' ')));
    const unlike = new Set<string>();
    for (const event of [...branch.events, ...strict.events]) {
      const shapes = known.get(kindOf(event)) ?? new Set<string>();
      if (!shapes.has(shapeOf(event).join(' ')))
        unlike.add(`${kindOf(event)}: ${difference(shapeOf(event), shapes)}`);
    }
    expect([...unlike]).toEqual([]);
  });

  it('variables are ones that occur', () => {
    const known = new Set(edge.flatMap(({ names }) => names));
    const unknown = new Set(branch.events.flatMap(({ names }) => names.filter((name) => !known.has(name))));
    expect([...unknown]).toEqual([]);
  });

  it('an event of a channel weighs what a recorded one does', () => {
    const median = (events: PlainEvent[]) =>
      events.map(({ text }) => text.length).sort((a, b) => a - b)[events.length >> 1] ?? 0;
    for (const name of ['CHANNEL_ANSWER', 'CHANNEL_HANGUP_COMPLETE']) {
      const of = (events: PlainEvent[]) => median(events.filter((event) => event.name === name));
      expect(of(branch.events)).toBeGreaterThan(0.7 * of(edge));
      expect(of(branch.events)).toBeLessThan(1.2 * of(edge));
    }
  });

  it('one core numbers every event once', () => {
    const numbers = branch.events.map((event) => Number(event.get('Event-Sequence')));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(branch.events.map((event) => event.get('Core-UUID'))).size).toBe(1);
  });
});

describe('values', () => {
  const of = (run: Run, action: string) => run.events.filter((event) => event.action === action);
  const count = (run: Run, kind: Happening['kind']) => run.happenings.filter((each) => each === kind).length;

  it('every visit has a member of its own, and ends at most once', () => {
    for (const run of [branch, strict]) {
      const joined = of(run, 'member-queue-start').map((event) => event.get('CC-Member-UUID'));
      const left = of(run, 'member-queue-end').map((event) => event.get('CC-Member-UUID'));
      expect(new Set(joined).size).toBe(joined.length);
      expect(new Set(left).size).toBe(left.length);
      expect(joined.length).toBe(count(run, 'entered'));
      expect(left.length).toBe(count(run, 'left') + count(run, 'completed') + count(run, 'transferred'));
      expect(left.filter((uuid) => !joined.includes(uuid))).toEqual([]);
    }
  });

  it('times of a talk are those of its own events', () => {
    const at = (event: PlainEvent | undefined) => Number(event?.get('Event-Date-Timestamp'));
    const started = new Map(of(branch, 'bridge-agent-start').map((e) => [e.get('CC-Agent-UUID'), e]));
    const bridged = new Map(
      branch.events
        .filter(({ name }) => name === 'CHANNEL_BRIDGE')
        .map((event) => [event.get('Bridge-B-Unique-ID'), event]),
    );
    const ended = of(branch, 'bridge-agent-end');
    expect(ended.length).toBeGreaterThan(100);
    const hungUp = new Map(
      branch.events
        .filter(({ name }) => name === 'CHANNEL_HANGUP_COMPLETE')
        .map((event) => [event.get('Unique-ID'), event]),
    );
    for (const end of ended) {
      const uuid = end.get('CC-Agent-UUID');
      expect(Number(end.get('CC-Agent-Answered-Time'))).toBe(Math.floor(at(started.get(uuid)) / 1e6));
      expect(Number(end.get('Caller-Channel-Bridged-Time'))).toBe(at(bridged.get(uuid)));
      expect(Number(end.get('Caller-Channel-Answered-Time'))).toBe(at(started.get(uuid)));
      expect(Number(end.get('Caller-Channel-Hangup-Time'))).toBe(at(hungUp.get(uuid)));
    }
  });

  it('who hung up received a BYE from; a transfer says so on the channel of the agent', () => {
    const ends = of(branch, 'bridge-agent-end');
    const transferred = ends.filter((event) => event.get('variable_transfer_to') !== '');
    expect(transferred.length).toBe(count(branch, 'transferred'));
    expect(transferred.map((event) => event.get('variable_transfer_to').split(':')[0])).toContain('att');
    const byCaller = of(branch, 'member-queue-end').filter(
      (event) => event.get('variable_sip_hangup_disposition') === 'recv_bye' && event.get('CC-Agent') !== '',
    );
    const byAgent = ends.filter(
      (event) =>
        event.get('variable_sip_hangup_disposition') === 'recv_bye' &&
        event.get('variable_transfer_to') === '',
    );
    expect(byCaller.length + byAgent.length).toBe(count(branch, 'completed'));
    expect(byAgent.length).toBeGreaterThan(30);
  });

  it('an agent has one status for all queues', () => {
    const status = new Map<string, string>();
    for (const event of branch.events) {
      if (event.action !== 'agent-status-change') continue;
      const [agent, next] = [event.get('CC-Agent'), event.get('CC-Agent-Status')];
      expect(next).not.toBe(status.get(agent) ?? 'Logged Out');
      status.set(agent, next);
    }
    expect(status.size).toBe(10);
    const evening = simulate(scenario('branch'), 1, START_US + 9 * HOUR_US);
    const told = new Set(of(evening, 'agent-status-change').map((event) => event.get('CC-Agent-Status')));
    expect([...told].sort()).toEqual(['Available', 'Logged Out', 'On Break']);
  });

  it('after two unanswered offers an agent is put away', () => {
    const putAway = of(strict, 'agent-max-no-answer');
    expect(putAway.length).toBeGreaterThan(10);
    for (const event of putAway) {
      expect(event.get('CC-Agent-No-Answer-Count')).toBe('2');
      const next = strict.events[strict.events.indexOf(event) + 1];
      expect(next?.get('CC-Agent-Status')).toBe('On Break');
      expect(next?.get('CC-Agent')).toBe(event.get('CC-Agent'));
    }
  });
});

it('a heartbeat says since when the switch runs', () => {
  const model = new SiteModel(scenario('branch'), { seed: 3, startUs: START_US });
  const teller = new EslEvents(model.world, freshSwitch(model.snapshot()));
  const atUs = START_US + 90_061_020_000;
  const event = plainEvent(eventText(teller.heartbeat(atUs), 'plain'));
  const recorded = edge.find(({ name }) => name === 'HEARTBEAT');
  expect(event.names).toEqual(recorded?.names);
  expect(event.get('Uptime-msec')).toBe('90061020');
  expect(event.get('Up-Time')).toBe(
    '0 years, 1 day, 1 hour, 1 minute, 1 second, 20 milliseconds, 0 microseconds',
  );
  expect(event.get('Event-Date-GMT')).toBe('Tue, 17 Nov 2026 08:01:01 GMT');
  expect(event.get('Event-Date-Local')).toBe('2026-11-17 09:01:01');
});
