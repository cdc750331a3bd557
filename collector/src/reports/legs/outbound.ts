/**
 * Calls to the outside, per agent and destination: attempts, answer rate, billable time.
 *
 * In: range, names, granularity, what a row is about. Out: sums of legs. What must hold: a leg is the agent's whose phone
 * called when it began; unknown phones are one row without a name.
 */
import { sql, type Kysely } from 'kysely';
import type { Database } from '../../storage/schema.js';
import type { Interval } from '../../rollups/intervals.js';
import type { Slot } from '../../time/bucket.js';
import { nameOf } from '../agents/agent-fields.js';
import type { ReportContext } from '../context.js';
import { slotAt } from '../range.js';
import type { ParamDefinition, ReportCall, ReportDefinition } from '../report.js';
import { FieldParser, textOf, type ReportRequest } from '../request.js';
import { compareText, loadScope, type Scope, type ScopeMember } from '../scope.js';
import { slotCells, slotColumns } from '../slot-columns.js';
import type { ReportTable } from '../table.js';
import { columnsOf, fieldsOf, ofCaller, rowOf, type Field } from '../visits/columns.js';
import { metaOf } from '../visits/meta.js';
import { common, limitRange, single } from '../visits/parameters.js';
import { pieces } from '../visits/spans.js';
import { endpointSql, matches } from './channels.js';
import { cutsOf, cutSql, directionNotes, limitRows, slotsOf, withinPiece } from './leg-query.js';
import { addLegs, legFields, NO_LEGS, SUM_LEGS, type LegSums } from './leg-sums.js';
import { PhoneBook } from './phone-book.js';

const BY = ['agent', 'destination', 'both'] as const;
type By = (typeof BY)[number];

interface Line {
  slot: Slot | null;
  pbx: string | null;
  agent: ScopeMember | null;
  destination: string | null;
  legs: LegSums;
  spanMs: number;
}

const { text } = fieldsOf<Line>();

const FIELDS: readonly Field<Line>[] = [
  text('pbx', 'PBX', 'Name of the PBX', (line) => line.pbx),
  text(
    'agent',
    'Agent',
    'Whose phone called; null: nobody known, or by destination',
    ({ agent }) => agent && agent.name,
  ),
  text(
    'agentName',
    'Agent name',
    'Display name, else the name on the PBX',
    ({ agent }) => agent && nameOf(agent),
  ),
  ofCaller(text('destination', 'Destination', 'Number called; null: by agent', (line) => line.destination)),
  ...legFields<Line>({ one: 'Call records to the outside', many: 'Attempts' }),
];

const COLUMNS = columnsOf(FIELDS);

const DESTINATION: ParamDefinition = {
  name: 'destination',
  kind: 'text',
  description: 'Number called; the whole text, * for any text',
  needsNumbers: true,
};

