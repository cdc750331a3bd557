/**
 * The tables of mod_callcenter as they are now: queues, agents, tiers, members. Columns and their order as recorded
 * (fs-medium, snapshots). In: the site and the switch's own state. Out: rows by column name, in order.
 */
import type { Call } from '../model/state.js';
import type { World } from '../model/world.js';
import { BUSY_DELAY_SECONDS, NO_ANSWER_DELAY_SECONDS } from '../model/offers.js';
import { CallLegs } from './call-legs.js';
import { agentName, callerName, phoneOf, queueName, seconds, STRATEGIES } from './naming.js';
import { DISCARD_ABANDONED_SECONDS, type SwitchState } from './switch-state.js';

export type TableRow = Readonly<Record<string, string | number>>;

const SYSTEM = 'single_box';

/** @param counters also those of calls, which the JSON form leaves out */
export function queueTable(world: World, state: SwitchState, counters: boolean): TableRow[] {
  return world.site.queues.map((queue, index) => {
    const { answered = 0, abandoned = 0 } = state.queues[index] ?? {};
    return {
      name: queue.name,
      strategy: STRATEGIES[queue.strategy],
      moh_sound: 'local_stream://moh',
      time_base_score: 'queue',
      tier_rules_apply: 'false',
      tier_rule_wait_second: 0,
      tier_rule_wait_multiply_level: 'false',
      tier_rule_no_agent_no_wait: 'true',
      discard_abandoned_after: DISCARD_ABANDONED_SECONDS,
      abandoned_resume_allowed: 'false',
      max_wait_time: queue.maxWaitSeconds,
      max_wait_time_with_no_agent: queue.noAgentSeconds ?? 0,
      max_wait_time_with_no_agent_time_reached: 5,
      record_template: '',
      ...(counters && { calls_answered: answered, calls_abandoned: abandoned, ring_progressively_delay: 10 }),
      skip_agents_with_external_calls: 'true',
      agent_no_answer_status: 'On Break',
    };
  });
}

export function agentTable(world: World, state: SwitchState): TableRow[] {
  return world.site.agents.map((config, agent) => {
    const row = state.agents[agent];
    const firstQueue = world.site.queues[world.queueIndex(config.skills[0]?.queue ?? '') ?? 0];
    return {
      name: config.name,
      instance_id: SYSTEM,
      uuid: row?.uuid ?? '',
      type: 'Callback',
      contact: `[leg_timeout=${firstQueue?.ringTimeoutSeconds ?? 0}]user/${phoneOf(world, agent)}`,
      status: row?.status ?? 'Logged Out',
      state: row?.state ?? 'Waiting',
      max_no_answer: config.maxNoAnswer,
      wrap_up_time: config.wrapUpSeconds ?? 0,
      reject_delay_time: BUSY_DELAY_SECONDS,
      busy_delay_time: BUSY_DELAY_SECONDS,
      no_answer_delay_time: NO_ANSWER_DELAY_SECONDS,
      last_bridge_start: row?.lastBridgeStart ?? 0,
      last_bridge_end: row?.lastBridgeEnd ?? 0,
      last_offered_call: row?.lastOfferedCall ?? 0,
      last_status_change: row?.lastStatusChange ?? 0,
      no_answer_count: world.agent(agent).unansweredInRow,
      calls_answered: row?.callsAnswered ?? 0,
      talk_time: row?.talkSeconds ?? 0,
      ready_time: row?.readyTime ?? 0,
      external_calls_count: 0,
    };
  });
}

export function tierTable(world: World): TableRow[] {
  const busy = busyAgents(world);
  return world.site.agents
    .flatMap((config, agent) =>
      config.skills.map(({ queue, penalty }) => ({
        queue,
        agent: config.name,
        state: tierState(busy.get(agent), world.queueIndex(queue)),
        level: penalty + 1,
        position: agent + 1,
      })),
    )
    .sort((a, b) => a.level - b.level || a.position - b.position);
}

/** Who waits, who talks, and for a while who gave up. */
export function memberTable(world: World, state: SwitchState): TableRow[] {
  const legs = new CallLegs(world);
  const present = [...world.calls.values()]
    .filter(({ phase }) => phase === 'waiting' || phase === 'talking')
    .map((call) => memberRow(world, call, legs.memberUuid(call), legs.callerUuid(call)));
  const gone = state.abandoned
    .filter(({ abandonedUs }) => world.atUs - abandonedUs < DISCARD_ABANDONED_SECONDS * 1_000_000)
    .map(({ uuid, queue, number, name, joinedUs, abandonedUs }) => ({
      ...memberColumns(world, { queue, uuid, number, name, joinedUs }),
      abandoned_epoch: seconds(abandonedUs),
      state: 'Abandoned',
    }));
  return [...present, ...gone].sort((a, b) => b.score - a.score);
}

function memberRow(world: World, call: Call, uuid: string, session: string) {
  const { queue, number, enteredAtUs, taken, connectedAtUs, offers } = call;
  const isTalking = call.phase === 'talking';
  const serving = isTalking ? taken : offers[0];
  const rings = serving && agentName(world, serving.agent);
  // A ring-all queue tries from the start, whoever rings.
  const isRingAll = !isTalking && world.queueConfig(queue).strategy === 'ringall';
  const columns = memberColumns(world, {
    queue,
    uuid,
    number,
    name: callerName(call),
    joinedUs: enteredAtUs,
  });
  return {
    ...columns,
    session_uuid: session,
    bridge_epoch: isTalking ? seconds(connectedAtUs) : 0,
    serving_agent: isRingAll ? 'ring-all' : (rings ?? ''),
    serving_system: isTalking || (rings !== undefined && !isRingAll) ? SYSTEM : '',
    state: isTalking ? 'Answered' : isRingAll || rings !== undefined ? 'Trying' : 'Waiting',
  };
}

interface Joined {
  queue: number;
  uuid: string;
  number: string;
  name: string;
  joinedUs: number;
}

const memberColumns = (world: World, { queue, uuid, number, name, joinedUs }: Joined) => ({
  queue: queueName(world, queue),
  instance_id: SYSTEM,
  uuid,
  session_uuid: '',
  cid_number: number,
  cid_name: name === '' ? number : name,
  system_epoch: seconds(joinedUs),
  joined_epoch: seconds(joinedUs),
  rejoined_epoch: 0,
  bridge_epoch: 0,
  abandoned_epoch: 0,
  base_score: 0,
  skill_score: 0,
  serving_agent: '',
  serving_system: '',
  state: '',
  score: seconds(world.atUs) - seconds(joinedUs),
});

interface Busy {
  queue: number;
  talks: boolean;
}

function busyAgents(world: World): Map<number, Busy> {
  const busy = new Map<number, Busy>();
  for (const { queue, offers, phase, taken } of world.calls.values()) {
    for (const { agent } of offers) busy.set(agent, { queue, talks: false });
    if (phase === 'talking' && taken) busy.set(taken.agent, { queue, talks: true });
  }
  return busy;
}

function tierState(busy: Busy | undefined, queue: number | undefined): string {
  if (!busy) return 'Ready';
  if (busy.queue !== queue) return 'Standby';
  return busy.talks ? 'Active Inbound' : 'Offering';
}
