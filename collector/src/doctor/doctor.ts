/**
 * Compares the facts of a period with the PBX's own log or call records, visit by visit.
 *
 * In: the rows of queue_log, or the call records, as messages, and a period. Out: every difference. What must hold: what
 * the PBX says is read by the same code that made the facts, but from that source alone, so a difference is one of
 * sources, not of readers; known errors of the PBX itself (transfers its queue does not see, records that contradict
 * themselves) are told as such and are no differences.
 */
import type { Kysely } from 'kysely';
import { deriveCall } from '../facts/call/derive-call.js';
import { restartsOf } from '../facts/restarts.js';
import { type Dialect, MessageError, type RawMessage } from '../pbx/dialect.js';
import { type CallEvent, type PbxWideEvent, SOURCE_RANK } from '../pbx/event.js';
import type { Database } from '../storage/schema.js';
import { compareWithLog, compareWithRecords, RECORD_WINDOW_MS } from './compare.js';
import { type Difference, loadVisits, type PbxError, type SaidVisit } from './visits.js';

export interface Diagnosis {
  /** Visits of the period in the log (or the records), and in the facts. */
  logVisits: number;
  factVisits: number;
  differences: Difference[];
  pbxErrors: PbxError[];
  /** Rows or records that could not be read, with the reason. */
  unreadable: string[];
}

export interface DoctorOptions {
  db: Kysely<Database>;
  pbx: string;
  fromMs: number;
  toMs: number;
  dialect: Dialect;
  /** Rows of the PBX's log, or its call records. */
  log: AsyncIterable<RawMessage[]>;
  /** Where one of these messages contradicts itself. */
  contradictions?: (message: RawMessage) => PbxError[];
  /** Of which visits it tells, asked when the log is read; default: of all. */
  concerns?: (visit: { enteredAt: number; queue: string }) => boolean;
}

/** @throws RangeError when there are no facts of the PBX */
export async function diagnose(options: DoctorOptions): Promise<Diagnosis> {
  const { db, pbx, fromMs, toMs, concerns = () => true } = options;
  const row = await db.selectFrom('pbx').select('id').where('name', '=', pbx).executeTakeFirst();
  if (!row) throw new RangeError(`there are no facts of a PBX "${pbx}"`);
  const inPeriod = (visit: { enteredAt: number; queue: string }): boolean =>
    visit.enteredAt >= fromMs && visit.enteredAt < toMs && concerns(visit);
  const told = await readLog(options);
  const stored = await loadVisits(db, row.id, fromMs - RECORD_WINDOW_MS, toMs + RECORD_WINDOW_MS);
  const known = stored.visits.filter(concerns);
  const facts = known.filter(inPeriod);
  const said = told.visits.filter(inPeriod);
  return {
    logVisits: said.length,
    factVisits: facts.length,
    differences: told.areRecords ? compareWithRecords(known, said) : compareWithLog(facts, said),
    pbxErrors: [...stored.pbxErrors, ...told.pbxErrors].filter(inPeriod),
    unreadable: told.unreadable,
  };
}

interface Told {
  /** Call records, not rows of a log: they do not tell of every visit. */
  areRecords: boolean;
  visits: SaidVisit[];
  pbxErrors: PbxError[];
  unreadable: string[];
}

async function readLog({ log, dialect, pbx, contradictions }: DoctorOptions): Promise<Told> {
  const projection = dialect.projection(pbx);
  const calls = new Map<string, CallEvent[]>();
  const wide: PbxWideEvent[] = [];
  const pbxErrors: PbxError[] = [];
  const unreadable: string[] = [];
  let areRecords = false;
  for await (const batch of log) {
    for (const message of batch) {
      areRecords ||= SOURCE_RANK[message.source] === 'record';
      try {
        for (const event of projection.apply(message)) {
          if ('callId' in event) {
            const list = calls.get(event.callId);
            if (list) list.push(event);
            else calls.set(event.callId, [event]);
          } else if (event.kind === 'pbx-started') wide.push(event);
        }
        pbxErrors.push(...(contradictions?.(message) ?? []));
      } catch (error) {
        if (!(error instanceof MessageError)) throw error;
        unreadable.push(error.message);
      }
    }
  }
  const restartsUs = restartsOf(wide).map((restart) => restart.atUs);
  const visits = [...calls].flatMap(([callId, events]) => visitsOf(callId, events, restartsUs));
  return { areRecords, visits, pbxErrors, unreadable };
}

function visitsOf(callId: string, events: readonly CallEvent[], restartsUs: readonly number[]): SaidVisit[] {
  return deriveCall(events, { restartsUs, wrapUpSeconds: () => null, isTag: () => false }).visits.map(
    (visit) => ({
      ...visit,
      callId,
      misses: visit.offers.filter(({ result }) => result === 'noAnswer').length,
    }),
  );
}
