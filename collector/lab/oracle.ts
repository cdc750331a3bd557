/**
 * What happened, according to a queue_log alone: the judge that facts and reports are compared with.
 *
 * In: the text of one queue_log, in order, and what it does not say (service levels, which member an interface is).
 * Out: per queue, agent and visit the numbers Asterisk itself wrote down, under the names of our reports. What must
 * hold: nothing of the product's own reading of queue_log is used here, and all times are whole seconds, as in the file.
 */
import type { Outcome } from '../src/storage/schema.js';
import { emptyAgent, emptyQueue, type OracleAgent, type OracleQueue } from './oracle-figures.js';
import { readPresence } from './oracle-presence.js';
import { type QueueLogRow, readQueueLog } from './oracle-rows.js';

export type { OracleAgent, OracleQueue } from './oracle-figures.js';

export interface OracleOptions {
  /** Seconds of wait that count as within, per queue; without it `…WithinSl` are null. */
  serviceLevelSeconds?: Readonly<Record<string, number>>;
  /** Name of the member behind an interface: ADDMEMBER and REMOVEMEMBER write the interface, all others the name. */
  memberNames?: Readonly<Record<string, string>>;
}

export interface OracleVisit {
  callId: string;
  queue: string;
  enteredAtSecond: number;
  callerNumber: string;
  position: number;
  outcome: Outcome;
  waitSeconds: number | null;
  ringSeconds: number | null;
  agent: string | null;
  answeredAtSecond: number | null;
  talkSeconds: number | null;
  endedAtSecond: number | null;
  /** The closing row's event, e.g. `COMPLETEAGENT`; null while open. */
  endEvent: string | null;
  /** `extension,context` of a blind transfer, `BRIDGE,id` and the like of an attended one. */
  transferTo: string | null;
}

export interface Oracle {
  /** Second of the first and of the last row; open intervals end at the last. */
  fromSecond: number;
  toSecond: number;
  queues: Map<string, OracleQueue>;
  agents: Map<string, OracleAgent>;
  /** One per ENTERQUEUE, in order. */
  visits: OracleVisit[];
}

/** Rows that end a visit without an agent: the outcome, and the column of the wait. */
const unanswered: Readonly<Record<string, { outcome: Outcome & keyof OracleQueue; waitColumn: number }>> = {
  ABANDON: { outcome: 'abandoned', waitColumn: 2 },
  EXITWITHTIMEOUT: { outcome: 'timedOut', waitColumn: 2 },
  EXITEMPTY: { outcome: 'exitedEmpty', waitColumn: 2 },
  EXITWITHKEY: { outcome: 'exitedByKey', waitColumn: 3 },
  WITHDRAW: { outcome: 'withdrawn', waitColumn: 2 },
};

type Ending = 'completedByAgent' | 'completedByCaller' | 'blindTransfers' | 'attendedTransfers';

/** Rows that end a conversation: what they count as, and the column of the talk. */
const endings: Readonly<Record<string, { ending: Ending; talkColumn: number }>> = {
  COMPLETEAGENT: { ending: 'completedByAgent', talkColumn: 1 },
  COMPLETECALLER: { ending: 'completedByCaller', talkColumn: 1 },
  BLINDTRANSFER: { ending: 'blindTransfers', talkColumn: 3 },
  ATTENDEDTRANSFER: { ending: 'attendedTransfers', talkColumn: 3 },
};

/** @throws Error naming the line when a row has fewer columns than every queue_log row has */
export function readOracle(queueLog: string, options: OracleOptions = {}): Oracle {
  const rows = readQueueLog(queueLog);
  const reader = new OracleReader(options.serviceLevelSeconds ?? {});
  for (const row of rows) reader.read(row);
  for (const [agent, presence] of readPresence(rows, options.memberNames ?? {})) {
    Object.assign(reader.agent(agent), presence);
  }
  reader.finish();
  return {
    fromSecond: rows[0]?.second ?? 0,
    toSecond: rows.at(-1)?.second ?? 0,
    queues: reader.queues,
    agents: reader.agents,
    visits: reader.visits,
  };
}

class OracleReader {
  readonly queues = new Map<string, OracleQueue>();
  readonly agents = new Map<string, OracleAgent>();
  readonly visits: OracleVisit[] = [];
  /** The visit of a call in a queue that has not ended: a call enters a queue again only after it left. */
  readonly #open = new Map<string, OracleVisit>();
  readonly #serviceLevelSeconds: Readonly<Record<string, number>>;

  constructor(serviceLevelSeconds: Readonly<Record<string, number>>) {
    this.#serviceLevelSeconds = serviceLevelSeconds;
  }

  read(row: QueueLogRow): void {
    const exit = unanswered[row.event];
    const end = endings[row.event];
    if (exit) this.#leave(row, exit.outcome, number(row.data[exit.waitColumn]));
    else if (end) this.#endTalk(row, end.ending, number(row.data[end.talkColumn]));
    else if (row.event === 'ENTERQUEUE') this.#enter(row);
    else if (row.event === 'CONNECT') this.#connect(row);
    else if (row.event === 'QUEUESTART') this.#interrupt();
    else if (row.event === 'RINGNOANSWER') {
      this.queue(row.queue).ringNoAnswers++;
      this.agent(row.agent).ringNoAnswers++;
      this.agent(row.agent).ringNoAnswerMs += number(row.data[0]);
    } else if (row.event === 'RINGCANCELED') {
      this.queue(row.queue).ringCanceled++;
      this.agent(row.agent).ringCanceled++;
    } else if (row.event === 'AGENTDUMP') {
      this.queue(row.queue).agentDumps++;
      this.agent(row.agent).agentDumps++;
    }
  }