export const OUTBOUND_REPORT: ReportDefinition = {
  name: 'outbound',
  title: 'Outbound calls',
  description:
    'Calls to the outside per agent, destination or both: attempts, answer rate (ASR), billable time, ACD. From the call ' +
    'records whose direction is outbound.',
  params: [
    {
      name: 'by',
      kind: 'choice',
      choices: BY,
      default: 'agent',
      description: 'What a row is about; default: agent',
    },
    DESTINATION,
  ],
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

interface Asked {
  request: ReportRequest;
  by: By;
  destination: string | null;
}

async function make({ db }: ReportContext, call: ReportCall): Promise<ReportTable> {
  const asked = parse(call);
  const { request, by } = asked;
  const scope = await loadScope(db, request);
  const phones = await PhoneBook.load(db, await loadScope(db, { ...request, agents: null }));
  const lines = new Map<string, Line>();
  for await (const piece of pieces(request, call.signal)) {
    await addPiece(db, asked, scope, phones, piece, lines);
    limitRows(lines.size, 'by', 'ask by agent, for a shorter range or for fewer agents');
  }
  const total: Line = {
    slot: null,
    pbx: null,
    agent: null,
    destination: null,
    legs: { ...NO_LEGS },
    spanMs: request.toMs - request.fromMs,
  };
  for (const { legs } of lines.values()) addLegs(total.legs, legs);
  const ignored = scope.queuesNamed ? ['Calls to the outside have no queue; that filter was left out.'] : [];
  const notes = [...ignored, ...(await directionNotes(db, request, scope))];
  return {
    meta: await metaOf(db, 'outbound', request, scope, notes),
    columns: [...slotColumns(request.granularity), ...COLUMNS],
    rows: [...lines.values()].sort(inOrder).map((line) => lineRow(request, line)),
    totals: lineRow(request, total),
    ...(request.granularity === 'total' && by === 'agent' ? { charts: [CHART] } : {}),
  };
}

function parse(call: ReportCall): Asked {
  const fields = new FieldParser();
  const request = common(fields, call);
  limitRange(fields, request);
  const by = fields.oneOf('by', single(fields, call, 'by'), BY) ?? 'agent';
  const destination = textOf(single(fields, call, DESTINATION.name));
  fields.check();
  return { request, by, destination };
}

const CHART = {
  kind: 'bar',
  title: 'Outbound calls by agent',
  table: null,
  x: 'agentName',
  y: ['attempts', 'answered'],
} as const;

const lineRow = (request: ReportRequest, line: Line) => ({
  ...slotCells(request, line.slot),
  ...rowOf(FIELDS, line),
});

interface PieceRow extends LegSums {
  pbxId: number;
  pbx: string;
  endpoint: string;
  destination: string | null;
  cut: number;
}

async function addPiece(
  db: Kysely<Database>,
  { request, by, destination }: Asked,
  scope: Scope,
  phones: PhoneBook,
  piece: Interval,
  lines: Map<string, Line>,
): Promise<void> {
  const slots = slotsOf(request);
  // A phone can pass to another agent within the piece.
  const cuts = cutsOf(piece, slots, phones.changesWithin(piece.fromMs, piece.toMs));
  const called = destination === null ? sql`` : sql`and ${matches(sql`l.destination`, destination)}`;
  const theirs = scope.agentsNamed ? sql`and ${phones.isOneOf(scope.agents, 'l.channel')}` : sql``;
  const shown = by === 'agent' ? sql`null` : sql`l.destination`;
  const { rows } = await sql<PieceRow>`
    select l.pbx_id as pbxId, max(p.name) as pbx, ${endpointSql('l.channel')} as endpoint, ${shown} as destination,
      ${cutSql('l.started_at', cuts)} as cut, ${SUM_LEGS}
    from leg as l join pbx as p on p.id = l.pbx_id
    where ${withinPiece('l', 'started_at', request, scope, piece)} and l.direction = 'outbound' ${called} ${theirs}
    group by 1, 3, 4, 5`.execute(db.withoutPlugins());
  for (const row of rows) {
    const atMs = cuts[row.cut] ?? piece.fromMs;
    const slot = slots[slotAt(slots, atMs)];
    if (slot === undefined) continue;
    const agent = by === 'destination' ? null : phones.agentOf(row.pbxId, row.endpoint, atMs);
    const key = `${slot.fromMs}:${row.pbxId}:${agent?.id ?? ''}:${row.destination ?? ''}`;
    const line = lines.get(key) ?? {
      slot,
      pbx: row.pbx,
      agent,
      destination: row.destination,
      legs: { ...NO_LEGS },
      spanMs: slot.toMs - slot.fromMs,
    };
    lines.set(key, line);
    addLegs(line.legs, row);
  }
}

/** By time, PBX, agent (nobody known last), then destination. */
function inOrder(a: Line, b: Line): number {
  return (
    (a.slot?.fromMs ?? 0) - (b.slot?.fromMs ?? 0) ||
    compareText(a.pbx ?? '', b.pbx ?? '') ||
    Number(a.agent === null) - Number(b.agent === null) ||
    compareText(a.agent?.name ?? '', b.agent?.name ?? '') ||
    compareText(a.destination ?? '', b.destination ?? '')
  );
}
