/**
 * State listings of a FreeSWITCH → what events since did not tell.
 *
 * In: rows of queues, agents, tiers, members, channels, in the order in which the resync asks for them. Out: who is a
 * member of which queue (agents and tiers together say it), who waits and talks, whose phone is in use or out of reach. What must hold: a
 * listing repeated with nothing changed says nothing; a caller who joined a moment ago and is not listed yet is not gone.
 */
import { MessageError, type RawMessage } from '../../dialect.js';
import type { ListedMember, PbxEvent } from '../../event.js';
import { at } from './fields.js';
import { noteMember } from './calls.js';
import { channelsListed, deviceOf, registrationsListed, setContact } from './phones.js';
import { agentOf, presenceOf, remember } from './presence.js';
import { type Listed, type Row, listedBy, rowsOf } from './reply.js';
import type { FreeSwitchState, Moment } from './state.js';

/** A list is made while events are under way: callers of this age need not be in it. */
const JUST_JOINED_US = 5_000_000;
const SECOND_US = 1_000_000;

const READERS: Readonly<
  Record<Listed, (state: FreeSwitchState, rows: readonly Row[], moment: Moment) => PbxEvent[]>
> = { queues, agents, tiers, members, channels, calls, registrations: registrationsListed };

/** @throws MessageError when the answer cannot be read */
export function replyEvents(
  state: FreeSwitchState,
  command: string | undefined,
  text: string,
  message: RawMessage,
): PbxEvent[] {
  const listed = command === undefined ? undefined : listedBy(command);
  if (command === undefined || listed === undefined) return [];
  const rows = rowsOf(command, text);
  if (!rows) return [];
  const { connection, ordinal, receivedUs } = message;
  return READERS[listed](state, rows, {
    atUs: receivedUs,
    id: `${connection}:${ordinal}`,
    connection,
    ordinal,
  });
}

function queues(state: FreeSwitchState, rows: readonly Row[]): PbxEvent[] {
  const listed = rows.map((row) => column(row, 'name')).sort();
  if (listed.join('\n') !== state.queues.join('\n')) state.membershipTold = false;
  state.queues = listed;
  return [];
}

function agents(state: FreeSwitchState, rows: readonly Row[], moment: Moment): PbxEvent[] {
  const names = new Set(rows.map((row) => column(row, 'name')));
  // A removed agent is told by no event.
  for (const name of Object.keys(state.agents)) {
    if (names.has(name)) continue;
    delete state.agents[name];
    state.membershipTold = false;
  }
  for (const row of rows) {
    const name = column(row, 'name');
    const agent = agentOf(state, name);
    const before = presenceOf(agent);
    agent.status = column(row, 'status');
    agent.state = column(row, 'state');
    agent.wrapUpSeconds = Number(row['wrap_up_time'] ?? 0);
    if (row['type'] === 'uuid-standby') agent.isStandby = true;
    if (row['contact']) setContact(state, name, row['contact']);
    const after = presenceOf(agent);
    if (!after || (before?.loggedIn === after.loggedIn && before.pause === after.pause)) continue;
    const changedUs = Number(row['last_status_change'] ?? 0) * SECOND_US || moment.atUs;
    remember(agent, before, after, { ...moment, atUs: Math.min(changedUs, moment.atUs) });
    state.membershipTold = false;
  }
  state.agentsListed = true;
  return [];
}

function tiers(state: FreeSwitchState, rows: readonly Row[], moment: Moment): PbxEvent[] {
  const levelsOf = new Map<string, Record<string, number>>();
  for (const row of rows) {
    const agent = column(row, 'agent');
    levelsOf.set(agent, { ...levelsOf.get(agent), [column(row, 'queue')]: Number(row['level'] ?? NaN) });
  }
  for (const [name, agent] of Object.entries(state.agents)) {
    const listed = Object.entries(levelsOf.get(name) ?? {});
    const levels = Object.fromEntries(listed.filter(([, level]) => Number.isInteger(level)));
    if (
      listed.length !== agent.queues.length ||
      listed.some(([queue]) => !agent.queues.includes(queue) || agent.levels?.[queue] !== levels[queue])
    ) {
      agent.queues = listed.map(([queue]) => queue);
      state.membershipTold = false;
    }
    agent.levels = levels;
  }
  state.tiersListed = true;
  for (const agent of Object.values(state.agents)) delete agent.history;
  if (!state.agentsListed || state.membershipTold) return [];
  state.membershipTold = true;
  const listed = Object.entries(state.agents).flatMap(([name]) => membersNamed(state, name));
  const all = new Set([...state.queues, ...[...levelsOf.values()].flatMap((of) => Object.keys(of))]);
  return [{ ...at(moment, 'members-listed'), kind: 'members-listed', queues: [...all], members: listed }];
}

