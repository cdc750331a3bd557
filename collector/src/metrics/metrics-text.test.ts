import { spawnSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { LiveView } from '../live/live-view.js';
import type { CallEvent, MemberEvent } from '../pbx/event.js';
import { ALL_FAMILIES } from './families.js';
import type { HealthReading } from './health.js';
import { MetricsText } from './metrics-text.js';
import type { SeenVisit } from './visit-counter.js';

const START = 1_795_200_000_000;
const QUEUE = 'Продажи "VIP"\\1\n☎️';
const AGENT = 'Oʻktam Ўткир';
/** As the text format writes the queue's name. */
const QUEUE_LABEL = 'queue="Продажи \\"VIP\\"\\\\1\\n☎️"';

const HEALTH: HealthReading = {
  version: '0.1.0',
  links: [
    { pbx: 'hq', source: 'ami', up: true, connects: 3 },
    { pbx: 'branch', source: 'ami', up: false, connects: 0 },
  ],
  messages: [{ pbx: 'hq', source: 'ami', accepted: 1200, rejected: 1, failed: 2 }],
  heldMessages: [{ pbx: 'hq', count: 2 }],
  journals: [{ journal: 'hq', backlogRecords: 17, backlogSeconds: 1.5, sizeBytes: 123456 }],
  rollup: { lagSeconds: 0.25, dirtyBuckets: 4 },
  gaps: [{ pbx: 'hq', source: 'ami', seconds: 12.5 }],
  liveSubscribers: 2,
};

let now: number;
let live: LiveView;
let metrics: MetricsText;

const base = { id: 'x', source: 'ami', connection: 'ami:1', ordinal: 0 } as const;

function call(kind: 'caller-entered' | 'caller-hung-up', callId: string, seconds: number): void {
  const atUs = (START + seconds * 1000) * 1000;
  const event: CallEvent =
    kind === 'caller-entered'
      ? { ...base, kind, callId, queue: QUEUE, atUs, callerNumber: '+998901112233', callerName: 'Secret' }
      : { ...base, kind, callId, atUs };
  live.apply('hq', event, now);
}

function member(kind: 'member-added' | 'member-removed', agent: string): void {
  const event: MemberEvent = { ...base, kind, member: agent, queue: QUEUE, atUs: START * 1000 };
  live.apply('hq', event, now);
}

const visit = (visitKey: string, words: Partial<SeenVisit>): SeenVisit => ({
  visitKey,
  pbx: 'hq',
  queue: QUEUE,
  outcome: 'answered',
  waitSeconds: null,
  ringSeconds: null,
  talkSeconds: null,
  endedAt: now,
  logFinal: true,
  offers: {},
  ...words,
});

const build = (perAgent = true) =>
  new MetricsText({
    live,
    health: () => HEALTH,
    perAgent,
    answers: () => ({
      ...{ waiting: 2, running: 4, threads: 2, ended: { done: 3, refused: 1, failed: 0, canceled: 1 } },
      seconds: { counts: [1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1], sum: 61.25 },
    }),
    exports: () => ({ waiting: 1, running: 1, ended: { done: 2, failed: 0, canceled: 0 } }),
    schedules: () => ({
      states: [{ id: 1, tenant: 'default', name: 'Понедельник', isFailed: true, isLate: false }],
      ended: { delivered: 3, skipped: 1, failed: 1 },
      failures: { mail: 2, webhook: 0, folder: 0 },
    }),
    clock: () => now,
    agentName: () => 'Oʻktam "the \\ one"',
  });

/** The value of the one series that starts so and carries all these labels. */
function value(text: string, name: string, ...labels: string[]): number | undefined {
  const lines = text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && labels.every((l) => line.includes(l)));
  expect(lines.length).toBeLessThanOrEqual(1);
  return lines[0] === undefined ? undefined : Number(lines[0].slice(lines[0].lastIndexOf(' ') + 1));
}

beforeEach(() => {
  now = START;
  live = new LiveView({ tenantOf: () => 1 });
  metrics = build();
});

