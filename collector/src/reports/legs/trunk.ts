/**
 * Trunks: how much goes in and out by each, and how much of it is answered.
 *
 * In: range, names, granularity. Out: one row per trunk, direction and slot, from the legs whose direction is known.
 */
import { sql, type Kysely } from 'kysely';
import type { Interval } from '../../rollups/intervals.js';
import type { Database } from '../../storage/schema.js';
import type { Slot } from '../../time/bucket.js';
import type { ReportContext } from '../context.js';
import { slotAt } from '../range.js';
import type { ParamDefinition, ReportCall, ReportDefinition } from '../report.js';
import { FieldParser, textOf, type ReportRequest } from '../request.js';
import { compareText, loadScope, type Scope } from '../scope.js';
import { slotCells, slotColumns } from '../slot-columns.js';
import type { ReportTable } from '../table.js';
import { columnsOf, fieldsOf, rowOf, type Field } from '../visits/columns.js';
import { metaOf } from '../visits/meta.js';
import { common, limitRange, single } from '../visits/parameters.js';
import { pieces } from '../visits/spans.js';
import { LEG_TRUNK, matches } from './channels.js';
import { cutsOf, cutSql, directionNotes, limitRows, slotsOf, withinPiece } from './leg-query.js';
import { addLegs, IS_ATTEMPT, legFields, NO_LEGS, SUM_LEGS, type LegSums } from './leg-sums.js';

interface Line {
  slot: Slot | null;
  pbx: string | null;
  trunk: string | null;
  direction: string | null;
  legs: LegSums;
  spanMs: number;
}

const { text } = fieldsOf<Line>();

const FIELDS: readonly Field<Line>[] = [
  text('pbx', 'PBX', 'Name of the PBX', (line) => line.pbx),
  text(
    'trunk',
    'Trunk',
    'Channel of the outer side without the number of the call, as PJSIP/carrier',
    (line) => line.trunk,
  ),
  text('direction', 'Direction', 'inbound or outbound', (line) => line.direction),
  ...legFields<Line>({
    one: 'Calls from the outside (one per channel) or call records to the outside',
    many: 'Attempts',
  }),
];

const COLUMNS = columnsOf(FIELDS);

const TRUNK: ParamDefinition = {
  name: 'trunk',
  kind: 'text',
  description: 'Trunk, as PJSIP/carrier; the whole text, * for any text',
};

export const TRUNK_REPORT: ReportDefinition = {
  name: 'trunk',
  title: 'Trunks',
  description:
    'Calls in and out per trunk: answer rate (ASR), billable time, ACD, calls per hour. From call records with a direction.',
  params: [TRUNK],
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
  const trunk = textOf(single(fields, call, TRUNK.name));
  fields.check();
  const scope = await loadScope(db, request);
  const lines = new Map<string, Line>();
  for await (const piece of pieces(request, call.signal)) {
    await addPiece(db, request, scope, trunk, piece, lines);
    limitRows(lines.size, 'granularity', 'choose a coarser one, a shorter range or a trunk');
  }
  const total: Line = {
    slot: null,
    pbx: null,
    trunk: null,
    direction: null,
    legs: { ...NO_LEGS },
    spanMs: request.toMs - request.fromMs,
  };
  for (const { legs } of lines.values()) addLegs(total.legs, legs);
  const row = (line: Line) => ({ ...slotCells(request, line.slot), ...rowOf(FIELDS, line) });
  return {
    meta: await metaOf(db, 'trunk', request, scope, await notesOf(db, request, scope)),
    columns: [...slotColumns(request.granularity), ...COLUMNS],
    rows: [...lines.values()].sort(inOrder).map(row),
    totals: row(total),
    ...(request.granularity === 'total' ? { charts: [CHART] } : {}),
  };
}

const CHART = {
  kind: 'bar',
  title: 'Calls by trunk',
  table: null,
  x: 'trunk',
  y: ['attempts', 'answered'],
} as const;

async function notesOf(db: Kysely<Database>, request: ReportRequest, scope: Scope): Promise<string[]> {
  const isFiltered = scope.queuesNamed || scope.agentsNamed;
  return [
    ...(isFiltered ? ['Trunks are not limited to queues or agents; that filter was left out.'] : []),
    ...(await directionNotes(db, request, scope)),
  ];
}

interface PieceRow extends LegSums {
  pbxId: number;
  pbx: string;
  trunk: string | null;
  direction: string;
  cut: number;
}

async function addPiece(
  db: Kysely<Database>,
  request: ReportRequest,
  scope: Scope,
  trunk: string | null,
  piece: Interval,
  lines: Map<string, Line>,
): Promise<void> {
  const slots = slotsOf(request);
  const cuts = cutsOf(piece, slots);
  const asked = trunk === null ? sql`` : sql`and ${matches(LEG_TRUNK, trunk)}`;
  const { rows } = await sql<PieceRow>`
    select l.pbx_id as pbxId, max(p.name) as pbx, ${LEG_TRUNK} as trunk, l.direction,
      ${cutSql('l.started_at', cuts)} as cut, ${SUM_LEGS}
    from leg as l join pbx as p on p.id = l.pbx_id
    where ${withinPiece('l', 'started_at', request, scope, piece)} and ${IS_ATTEMPT} ${asked}
    group by 1, 3, 4, 5`.execute(db.withoutPlugins());
  for (const row of rows) {
    const slot = slots[slotAt(slots, cuts[row.cut] ?? piece.fromMs)];
    if (slot === undefined) continue;
    const { pbx, trunk: name, direction } = row;
    const key = `${slot.fromMs}:${row.pbxId}:${direction}:${name ?? ''}`;
    const line = lines.get(key) ?? {
      slot,
      pbx,
      trunk: name,
      direction,
      legs: { ...NO_LEGS },
      spanMs: slot.toMs - slot.fromMs,
    };
    lines.set(key, line);
    addLegs(line.legs, row);
  }
}

/** By time, PBX, trunk, direction. */
function inOrder(a: Line, b: Line): number {
  return (
    (a.slot?.fromMs ?? 0) - (b.slot?.fromMs ?? 0) ||
    compareText(a.pbx ?? '', b.pbx ?? '') ||
    compareText(a.trunk ?? '', b.trunk ?? '') ||
    compareText(a.direction ?? '', b.direction ?? '')
  );
}
