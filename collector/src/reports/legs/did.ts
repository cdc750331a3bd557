/**
 * Numbers dialled (DID): how many called each, and what became of them in the queues.
 *
 * In: range, names, granularity. Out: one row per number and slot: calls from the outside by call records, visits of queues
 * by the facts. What must hold: where no call record of the range is known, calls are null, not 0.
 */
import type { Kysely } from 'kysely';
import * as kpi from '../../kpi/queue-kpi.js';
import { addSums, keysOf } from '../../rollups/sums.js';
import type { Database } from '../../storage/schema.js';
import type { Slot } from '../../time/bucket.js';
import type { ReportContext } from '../context.js';
import type { ParamDefinition, ReportCall, ReportDefinition } from '../report.js';
import { FieldParser, textOf, type ReportRequest } from '../request.js';
import { compareText, loadScope, type Scope } from '../scope.js';
import { slotCells, slotColumns } from '../slot-columns.js';
import type { ReportTable } from '../table.js';
import { columnsOf, fieldsOf, rowOf, type Field } from '../visits/columns.js';
import { metaOf } from '../visits/meta.js';
import { common, limitRange, single } from '../visits/parameters.js';
import { pieces } from '../visits/spans.js';
import {
  NO_VISITS,
  readDidLegs,
  readDidVisits,
  type DidQuestion,
  type DidVisits,
  type OfDid,
} from './did-rows.js';
import { directionNotes, limitRows, slotsOf } from './leg-query.js';
import { addLegs, legFields, NO_LEGS, type LegSums } from './leg-sums.js';

interface Line {
  slot: Slot | null;
  pbx: string | null;
  did: string | null;
  /** Null: no call records are known. */
  legs: LegSums | null;
  visits: DidVisits;
  spanMs: number;
}

const { text, visits, contacts, ratio, seconds } = fieldsOf<Line>();

const FIELDS: readonly Field<Line>[] = [
  text('pbx', 'PBX', 'Name of the PBX', (line) => line.pbx),
  text('did', 'Dialled', 'Number the callers dialled; null: not known', (line) => line.did),
  ...legFields<Line>({ one: 'Calls from the outside, by call records', many: 'Calls' }),
  contacts(
    'contacts',
    'Contacts',
    'Callers who entered a queue, at their first entry',
    (line) => line.visits.contacts,
  ),
  visits('entered', 'Entered', 'Entries into queues', (line) => line.visits.entered),
  visits('answeredVisits', 'Answered by agents', 'Entries an agent answered', (line) => line.visits.answered),
  visits('abandoned', 'Abandoned', 'The caller hung up while waiting', (line) => line.visits.abandoned),
  ratio('answeredRate', 'Answered rate', 'Answered by agents / (entered − waiting)', (line) =>
    kpi.answeredRate(line.visits),
  ),
  ratio('abandonmentRate', 'Abandonment rate', 'Abandoned / (entered − waiting)', (line) =>
    kpi.abandonmentRate(line.visits),
  ),
  seconds('asaSeconds', 'ASA', 'Average speed of answer: wait of answered / answered by agents', (line) =>
    kpi.asaSeconds(line.visits),
  ),
  seconds('talkSeconds', 'Talk', 'Sum of the talk with agents, as stated', (line) => line.visits.talkSeconds),
  seconds('averageTalkSeconds', 'Average talk', 'Talk / answered by agents', (line) =>
    kpi.averageTalkSeconds(line.visits),
  ),
];

const COLUMNS = columnsOf(FIELDS);

const DID: ParamDefinition = {
  name: 'did',
  kind: 'text',
  description: 'Number dialled; the whole text, * for any text',
};

export const DID_REPORT: ReportDefinition = {
  name: 'did',
  title: 'Numbers dialled',
  description:
    'Per number callers dialled (DID): calls from the outside by call records, entries into queues, answered and abandoned, ' +
    'ASA, talk. With a filter by queue or agent only visits are counted.',
  params: [DID],
  group: 'records',
  access: 'viewer',
  granular: true,
  serviceLevel: false,
  charts: ['bar'],
  paged: false,
  columns: COLUMNS,
  sometimes: slotColumns('day'),
  make,
};

