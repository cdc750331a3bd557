/**
 * The JSON of the live state: what `GET /api/v1/live` answers and what the live stream sends.
 *
 * In: nothing. Out: TypeBox schemas (the API's contract) and their types. What must hold: times are UTC milliseconds
 * on the PBX's clock, so that a client lets them tick by itself; durations ending in `Ms` were measured at `at`.
 */
import { Type, type Static } from 'typebox';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });

const time = (description: string) => Type.Integer({ description: `${description} (UTC ms)` });
const timeOrNull = (description: string) => orNull(Type.Integer(), `${description} (UTC ms)`);

/** What an agent can be doing, the first that applies (see agent-state.ts). */
export const AGENT_STATES = [
  'onCall',
  'onHold',
  'ringing',
  'wrapUp',
  'paused',
  'otherCall',
  'unavailable',
  'ready',
] as const;

/** `loggedOut`: no queue has this agent as a member (shown only while a call of theirs still runs). */
export type AgentState = (typeof AGENT_STATES)[number] | 'loggedOut';

const AgentStateSchema = Type.Enum([...AGENT_STATES, 'loggedOut']);

export const LivePbxRow = Type.Object(
  {
    pbx: Type.String(),
    link: Type.Enum(['none', 'up', 'down'], {
      description: 'The event stream; `none`: this PBX is known by its logs only',
    }),
    staleSince: timeOrNull('Since when the state below may be out of date'),
    staleReason: Type.String({ description: 'Why it may be; empty when it is not' }),
    lastEventAt: timeOrNull('The newest event'),
    eventLagMs: orNull(Type.Number(), 'How far behind its own time the newest event was applied'),
    expiredCalls: Type.Integer({
      description: 'Calls dropped so far because no end was seen within the longest time allowed',
    }),
  },
  { description: 'One PBX as a source of live state' },
);

export const LiveAgentCounts = Type.Object(
  {
    loggedIn: Type.Integer({ description: 'Members of the queue: the sum of all others' }),
    ready: Type.Integer({ description: 'Could be offered a call now' }),
    ringing: Type.Integer({ description: 'A call of this queue rings them' }),
    onCall: Type.Integer({ description: 'Talking on a call of this queue' }),
    onHold: Type.Integer({ description: 'On a call of this queue with the caller on hold' }),
    wrapUp: Type.Integer({ description: 'In the configured time after a queue call' }),
    paused: Type.Integer({ description: 'Paused in this queue' }),
    otherCall: Type.Integer({ description: 'Busy with a call that is not of this queue' }),
    unavailable: Type.Integer({ description: 'Phone unreachable' }),
  },
  { description: 'Members of the queue by what they are doing' },
);

export const LiveQueueRow = Type.Object(
  {
    pbx: Type.String(),
    queue: Type.String(),
    waiting: Type.Integer({
      description: 'Callers not yet joined with an agent, those that ring agents too',
    }),
    ringing: Type.Integer({ description: 'Of the waiting callers, those for whom an agent rings' }),
    talking: Type.Integer({ description: 'Callers joined with an agent' }),
    longestWaitMs: Type.Integer({ description: 'Wait of the oldest waiting caller; 0 with none' }),
    oldestEnteredAt: timeOrNull('Entry of the oldest waiting caller'),
    agents: LiveAgentCounts,
    longestPauseMs: Type.Integer({ description: 'Longest pause now lasting in this queue; 0 with none' }),
    maxMissesInARow: Type.Integer({ description: 'Most calls missed in a row by one member' }),
  },
  { description: 'One queue now' },
);

export const LiveMembership = Type.Object({
  queue: Type.String(),
  loginAt: timeOrNull('Became a member'),
  paused: Type.Boolean(),
  reason: Type.String({ description: 'Pause reason' }),
  pausedSince: timeOrNull('Since when with this reason'),
  penalty: orNull(
    Type.Integer(),
    'Members of a lower one get calls first; of a FreeSWITCH the level of the tier; null: not known',
  ),
});

export const LiveAgentRow = Type.Object(
  {
    pbx: Type.String(),
    agent: Type.String(),
    interfaces: Type.Array(Type.String(), {
      description: 'Phones; several may mean several members with one name',
    }),
    state: AgentStateSchema,
    reason: Type.String({ description: 'Pause reason when `paused`' }),
    since: time('Since when in this state'),
    callId: orNull(Type.String(), 'The call rung, talked or held'),
    queue: orNull(Type.String(), 'Its queue, or the queue of the wrap-up'),
    callerNumber: orNull(Type.String(), 'Its caller'),
    callerName: orNull(Type.String(), 'Its caller'),
    missesInARow: Type.Integer({ description: 'Offers not answered since the last answered one' }),
    queues: Type.Array(LiveMembership),
  },
  { description: 'One agent now' },
);

export const LiveCallRow = Type.Object(
  {
    pbx: Type.String(),
    callId: Type.String(),
    queue: Type.String(),
    state: Type.Enum(['waiting', 'ringing', 'talking', 'hold']),
    callerNumber: orNull(Type.String(), 'Null when withheld or unknown'),
    callerName: orNull(Type.String(), 'Null when unknown'),
    did: orNull(Type.String(), 'The number dialled'),
    enteredAt: time('Entry into the queue'),
    position: orNull(Type.Integer(), 'Place in the queue, 1 is next; null once joined'),
    offeredTo: Type.Array(Type.String(), { description: 'Agents this call rings' }),
    agent: orNull(Type.String(), 'The agent joined with the caller'),
    answeredAt: timeOrNull('When joined'),
    holdSince: timeOrNull('Since when the caller is on hold'),
    estimated: Type.Boolean({ description: 'The entry was not seen: its time comes from a listing' }),
  },
  { description: 'One caller in a queue or talking with its agent' },
);

export const LiveSnapshot = Type.Object(
  {
    at: time("The collector's clock when this was made"),
    pbxs: Type.Array(LivePbxRow),
    queues: Type.Array(LiveQueueRow),
    agents: Type.Array(LiveAgentRow),
    calls: Type.Array(LiveCallRow),
  },
  { description: 'Everything that is going on now' },
);

export const LiveDelta = Type.Object(
  {
    at: time("The collector's clock when this was made"),
    pbxs: Type.Array(LivePbxRow),
    queues: Type.Array(LiveQueueRow),
    agents: Type.Array(LiveAgentRow),
    calls: Type.Array(LiveCallRow),
    gone: Type.Object(
      {
        pbxs: Type.Array(Type.Object({ pbx: Type.String() })),
        queues: Type.Array(Type.Object({ pbx: Type.String(), queue: Type.String() })),
        agents: Type.Array(Type.Object({ pbx: Type.String(), agent: Type.String() })),
        calls: Type.Array(Type.Object({ pbx: Type.String(), callId: Type.String() })),
      },
      { description: 'What is no longer there' },
    ),
  },
  {
    description: 'Rows that changed since the last delta or snapshot; each replaces the row of the same key',
  },
);

export type LivePbxRow = Static<typeof LivePbxRow>;
export type LiveAgentCounts = Static<typeof LiveAgentCounts>;
export type LiveQueueRow = Static<typeof LiveQueueRow>;
export type LiveAgentRow = Static<typeof LiveAgentRow>;
export type LiveCallRow = Static<typeof LiveCallRow>;
export type LiveSnapshot = Static<typeof LiveSnapshot>;
export type LiveDelta = Static<typeof LiveDelta>;
