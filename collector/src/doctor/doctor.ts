/**
 * Compares the facts of a period with the PBX's own queue_log, record by record.
 *
 * In: the rows of queue_log as messages, a period. Out: every difference. What must hold: what the log says is read by
 * the same code that made the facts, but from the log alone, so a difference is one of sources, not of readers; known
 * errors of the PBX itself (transfers its queue does not see) are told as such and are no differences.
 */
import type { Kysely } from 'kysely';
import type { CallFacts, VisitFacts } from '../facts/call/call-facts.js';
import { deriveCall } from '../facts/call/derive-call.js';
import { restartsOf } from '../facts/restarts.js';
import { type Dialect, MessageError, type RawMessage } from '../pbx/dialect.js';
import type { CallEvent, PbxWideEvent } from '../pbx/event.js';
import type { Database } from '../storage/schema.js';

export interface Difference {
  callId: string;
  queue: string;
  /** UTC ms. */
  enteredAt: number;
  field: string;
  /** null: there is no such visit. */
  facts: string | number | null;
  log: string | number | null;
}

/** What the PBX's queue does not know, and the facts do. */
export interface PbxError {
  callId: string;
  queue: string;
  enteredAt: number;
  what: string;
}

export interface Diagnosis {
  /** Visits of the period in the log, and in the facts. */
  logVisits: number;
  factVisits: number;
  differences: Difference[];
  pbxErrors: PbxError[];
  /** Rows of the log that could not be read, with the reason. */
  unreadable: string[];
}

export interface DoctorOptions {
  db: Kysely<Database>;
  pbx: string;
  fromMs: number;
  toMs: number;
  dialect: Dialect;
  log: AsyncIterable<RawMessage[]>;
}

/** Facts of a visit that the log states, too: these must be equal. */
const COMPARED = [
  'outcome',
  'agent',
  'waitSeconds',
  'ringSeconds',
  'talkSeconds',
  'endedBy',
  'transferKind',
  'exitKey',
] as const;

type Known = Pick<VisitFacts, (typeof COMPARED)[number]> & {
  callId: string;
  queue: string;
  enteredAt: number;
  misses: number;
};

export async function diagnose(options: DoctorOptions): Promise<Diagnosis> {
  const { db, pbx, fromMs, toMs } = options;
  const row = await db.selectFrom('pbx').select('id').where('name', '=', pbx).executeTakeFirst();
  if (!row) throw new RangeError(`there are no facts of a PBX "${pbx}"`);
  const { calls, restartsUs, unreadable } = await readLog(options);
  const log = [...calls].flatMap(([callId, events]) => {
    const facts: CallFacts = deriveCall(events, { restartsUs, wrapUpSeconds: () => null });
    return facts.visits
      .filter((visit) => visit.enteredAt >= fromMs && visit.enteredAt < toMs)
      .map((visit): Known => ({
        ...visit,
        callId,
        misses: visit.offers.filter((o) => o.result === 'noAnswer').length,
      }));
  });
  const stored = await loadVisits(db, row.id, fromMs, toMs);
  return {
    logVisits: log.length,
    factVisits: stored.visits.length,
    differences: compare(stored.visits, log),
    pbxErrors: stored.pbxErrors,
    unreadable,
  };
}

async function readLog({ log, dialect, pbx }: DoctorOptions): Promise<{
  calls: Map<string, CallEvent[]>;
  restartsUs: number[];
  unreadable: string[];
}> {
  const projection = dialect.projection(pbx);
  const calls = new Map<string, CallEvent[]>();
  const wide: PbxWideEvent[] = [];
  const unreadable: string[] = [];
  for await (const batch of log) {
    for (const message of batch) {
      try {
        for (const event of projection.apply(message)) {
          if ('callId' in event) {
            const list = calls.get(event.callId);
            if (list) list.push(event);
            else calls.set(event.callId, [event]);
          } else if (event.kind === 'pbx-started') wide.push(event);
        }
      } catch (error) {
        if (!(error instanceof MessageError)) throw error;
        unreadable.push(error.message);
      }
    }
  }
  return { calls, restartsUs: restartsOf(wide).map((restart) => restart.atUs), unreadable };
}