async function make({ db }: ReportContext, call: ReportCall): Promise<ReportTable> {
  const fields = new FieldParser();
  const request = common(fields, call);
  limitRange(fields, request);
  const did = textOf(single(fields, call, DID.name));
  fields.check();
  const scope = await loadScope(db, request);
  const hasLegs = !scope.queuesNamed && !scope.agentsNamed && (await knowsLegs(db, request));
  const question: DidQuestion = { request, slots: slotsOf(request), did };
  const lines = new DidLines(hasLegs);
  for await (const piece of pieces(request, call.signal)) {
    for (const row of await readDidVisits(db, question, scope, piece))
      addVisits(lines.at(row).visits, row.sums);
    for (const row of hasLegs ? await readDidLegs(db, question, scope, piece) : []) {
      const { legs } = lines.at(row);
      if (legs !== null) addLegs(legs, row.sums);
    }
    limitRows(lines.size, 'granularity', 'choose a coarser one, a shorter range or a number');
  }
  const row = (line: Line) => ({ ...slotCells(request, line.slot), ...rowOf(FIELDS, line) });
  return {
    meta: await metaOf(db, 'did', request, scope, await notesOf(db, request, scope)),
    columns: [...slotColumns(request.granularity), ...COLUMNS],
    rows: lines.sorted().map(row),
    totals: row(lines.total(request.toMs - request.fromMs)),
    ...(request.granularity === 'total' ? { charts: [CHART] } : {}),
  };
}

const CHART = {
  kind: 'bar',
  title: 'Entries into queues by number dialled',
  table: null,
  x: 'did',
  y: ['entered', 'answeredVisits', 'abandoned'],
} as const;

const addVisits = (total: Record<keyof DidVisits, number>, more: Readonly<DidVisits>): void =>
  addSums<keyof DidVisits>(total, more, VISIT_KEYS);

const VISIT_KEYS = keysOf(NO_VISITS);

/** Lines by slot, PBX and number. */
class DidLines {
  readonly #lines = new Map<string, Line>();
  readonly #hasLegs: boolean;

  constructor(hasLegs: boolean) {
    this.#hasLegs = hasLegs;
  }

  get size(): number {
    return this.#lines.size;
  }

  at({ slot, pbx, did }: OfDid<unknown>): Line {
    const key = `${slot.fromMs}\n${pbx}\n${did ?? ''}`;
    let line = this.#lines.get(key);
    if (line === undefined) {
      line = { slot, pbx, did, ...this.#nothing(), spanMs: slot.toMs - slot.fromMs };
      this.#lines.set(key, line);
    }
    return line;
  }

  total(spanMs: number): Line {
    const total: Line = { slot: null, pbx: null, did: null, ...this.#nothing(), spanMs };
    for (const { legs, visits: more } of this.#lines.values()) {
      addVisits(total.visits, more);
      if (total.legs !== null && legs !== null) addLegs(total.legs, legs);
    }
    return total;
  }

  /** By time, PBX, number; the unknown number last. */
  sorted(): Line[] {
    return [...this.#lines.values()].sort(
      (a, b) =>
        (a.slot?.fromMs ?? 0) - (b.slot?.fromMs ?? 0) ||
        compareText(a.pbx ?? '', b.pbx ?? '') ||
        Number(a.did === null) - Number(b.did === null) ||
        compareText(a.did ?? '', b.did ?? ''),
    );
  }

  #nothing(): Pick<Line, 'legs' | 'visits'> {
    return { legs: this.#hasLegs ? { ...NO_LEGS } : null, visits: { ...NO_VISITS } };
  }
}

async function knowsLegs(db: Kysely<Database>, { tenantId, fromMs, toMs }: ReportRequest): Promise<boolean> {
  const leg = await db
    .selectFrom('leg')
    .select('id')
    .where('tenantId', '=', tenantId)
    .where('startedAt', '>=', fromMs)
    .where('startedAt', '<', toMs)
    .limit(1)
    .executeTakeFirst();
  return leg !== undefined;
}

async function notesOf(db: Kysely<Database>, request: ReportRequest, scope: Scope): Promise<string[]> {
  if (scope.queuesNamed || scope.agentsNamed) {
    return ['Only visits are limited to queues and agents: calls by call records were left out.'];
  }
  return directionNotes(db, request, scope);
}
