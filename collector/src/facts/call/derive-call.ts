/**
 * The facts of one call: a pure function of the set of its events (DECISIONS.md 1-7).
 *
 * | field                                   | from the log if it says it, else | from the stream only |
 * | --------------------------------------- | -------------------------------- | -------------------- |
 * | outcome, exit key                       | the stream                       |                      |
 * | wait, ring, talk in stated seconds      | the stream                       |                      |
 * | entered, answered, ended (to the second)| the stream                       |                      |
 * | who hung up, transfer and its target    | the stream (target: the stream's, which names it) | |
 * | misses, cancelled rings, dumps          | the stream                       | ring-all losers      |
 * | number of offers, ring begins           |                                  | yes                  |
 * | all `…Ms`, holds, transfers seen, end of the agent's leg, DID, channel |   | yes                  |
 *
 * Tags come from every source alike (tags.ts).
 *
 * Call records know the last visit of a call at most: it counts where log and stream do not tell of it, and says how a
 * visit ended whose end they missed.
 */
import { type CallEvent, SOURCE_RANK, type SourceKind } from '../../pbx/event.js';
import type { EnteredAtSource, Outcome } from '../../storage/schema.js';
import { align } from '../align.js';
import type { CallFacts, HoldFacts, VisitFacts } from './call-facts.js';
import { mergeOffers } from './merge-offers.js';
import { orderEvents } from './order-events.js';
import { readVisits } from './read-visits.js';
import { tagsOf } from './tags.js';
import type { VisitRecord } from './visit-record.js';

export interface CallContext {
  /** When the PBX started anew, µs, ascending: whatever was open ended there (DECISIONS.md 6). */
  restartsUs: readonly number[];
  /** Configured wrap-up of a queue at a time (UTC ms), null when not configured. */
  wrapUpSeconds(queue: string, atMs: number): number | null;
  /** Whether a remark of that name (`call-note`) is a tag. */
  isTag(note: string): boolean;
}

export function deriveCall(events: readonly CallEvent[], context: CallContext): CallFacts {
  const ofRank = (rank: (typeof SOURCE_RANK)[SourceKind]): CallEvent[] =>
    orderEvents(events.filter((event) => SOURCE_RANK[event.source] === rank));
  const [log, stream, records] = [ofRank('log'), ofRank('stream'), ofRank('record')];
  const visits = filled(pairVisits(readVisits(log), readVisits(stream)), readVisits(records))
    .map(([fromLog, fromStream]) => mergeVisit(fromLog, fromStream, context))
    .sort((a, b) => a.enteredAt - b.enteredAt || order(a.sortUs, b.sortUs));
  const queuesSeen = new Set<string>();
  const firstEntry = (told: readonly CallEvent[]) => told.find((event) => event.kind === 'caller-entered');
  const entered = firstEntry(stream) ?? firstEntry(log) ?? firstEntry(records);
  const named = firstEntry(log) ?? firstEntry(records);
  const listed = stream.find((event) => event.kind === 'call-listed');
  const didNote = log.find((event) => event.kind === 'call-note' && event.name === 'DID');
  const lastHangup = (told: readonly CallEvent[]) =>
    told.findLast((event) => event.kind === 'caller-hung-up');
  const hungUp = lastHangup(stream) ?? lastHangup(records);
  const tags = tagsOf(events, visits, (note) => context.isTag(note));
  const caller = entered?.kind === 'caller-entered' ? entered : undefined;
  const inLog = named?.kind === 'caller-entered' ? named : undefined;
  const inList = listed?.kind === 'call-listed' ? listed : undefined;
  return {
    callerNumber: caller?.callerNumber ?? inLog?.callerNumber ?? inList?.callerNumber ?? null,
    callerName: caller?.callerName ?? inLog?.callerName ?? inList?.callerName ?? null,
    did: (didNote?.kind === 'call-note' ? didNote.data[0] : undefined) ?? caller?.did ?? null,
    channel: caller?.channel ?? null,
    linkedId: caller?.linkedId ?? null,
    startedAt: caller?.startedAtUs === undefined ? null : ms(caller.startedAtUs),
    endedAt: hungUp ? ms(hungUp.atUs) : null,
    visits: visits.map(({ sortUs: _sortUs, key: _key, ...visit }, seq) => {
      const firstInQueue = !queuesSeen.has(visit.queue);
      queuesSeen.add(visit.queue);
      return { ...visit, firstInQueue, tags: tags[seq] ?? [] };
    }),
  };
}

const ms = (us: number): number => Math.floor(us / 1000);
const order = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/** One visit, as the log and as the stream tell it. */
type Told = [log: VisitRecord | undefined, stream: VisitRecord | undefined];