describe('the text', () => {
  it('shows waiting callers, the longest wait and agents by state', () => {
    member('member-added', AGENT);
    member('member-added', 'Bob');
    live.apply(
      'hq',
      { ...base, kind: 'member-paused', member: 'Bob', queue: QUEUE, reason: 'lunch', atUs: START * 1000 },
      now,
    );
    call('caller-entered', '1', 0);
    now = START + 40_000;
    call('caller-entered', '2', 35);
    const text = metrics.render();
    expect(value(text, 'queuescope_queue_waiting', QUEUE_LABEL, 'pbx="hq"')).toBe(2);
    expect(value(text, 'queuescope_queue_agents', QUEUE_LABEL, 'state="ready"')).toBe(1);
    expect(value(text, 'queuescope_queue_agents', QUEUE_LABEL, 'state="paused"')).toBe(1);
    expect(value(text, 'queuescope_queue_agents', QUEUE_LABEL, 'state="onCall"')).toBe(0);
    expect(value(text, 'queuescope_queue_agents_ready', QUEUE_LABEL)).toBe(1);
    expect(value(text, 'queuescope_queue_agents_logged_in', QUEUE_LABEL)).toBe(2);
    expect(value(text, 'queuescope_queue_longest_pause_seconds', QUEUE_LABEL)).toBe(40);
    expect(value(text, 'queuescope_queue_longest_wait_seconds', QUEUE_LABEL)).toBe(40);
    expect(value(text, 'queuescope_agent_state', `agent="${AGENT}"`)).toBe(1);
    expect(value(text, 'queuescope_agent_state', 'agent="Bob"', 'state="paused"')).toBe(1);
    expect(value(text, 'queuescope_agent_state_seconds', 'agent="Bob"')).toBe(40);
    expect(value(text, 'queuescope_agent_info', `agent="${AGENT}"`, 'name="Oʻktam \\"the \\\\ one\\""')).toBe(
      1,
    );
  });

  it('begins every counter of a known queue at zero and adds visits to counters and buckets', () => {
    call('caller-entered', '1', 0);
    const before = metrics.render();
    expect(value(before, 'queuescope_queue_visits_total', 'outcome="answered"')).toBe(0);
    expect(value(before, 'queuescope_queue_wait_seconds_bucket', 'outcome="answered"', 'le="+Inf"')).toBe(0);

    metrics.visits.seen(
      visit('a', { waitSeconds: 20, talkSeconds: 100, ringSeconds: 4, offers: { answered: 1, noAnswer: 2 } }),
    );
    metrics.visits.seen(visit('b', { waitSeconds: 21, talkSeconds: null }));
    metrics.visits.seen(visit('c', { outcome: 'abandoned', waitSeconds: 3, offers: { canceled: 1 } }));
    metrics.visits.seen(visit('d', { outcome: 'exitedByKey', waitSeconds: 2 }));
    const text = metrics.render();
    const bucket = (outcome: string, le: string) =>
      value(text, 'queuescope_queue_wait_seconds_bucket', QUEUE_LABEL, `outcome="${outcome}"`, `le="${le}"`);
    expect(['15', '20', '30', '+Inf'].map((le) => bucket('answered', le))).toEqual([0, 1, 2, 2]);
    expect(value(text, 'queuescope_queue_wait_seconds_sum', 'outcome="answered"')).toBe(41);
    expect(value(text, 'queuescope_queue_wait_seconds_count', 'outcome="answered"')).toBe(2);
    expect(['5', '+Inf'].map((le) => bucket('abandoned', le))).toEqual([1, 1]);
    expect(value(text, 'queuescope_queue_talk_seconds_count')).toBe(1);
    expect(value(text, 'queuescope_queue_talk_seconds_sum')).toBe(100);
    expect(value(text, 'queuescope_queue_ring_seconds_bucket', 'le="4"')).toBe(1);
    expect(value(text, 'queuescope_queue_visits_total', 'outcome="answered"')).toBe(2);
    expect(value(text, 'queuescope_queue_visits_total', 'outcome="abandoned"')).toBe(1);
    expect(value(text, 'queuescope_queue_visits_total', 'outcome="exitedByKey"')).toBe(1);
    expect(value(text, 'queuescope_queue_offers_total', 'result="noAnswer"')).toBe(2);
    expect(value(text, 'queuescope_queue_offers_total', 'result="canceled"')).toBe(1);
  });

  it('drops the series of an agent who logs out and of a queue that vanishes', () => {
    member('member-added', AGENT);
    call('caller-entered', '1', 0);
    metrics.visits.seen(visit('a', {}));
    expect(metrics.render()).toContain(AGENT);
    member('member-removed', AGENT);
    const without = metrics.render();
    expect(without).not.toContain(AGENT);
    expect(without).toContain(QUEUE_LABEL);
    live.remove('hq');
    expect(metrics.render()).not.toContain(QUEUE_LABEL);
    member('member-added', AGENT);
    const again = metrics.render();
    expect(value(again, 'queuescope_queue_visits_total', QUEUE_LABEL, 'outcome="answered"')).toBe(0);
    expect(value(again, 'queuescope_queue_waiting', QUEUE_LABEL)).toBe(0);
  });

  it('keeps a queue known from its visits alone for a day', () => {
    metrics.visits.seen(visit('a', {}));
    expect(value(metrics.render(), 'queuescope_queue_visits_total', 'outcome="answered"')).toBe(1);
    now += 86_399_000;
    expect(value(metrics.render(), 'queuescope_queue_visits_total', 'outcome="answered"')).toBe(1);
    now += 1000;
    expect(metrics.render()).not.toContain('queuescope_queue_visits_total');
  });

  it('counts the visits it leaves out', () => {
    metrics.visits.seen(visit('a', { endedAt: START - 1 }));
    expect(value(metrics.render(), 'queuescope_visits_not_counted_total', 'pbx="hq"')).toBe(1);
  });

  it('has no series per agent when they are switched off, and nothing about callers ever', () => {
    member('member-added', AGENT);
    call('caller-entered', '1', 0);
    const text = build(false).render();
    expect(text).not.toContain('queuescope_agent_');
    expect(value(text, 'queuescope_queue_agents_logged_in', QUEUE_LABEL)).toBe(1);
    expect(metrics.render()).not.toMatch(/998901112233|Secret/);
  });

  it('tells how long reports take, as a histogram', () => {
    const text = metrics.render();
    expect(text).toContain('queuescope_reports{state="queued"} 2\n');
    expect(text).toContain('queuescope_reports_total{result="refused"} 1\n');
    expect(text).toContain('queuescope_report_seconds_bucket{le="0.05"} 1\n');
    expect(text).toContain('queuescope_report_seconds_bucket{le="0.25"} 2\n');
    expect(text).toContain('queuescope_report_seconds_bucket{le="60"} 2\n');
    expect(text).toContain('queuescope_report_seconds_bucket{le="+Inf"} 3\n');
    expect(text).toContain('queuescope_report_seconds_sum 61.25\nqueuescope_report_seconds_count 3\n');
    expect(text).toContain('queuescope_report_threads 2\n');
  });

  it('states the health of the collector, also of a PBX never reached', () => {
    now = START + 2000;
    call('caller-entered', '1', 0);
    live.apply(
      'hq',
      { ...base, source: 'link', kind: 'link-down', reason: 'reset', atUs: START * 1000 },
      now,
    );
    now = START + 9000;
    const text = metrics.render();
    expect(value(text, 'queuescope_link_up', 'pbx="hq"')).toBe(1);
    expect(value(text, 'queuescope_link_up', 'pbx="branch"')).toBe(0);
    expect(value(text, 'queuescope_link_connects_total', 'pbx="hq"')).toBe(3);
    expect(value(text, 'queuescope_event_lag_seconds', 'pbx="hq"')).toBe(2);
    expect(value(text, 'queuescope_live_stale_seconds', 'pbx="hq"')).toBe(9);
    expect(value(text, 'queuescope_journal_backlog_records', 'journal="hq"')).toBe(17);
    expect(value(text, 'queuescope_journal_backlog_seconds', 'journal="hq"')).toBe(1.5);
    expect(value(text, 'queuescope_messages_failed_total', 'pbx="hq"')).toBe(2);
    expect(value(text, 'queuescope_gap_seconds_total', 'pbx="hq"')).toBe(12.5);
    expect(text).toContain('\nqueuescope_rollup_lag_seconds 0.25\n');
  });

  it('is kept for a second, the compressed one is the same', async () => {
    call('caller-entered', '1', 0);
    const first = await metrics.text();
    expect(first).toContain('process_cpu_user_seconds_total');
    call('caller-entered', '2', 0);
    now += 999;
    expect(await metrics.text()).toBe(first);
    expect(gunzipSync(await metrics.gzipped()).toString()).toBe(first);
    now += 1;
    const second = await metrics.text();
    expect(value(second, 'queuescope_queue_waiting')).toBe(2);
    expect(gunzipSync(await metrics.gzipped()).toString()).toBe(second);
  });
});

const promtool = spawnSync('promtool', ['--version']).error ? it.skip : it;

promtool('promtool finds nothing to say (skipped without Debian’s package prometheus)', async () => {
  member('member-added', AGENT);
  call('caller-entered', '1', 0);
  metrics.visits.seen(visit('a', { waitSeconds: 3, talkSeconds: 60, ringSeconds: 2 }));
  metrics.visits.seen(visit('b', { endedAt: START - 1 }));
  const text = await metrics.text();
  const check = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  expect(check.stderr + check.stdout).toBe('');
  expect(check.status).toBe(0);
  for (const { name, type } of ALL_FAMILIES.flatMap(({ families }) => families)) {
    expect(text).toContain(`# TYPE ${name} ${type}\n`);
  }
});
