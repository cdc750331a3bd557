/**
 * Shape of a journey: everything one caller lived through. In: nothing. Out: TypeBox schema and its type.
 */
import { Type, type Static } from 'typebox';

const text = (description: string) => Type.Union([Type.String(), Type.Null()], { description });
const whole = (description: string) => Type.Union([Type.Integer(), Type.Null()], { description });
const timeOrNull = (description: string) => whole(`${description} (UTC ms)`);

export const JourneyOffer = Type.Object(
  {
    agent: Type.String(),
    agentName: text('Display name'),
    offeredAt: timeOrNull(
      'Began to ring; where only the log tells of it to the second, never before the caller entered; null where nobody said',
    ),
    endedAt: timeOrNull('Ended'),
    result: text('answered, noAnswer, busy, rejected, unavailable, canceled, lostRace, dumped; null: rings'),
    ringMs: whole('Rang, ms; of an answer only where the event stream showed it'),
  },
  { description: 'One ringing of one agent' },
);

export const JourneyVisit = Type.Object(
  {
    visitId: Type.Integer(),
    queue: Type.String(),
    queueName: Type.String({ description: 'Display name' }),
    enteredAt: Type.Integer({ description: 'UTC ms' }),
    enteredAtSource: Type.String({ description: 'Which source said when' }),
    outcome: Type.String({ examples: ['answered'] }),
    outcomeCertainty: Type.Enum(['stated', 'assumed']),
    position: whole('Place at entry'),
    waitSeconds: whole('As the PBX states it'),
    waitMs: whole('Measured'),
    agent: text('Who answered'),
    agentName: text('Display name'),
    answeredAt: timeOrNull('Answered'),
    talkSeconds: whole('As the PBX states it'),
    talkMs: whole('Measured, to the end the PBX reports'),
    agentTalkMs: whole("Measured, to the real end of the agent's part"),
    holdMs: whole('Measured'),
    wrapUpMs: whole('From configuration; null: not configured'),
    endedAt: timeOrNull('Ended; null: still open'),
    endReason: text('left, completed, transferred, restart, gap'),
    endedBy: text('agent, caller, transfer, unknown'),
    transferKind: text('blind, attended'),
    transferTo: text('Where to'),
    exitKey: text('Key pressed to leave'),
    recording: text('Recording as the PBX names it; null: none stated'),
    offers: Type.Array(JourneyOffer),
  },
  { description: 'One entry into one queue' },
);

export const JourneyLeg = Type.Object(
  {
    legId: Type.String(),
    direction: Type.String({ examples: ['inbound'] }),
    channel: Type.String(),
    destinationChannel: Type.String(),
    destination: Type.String(),
    startedAt: Type.Integer({ description: 'UTC ms' }),
    answeredAt: timeOrNull('Answered'),
    endedAt: Type.Integer({ description: 'UTC ms' }),
    billSeconds: Type.Integer({ description: 'Seconds since answered' }),
    disposition: Type.String(),
  },
  { description: 'One call record (CDR) of the call' },
);

export const JourneyEvent = Type.Object(
  {
    atUs: Type.Integer({ description: 'When, microseconds since the epoch (UTC)' }),
    source: Type.String({ examples: ['ami', 'queue_log', 'esl'] }),
    kind: Type.String({ examples: ['caller-entered', 'agent-connected'] }),
    queue: text('Its queue'),
    agent: text('Its agent'),
    details: Type.Record(
      Type.String(),
      Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
      {
        description: 'The rest of the event, by its own names; units are in the names',
      },
    ),
  },
  { description: 'One thing that happened, as one source said it' },
);

export const Journey = Type.Object(
  {
    contactId: Type.Integer(),
    pbx: Type.String(),
    callId: Type.String({ description: "The PBX's id of the caller's channel" }),
    linkedId: text("The PBX's id of the whole call"),
    callerNumber: text('Masked for viewers; null when withheld'),
    callerName: text('Null when unknown'),
    did: text('The number dialled'),
    startedAt: timeOrNull("The caller's channel began"),
    endedAt: timeOrNull("The caller's channel ended; null: still open"),
    hasRecordings: Type.Boolean({
      description: 'It is said where recordings of this PBX are: those of its talks can be asked for',
    }),
    visits: Type.Array(JourneyVisit, { description: 'In order' }),
    legs: Type.Array(JourneyLeg, { description: 'Call records that belong to it; empty without CDR' }),
    events: Type.Array(JourneyEvent, { description: 'Everything, from all sources, in order of time' }),
  },
  { description: 'What one caller lived through, across queues and transfers' },
);

export type Journey = Static<typeof Journey>;

/** What the facts tell of it. */
export type ToldJourney = Omit<Journey, 'hasRecordings'>;