function membersNamed(state: FreeSwitchState, name: string): ListedMember[] {
  const agent = agentOf(state, name);
  const presence = presenceOf(agent);
  if (!presence?.loggedIn) return [];
  return agent.queues.map((queue) => ({
    queue,
    agentName: name,
    interface: name,
    paused: presence.pause !== null,
    reason: presence.pause ?? '',
    ...(agent.levels?.[queue] !== undefined && { penalty: agent.levels[queue] }),
    ...(agent.loginAt && { loginAt: Math.floor(agent.loginAt.atUs / SECOND_US) }),
    ...(agent.pausedAt && { pausedAt: Math.floor(agent.pausedAt.atUs / SECOND_US) }),
    device: deviceOf(state, name),
  }));
}

function members(state: FreeSwitchState, rows: readonly Row[], moment: Moment): PbxEvent[] {
  // Who gave up stands in the list until he is discarded, without a session.
  const living = rows.filter((row) => row['state'] !== 'Abandoned' && (row['session_uuid'] ?? '') !== '');
  const listed = new Set(living.map((row) => column(row, 'uuid')));
  const gone = Object.entries(state.members).filter(
    ([key, { joinedUs }]) => !listed.has(key) && moment.atUs - joinedUs > JUST_JOINED_US,
  );
  return [
    ...gone.map(([key, member]): PbxEvent => {
      const { session, queue } = member;
      forget(state, key, session);
      const id = { ...at(moment, `gone:${key}`), callId: session, visitKey: key };
      return { ...id, kind: 'call-listed', queue, state: 'gone' };
    }),
    ...living.flatMap((row) => listedMember(state, row, moment)),
  ];
}

/** A caller of whom no event told, or whom events left elsewhere. */
function listedMember(state: FreeSwitchState, row: Row, moment: Moment): PbxEvent[] {
  const [visitKey, session, queue] = [column(row, 'uuid'), column(row, 'session_uuid'), column(row, 'queue')];
  const joinedAt = Number(row['rejoined_epoch'] ?? 0) || Number(row['joined_epoch'] ?? 0);
  const talking = row['state'] === 'Answered';
  const known = state.members[visitKey];
  if (known?.waiting === !talking) return [];
  if (known) known.waiting = !talking;
  else {
    const joinedUs = joinedAt ? joinedAt * SECOND_US : moment.atUs;
    noteMember(state, visitKey, { session, queue, joinedUs, waiting: !talking });
  }
  const agent = row['serving_agent'] ?? '';
  const member = state.members[visitKey];
  if (talking && agent !== '' && member) member.agent = agent;
  const waited = Math.max(0, Math.floor(moment.atUs / SECOND_US) - joinedAt);
  const listed: PbxEvent = {
    ...at(moment, `listed:${visitKey}`),
    callId: session,
    visitKey,
    kind: 'call-listed',
    queue,
    state: talking ? 'talking' : 'waiting',
    ...(!talking && joinedAt > 0 && { waitSeconds: waited }),
    ...(talking && agent !== '' && { agent }),
    ...(row['cid_number'] && { callerNumber: row['cid_number'] }),
    ...(row['cid_name'] && { callerName: row['cid_name'] }),
  };
  return [listed];
}

function channels(state: FreeSwitchState, rows: readonly Row[], moment: Moment): PbxEvent[] {
  const living = new Set(rows.map((row) => row['uuid']));
  for (const [session, keys] of Object.entries(state.sessions)) {
    const joinedUs = Math.max(...keys.map((key) => state.members[key]?.joinedUs ?? 0));
    if (living.has(session) || moment.atUs - joinedUs <= JUST_JOINED_US) continue;
    for (const key of keys) delete state.members[key];
    delete state.sessions[session];
  }
  for (const leg of Object.keys(state.legs)) if (!living.has(leg)) delete state.legs[leg];
  return channelsListed(
    state,
    rows.map((row) => ({
      uuid: column(row, 'uuid'),
      presenceId: row['presence_id'],
      name: row['name'],
      isUsed: row['direction'] === 'inbound' || row['callstate'] === 'ACTIVE' || row['callstate'] === 'HELD',
    })),
    moment,
  );
}

/** Which channel is the agent's of a talk whose beginning nobody heard: hold and its end are told of that. */
function calls(state: FreeSwitchState, rows: readonly Row[]): PbxEvent[] {
  for (const { uuid = '', b_uuid: other = '' } of rows) {
    const [session, leg] = state.sessions[uuid] ? [uuid, other] : [other, uuid];
    for (const visitKey of state.sessions[session] ?? []) {
      const member = state.members[visitKey];
      if (member?.agent === undefined || leg === '') continue;
      state.legs[leg] = { session, queue: member.queue, visitKey, agent: member.agent };
    }
  }
  return [];
}

function forget(state: FreeSwitchState, visitKey: string, session: string): void {
  delete state.members[visitKey];
  const others = state.sessions[session]?.filter((key) => key !== visitKey) ?? [];
  if (others.length) state.sessions[session] = others;
  else delete state.sessions[session];
}

function column(row: Row, name: string): string {
  const value = row[name];
  if (value === undefined || value === '') throw new MessageError(`a listed row has no ${name}`);
  return value;
}
