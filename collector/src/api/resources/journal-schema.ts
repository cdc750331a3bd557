/** Shapes of the journal resources. In: nothing. Out: TypeBox schemas and their types. */
import { Type, type Static } from 'typebox';

const timeOrNull = (description: string) =>
  Type.Union([Type.Integer(), Type.Null()], { description: `${description} (UTC ms)` });

export const FAILED_STATUSES = ['failed', 'resolved', 'skipped'] as const;

export const JournalStatus = Type.Object(
  {
    firstSeq: Type.Integer({ description: 'Oldest message kept' }),
    lastSeq: Type.Integer({ description: 'Newest message' }),
    projectedSeq: Type.Integer({ description: 'Everything up to this one is in the facts' }),
    backlogRecords: Type.Integer({ description: 'Messages accepted and not yet projected' }),
    backlogSeconds: Type.Number({ description: 'Age of the oldest of them (seconds)' }),
    records: Type.Integer({ description: 'Messages kept' }),
    bytes: Type.Integer({ description: 'On disk' }),
    maxBytes: Type.Integer({ description: 'Size at which it takes nothing more' }),
    segments: Type.Integer({ description: 'Files' }),
    oldestAt: timeOrNull('Reception of the oldest message'),
    newestAt: timeOrNull('Reception of the newest message'),
    lastError: Type.String({ description: 'Why the last message was not taken; empty when it was' }),
    damages: Type.Integer({ description: 'Damaged places found since the start' }),
    failedMessages: Type.Integer({ description: 'Messages with status failed' }),
  },
  { description: 'The durable log of what the PBXs said' },
);

export const FailedMessage = Type.Object(
  {
    id: Type.Integer(),
    seq: Type.Integer({ description: 'Place in the journal' }),
    pbx: Type.String(),
    source: Type.String({ examples: ['ami', 'queue_log', 'esl'] }),
    connection: Type.String({ description: 'Connection, file or table it came through' }),
    ordinal: Type.Integer({ description: 'Place within the connection' }),
    receivedAt: Type.Integer({ description: 'UTC ms' }),
    status: Type.Enum([...FAILED_STATUSES], {
      description: 'failed: waits for a decision; resolved: a later attempt understood it; skipped: given up',
    }),
    attempts: Type.Integer(),
    lastError: Type.String({ description: 'What could not be understood' }),
    firstAt: Type.Integer({ description: 'First attempt (UTC ms)' }),
    lastAt: Type.Integer({ description: 'Last attempt (UTC ms)' }),
    message: Type.String({ description: 'The message as received, at most 4,000 characters of it' }),
  },
  { description: 'A message that could not be understood or projected; it blocks no other' },
);

export type JournalStatus = Static<typeof JournalStatus>;
export type FailedMessage = Static<typeof FailedMessage>;