/** Adds what only the call records tell. */
function filled(told: Told[], records: VisitRecord[]): Told[] {
  for (const record of records) {
    const known = told.findLast(([, stream]) => stream?.queue === record.queue && stream.key === record.key);
    if (!known) {
      told.push([record, undefined]);
      continue;
    }
    const [log, stream] = known;
    const ended = stream?.left ?? stream?.completed ?? stream?.joinFailedUs;
    // The stream's own moment of entry is finer than the record's second.
    if (!log && ended === undefined) known[0] = { ...record, entered: 'estimated' };
  }
  return told;
}

/** Which visit of the log is which of the stream: per queue, by the nearest entry. */
function pairVisits(log: VisitRecord[], stream: VisitRecord[]): Told[] {
  const result: Told[] = [];
  const byEntry = (a: VisitRecord, b: VisitRecord): number => a.enteredAtUs - b.enteredAtUs;
  for (const queue of new Set([...log, ...stream].map((visit) => visit.queue))) {
    const ours = log.filter((visit) => visit.queue === queue).sort(byEntry);
    const theirs = stream.filter((visit) => visit.queue === queue).sort(byEntry);
    const pairs = align(
      ours.map((v) => v.enteredAtUs),
      theirs.map((v) => v.enteredAtUs),
    );
    const taken = new Set(pairs);
    ours.forEach((visit, index) => result.push([visit, theirs[pairs[index] ?? -1]]));
    theirs.forEach((visit, index) => {
      if (!taken.has(index)) result.push([undefined, visit]);
    });
  }
  return result;
}

type Merged = Omit<VisitFacts, 'firstInQueue' | 'tags'> & { sortUs: number; key: string | undefined };

function mergeVisit(
  log: VisitRecord | undefined,
  stream: VisitRecord | undefined,
  context: CallContext,
): Merged {
  const known = (log ?? stream) as VisitRecord;
  const connected = log?.connected ?? stream?.connected;
  const completed = log?.completed ?? stream?.completed;
  // An agent was joined: no word of leaving the queue matters any more, except the log's own, or of a PBX that names
  // the visit: a caller it gave up on at the moment of joining can talk all the same (DECISIONS.md 12).
  const left = log?.left ?? (connected && stream?.key === undefined ? undefined : stream?.left);
  const talkedAfterAll = left !== undefined && stream?.key !== undefined && stream.completed !== undefined;
  const enteredAt = enteredMs(log, stream);
  const gone = stream?.goneAtUs;
  const restartUs = context.restartsUs.find((us) => ms(us) > enteredAt);

  const joinFailedUs = completed ? undefined : stream?.joinFailedUs;

  let outcome: Outcome = left ? left.outcome : connected ? 'answered' : 'waiting';
  let certainty: 'stated' | 'assumed' =
    left?.certainty ?? (connected && 'assumed' in connected ? 'assumed' : 'stated');
  let endedAt: number | null = null;
  let endReason: VisitFacts['endReason'] = null;
  if (left && !talkedAfterAll) {
    endedAt = ms(left.atUs);
    endReason = 'left';
  } else if (completed) {
    endedAt = ms(completed.atUs);
    endReason = completed.endedBy === 'transfer' ? 'transferred' : 'completed';
  } else if (joinFailedUs !== undefined) {
    endedAt = ms(joinFailedUs);
    endReason = 'completed';
  } else if (restartUs !== undefined && (gone === undefined || restartUs <= gone)) {
    endedAt = ms(restartUs);
    endReason = 'restart';
  } else if (gone !== undefined) {
    endedAt = ms(gone);
    endReason = 'gap';
  }
  if (outcome === 'waiting' && endReason !== null) {
    outcome = 'interrupted';
    certainty = 'assumed';
  }

  const measuredEnd = stream?.completed ?? stream?.left;
  const connectUs = stream?.connected && !stream.connected.assumed ? stream.connected.atUs : undefined;
  const waitEndUs = stream?.key !== undefined && left ? left.atUs : (connectUs ?? stream?.left?.atUs);
  const measuredEntry =
    stream && (stream.entered === 'stated' || stream.entered === 'received') ? stream.enteredAtUs : undefined;
  const waitMs =
    waitEndUs !== undefined && measuredEntry !== undefined ? ms(waitEndUs - measuredEntry) : null;
  const talked = talkedAfterAll || (outcome === 'answered' && joinFailedUs === undefined);
  const talkSeconds = talked
    ? (log?.completed?.talkSeconds ?? completed?.talkSeconds ?? null)
    : outcome === 'answered'
      ? 0
      : null;
  const talkMs =
    stream?.completed?.talkMs ??
    (connectUs !== undefined && stream?.completed
      ? Math.max(0, ms(stream.completed.atUs - connectUs))
      : (log?.completed?.talkMs ?? null));
  const agentEndUs = earliest(stream?.agentLegEndedUs, stream?.transfers[0]?.atUs, stream?.completed?.atUs);
  const answeredAt = talked && connected && !('assumed' in connected) ? ms(connected.atUs) : null;
  const agentTalkMs = !talked
    ? null
    : (stream?.completed?.talkMs ??
      (connectUs !== undefined && agentEndUs !== undefined
        ? Math.max(0, ms(agentEndUs - connectUs))
        : (log?.completed?.talkMs ?? (talkSeconds === null ? null : talkSeconds * 1000))));
  const offers = mergeOffers(log, stream, outcome, connectUs, endedAt);
  const answeredOffer = stream?.offers.findLast((offer) => offer.result === 'answered');
  const wrapUpSeconds =
    talked && endedAt !== null
      ? (stream?.connected?.wrapUpSeconds ?? context.wrapUpSeconds(known.queue, enteredAt))
      : null;

  return {
    queue: known.queue,
    key: stream?.key ?? log?.key,
    sortUs: stream?.enteredAtUs ?? known.enteredAtUs,
    enteredAt,
    enteredAtSource: enteredSource(log, stream),
    outcome,
    outcomeCertainty: certainty,
    agent: talked ? connected?.agent || null : null,
    waitSeconds: waitOf(outcome, log, stream, enteredAt),
    waitMs:
      endReason === 'restart' || endReason === 'gap' ? (outcome === 'answered' ? waitMs : null) : waitMs,
    ringSeconds: talked
      ? (log?.connected?.ringSeconds ?? connected?.ringSeconds ?? stream?.connected?.ringSeconds ?? null)
      : null,
    ringMs:
      talked && answeredOffer?.offeredAtUs !== undefined && connectUs !== undefined
        ? ms(connectUs - answeredOffer.offeredAtUs)
        : null,
    answeredAt,
    talkSeconds,
    talkMs,
    agentTalkMs,
    wrapUpMs: wrapUpSeconds === null ? null : wrapUpSeconds * 1000,
    endedAt,
    endReason,
    endedBy: talked ? (completed?.endedBy ?? null) : null,
    transferKind:
      completed?.endedBy === 'transfer'
        ? (log?.completed?.transferKind ?? stream?.transfers[0]?.kind ?? completed.transferKind ?? null)
        : null,
    transferTo:
      log?.completed?.transferTo ??
      stream?.transfers[0]?.to ??
      (completed?.endedBy === 'transfer' ? completed.transferTo : undefined) ??
      null,
    transfersSeen: Math.max(stream?.transfers.length ?? 0, Number(stream?.completed?.endedBy === 'transfer')),
    position: (log?.position || stream?.position) ?? null,
    leftPosition: left?.position ?? null,
    exitKey: left?.key ?? null,
    agentDumps:
      log && (log.left ?? log.completed)
        ? log.agentDumps
        : Math.max(log?.agentDumps ?? 0, stream?.agentDumps ?? 0),
    talkedAfterAll,
    recording: completed?.recording ?? null,
    logFinal: Boolean(log?.left ?? log?.completed),
    offers,
    holds: holdsOf(stream, measuredEnd?.atUs ?? (endedAt === null ? undefined : endedAt * 1000)),
  };
}