async function loadVisits(
  db: Kysely<Database>,
  pbxId: number,
  fromMs: number,
  toMs: number,
): Promise<{ visits: Known[]; pbxErrors: PbxError[] }> {
  const rows = await db
    .selectFrom('visit')
    .innerJoin('contact', 'contact.id', 'visit.contactId')
    .innerJoin('queue', 'queue.id', 'visit.queueId')
    .leftJoin('agent', 'agent.id', 'visit.agentId')
    .select([
      'contact.callId',
      'queue.name as queue',
      'agent.name as agent',
      'visit.contactId',
      'visit.seq',
      'visit.enteredAt',
      'visit.outcome',
      'visit.waitSeconds',
      'visit.ringSeconds',
      'visit.talkSeconds',
      'visit.talkMs',
      'visit.agentTalkMs',
      'visit.endedBy',
      'visit.transferKind',
      'visit.transfersSeen',
      'visit.exitKey',
    ])
    .where('visit.pbxId', '=', pbxId)
    .where('visit.enteredAt', '>=', fromMs)
    .where('visit.enteredAt', '<', toMs)
    .execute();
  const misses = await db
    .selectFrom('offer')
    .select(['contactId', 'visitSeq'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('pbxId', '=', pbxId)
    .where('enteredAt', '>=', fromMs)
    .where('enteredAt', '<', toMs)
    .where('result', '=', 'noAnswer')
    .groupBy(['contactId', 'visitSeq'])
    .execute();
  const missesOf = new Map(misses.map((m) => [`${m.contactId}/${m.visitSeq}`, Number(m.count)]));
  const pbxErrors = rows.flatMap(
    ({ callId, queue, enteredAt, transfersSeen, endedBy, talkMs, agentTalkMs }) => {
      if (transfersSeen === 0 || endedBy === 'transfer') return [];
      const overMs = talkMs !== null && agentTalkMs !== null ? talkMs - agentTalkMs : 0;
      const what = `the agent transferred the caller on and the queue did not see it: ${Math.round(overMs / 1000)} s of its talk time are not the agent's`;
      return [{ callId, queue, enteredAt, what }];
    },
  );
  return {
    visits: rows.map(({ contactId, seq, ...visit }) => ({
      ...visit,
      misses: missesOf.get(`${contactId}/${seq}`) ?? 0,
    })),
    pbxErrors,
  };
}

function compare(facts: readonly Known[], log: readonly Known[]): Difference[] {
  const keyOf = ({ callId, queue, enteredAt }: Known): string =>
    `${callId}\u0000${queue}\u0000${Math.floor(enteredAt / 1000)}`;
  const byKey = new Map<string, Known[]>();
  for (const visit of facts) byKey.set(keyOf(visit), [...(byKey.get(keyOf(visit)) ?? []), visit]);
  const differences: Difference[] = [];
  for (const said of log) {
    const { callId, queue, enteredAt } = said;
    const known = byKey.get(keyOf(said))?.shift();
    if (!known) {
      differences.push({ callId, queue, enteredAt, field: 'visit', facts: null, log: said.outcome });
      continue;
    }
    for (const field of [...COMPARED, 'misses'] as const) {
      if (known[field] !== said[field]) {
        differences.push({ callId, queue, enteredAt, field, facts: known[field], log: said[field] });
      }
    }
  }
  for (const { callId, queue, enteredAt, outcome } of [...byKey.values()].flat()) {
    differences.push({ callId, queue, enteredAt, field: 'visit', facts: outcome, log: null });
  }
  return differences.sort((a, b) => a.enteredAt - b.enteredAt);
}