  /** What can be said only at the end of the file. */
  finish(): void {
    for (const visit of this.visits) {
      const queue = this.queue(visit.queue);
      if (visit.outcome === 'waiting') queue.waiting++;
      else if (visit.outcome === 'interrupted') queue.interrupted++;
      else if (visit.outcome === 'answered' && visit.endEvent === null) queue.answeredWithoutEnd++;
    }
    for (const queue of this.queues.values()) {
      queue.asaSeconds = queue.answered === 0 ? null : queue.waitAnsweredSeconds / queue.answered;
      queue.transfersOut = queue.blindTransfers + queue.attendedTransfers;
    }
    for (const agent of this.agents.values()) {
      agent.transfersOut = agent.blindTransfers + agent.attendedTransfers;
    }
  }

  #enter(row: QueueLogRow): void {
    this.queue(row.queue).entered++;
    const visit: OracleVisit = {
      callId: row.callId,
      queue: row.queue,
      enteredAtSecond: row.second,
      callerNumber: row.data[1] ?? '',
      position: number(row.data[2]),
      outcome: 'waiting',
      waitSeconds: null,
      ringSeconds: null,
      agent: null,
      answeredAtSecond: null,
      talkSeconds: null,
      endedAtSecond: null,
      endEvent: null,
      transferTo: null,
    };
    this.visits.push(visit);
    this.#open.set(visitKey(row), visit);
  }

  #connect(row: QueueLogRow): void {
    const queue = this.queue(row.queue);
    const waitSeconds = number(row.data[0]);
    queue.answered++;
    queue.waitAnsweredSeconds += waitSeconds;
    queue.waitAnsweredMaxSeconds = Math.max(queue.waitAnsweredMaxSeconds, waitSeconds);
    if (queue.answeredWithinSl !== null && this.#isWithin(row.queue, waitSeconds)) queue.answeredWithinSl++;
    this.agent(row.agent).answered++;
    const visit = this.#open.get(visitKey(row));
    if (!visit) return;
    visit.outcome = 'answered';
    visit.agent = row.agent;
    visit.waitSeconds = waitSeconds;
    visit.ringSeconds = number(row.data[2]);
    visit.answeredAtSecond = row.second;
  }

  #endTalk(row: QueueLogRow, ending: Ending, talkSeconds: number): void {
    for (const who of [this.queue(row.queue), this.agent(row.agent)]) {
      who[ending]++;
      who.talkSeconds += talkSeconds;
      who.talkMaxSeconds = Math.max(who.talkMaxSeconds, talkSeconds);
    }
    const visit = this.#close(row);
    if (!visit) return;
    visit.talkSeconds = talkSeconds;
    if (row.event.endsWith('TRANSFER')) visit.transferTo = row.data.slice(0, 2).join(',');
  }

  #leave(row: QueueLogRow, outcome: Outcome & keyof OracleQueue, waitSeconds: number): void {
    const queue = this.queue(row.queue);
    queue[outcome]++;
    queue.waitUnansweredSeconds += waitSeconds;
    queue.waitUnansweredMaxSeconds = Math.max(queue.waitUnansweredMaxSeconds, waitSeconds);
    if (outcome === 'abandoned') {
      queue.waitAbandonedSeconds += waitSeconds;
      if (queue.abandonedWithinSl !== null && this.#isWithin(row.queue, waitSeconds))
        queue.abandonedWithinSl++;
    }
    const visit = this.#close(row);
    if (!visit) return;
    visit.outcome = outcome;
    visit.waitSeconds = waitSeconds;
  }

  #close(row: QueueLogRow): OracleVisit | undefined {
    const visit = this.#open.get(visitKey(row));
    if (!visit) return undefined;
    this.#open.delete(visitKey(row));
    visit.endedAtSecond = row.second;
    visit.endEvent = row.event;
    return visit;
  }

  /** Asterisk was started: nobody of before is on the line any more, and no row will say so. */
  #interrupt(): void {
    for (const visit of this.#open.values()) if (visit.outcome === 'waiting') visit.outcome = 'interrupted';
    this.#open.clear();
  }

  #isWithin(queue: string, waitSeconds: number): boolean {
    return waitSeconds <= (this.#serviceLevelSeconds[queue] ?? -1);
  }

  queue(name: string): OracleQueue {
    let queue = this.queues.get(name);
    if (!queue) {
      const withinSl = name in this.#serviceLevelSeconds ? 0 : null;
      this.queues.set(name, (queue = emptyQueue(name, withinSl)));
    }
    return queue;
  }

  agent(name: string): OracleAgent {
    let agent = this.agents.get(name);
    if (!agent) this.agents.set(name, (agent = emptyAgent(name)));
    return agent;
  }
}

const visitKey = (row: QueueLogRow): string => `${row.callId}|${row.queue}`;
const number = (text: string | undefined): number => Number(text ?? 0);