/** The log's second if it saw the entry, else the stream's time, else what can be said of it. */
function enteredMs(log: VisitRecord | undefined, stream: VisitRecord | undefined): number {
  if (log?.entered === 'stated') return ms(log.enteredAtUs);
  if (stream && stream.entered !== 'estimated') return ms(stream.enteredAtUs);
  return ms((log ?? stream)?.enteredAtUs ?? 0);
}

function enteredSource(log: VisitRecord | undefined, stream: VisitRecord | undefined): EnteredAtSource {
  if (log?.entered === 'stated') return 'log';
  if (stream && stream.entered !== 'estimated')
    return stream.entered === 'stated' ? 'stream' : stream.entered;
  return 'estimated';
}

/** Stated by the PBX; the exit key, for which the stream states none, by the difference of the seconds of its events. */
function waitOf(
  outcome: Outcome,
  log: VisitRecord | undefined,
  stream: VisitRecord | undefined,
  enteredAt: number,
): number | null {
  if (outcome === 'answered') {
    return (
      log?.connected?.waitSeconds ??
      log?.completed?.waitSeconds ??
      stream?.connected?.waitSeconds ??
      stream?.completed?.waitSeconds ??
      null
    );
  }
  const left = log?.left ?? stream?.left;
  if (!left) return null;
  return (
    left.waitSeconds ??
    stream?.left?.waitSeconds ??
    Math.max(0, Math.floor(ms(left.atUs) / 1000) - Math.floor(enteredAt / 1000))
  );
}

function holdsOf(stream: VisitRecord | undefined, endUs: number | undefined): HoldFacts[] {
  return (stream?.holds ?? []).map(({ agent, fromUs, toUs }) => {
    const until = toUs ?? endUs;
    return { agent, fromAt: ms(fromUs), toAt: until === undefined ? null : ms(Math.max(fromUs, until)) };
  });
}

function earliest(...times: (number | undefined)[]): number | undefined {
  const known = times.filter((time): time is number => time !== undefined);
  return known.length ? Math.min(...known) : undefined;
}
