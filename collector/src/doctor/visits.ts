/** Visits as the doctor compares them: those of the facts, and those the PBX's own log or records tell of. */
import type { Kysely } from 'kysely';
import type { VisitFacts } from '../facts/call/call-facts.js';
import type { PbxErrorWords } from '../pbx/driver.js';
import type { Database } from '../storage/schema.js';

/** Facts of a visit that a log states, too: these must be equal. */
export const COMPARED = [
  'outcome',
  'agent',
  'waitSeconds',
  'ringSeconds',
  'talkSeconds',
  'endedBy',
  'transferKind',
  'exitKey',
] as const;

export type SaidVisit = Pick<VisitFacts, (typeof COMPARED)[number]> & {
  callId: string;
  queue: string;
  enteredAt: number;
  misses: number;
  talkedAfterAll: boolean;
};

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

/** Where the PBX itself is wrong: what its queue does not know and the facts do, or its record contradicts itself. */
export interface PbxError extends PbxErrorWords {
  callId: string;
  queue: string;
  enteredAt: number;
}

/** Those entered from `fromMs` until before `toMs`, UTC ms. */
export async function loadVisits(
  db: Kysely<Database>,
  pbxId: number,
  fromMs: number,
  toMs: number,
): Promise<{ visits: SaidVisit[]; pbxErrors: PbxError[] }> {
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
      'visit.talkedAfterAll',
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
    ({ callId, queue, enteredAt, transfersSeen, endedBy, talkMs, agentTalkMs }): PbxError[] => {
      if (transfersSeen === 0 || endedBy === 'transfer') return [];
      const overMs = talkMs !== null && agentTalkMs !== null ? talkMs - agentTalkMs : 0;
      const seconds = String(Math.round(overMs / 1000));
      const what = `the agent transferred the caller on and the queue did not see it: ${seconds} s of its talk time are not the agent's`;
      return [{ callId, queue, enteredAt, what, code: 'transferUnseen', params: { seconds } }];
    },
  );
  return {
    visits: rows.map(({ contactId, seq, talkedAfterAll, ...visit }) => ({
      ...visit,
      talkedAfterAll: Boolean(talkedAfterAll),
      misses: missesOf.get(`${contactId}/${seq}`) ?? 0,
    })),
    pbxErrors,
  };
}
