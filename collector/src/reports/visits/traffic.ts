/**
 * Traffic: when callers came, how many waited at once and how many agents were on duty.
 *
 * In: range, queues, granularity (default: day). Out: a row per slot and queue; further tables per slot over all queues,
 * per queue, per hour of the day and per weekday × hour. What must hold: every table is over the same visits and adds up
 * to the same totals; callers count in the slot in which they entered; clocks are those of the zone.
 */
import type { ReportContext } from '../context.js';
import { serviceLevelMeta, settingOf } from '../queues-report.js';
import { slotAt } from '../range.js';
import type { ReportCall, ReportDefinition } from '../report.js';
import { FieldParser, ReportRequestError, type ReportRequest } from '../request.js';
import { loadScope, type Scope, type ScopeMember } from '../scope.js';
import type { NamedTable, ReportTable, Row } from '../table.js';
import { slotsBetween, type Slot } from '../../time/bucket.js';
import { HOUR_MS } from '../../time/zone.js';
import { columnsOf, fieldsOf, rowOf, type Field } from './columns.js';
import { addAll, Load, slotLoads, type SlotLoad } from './load.js';
import { clockText, localClock } from './local-clock.js';
import { agentsIgnored, metaOf } from './meta.js';
import { common, limitRange, single } from './parameters.js';
import { identityFields, totalsFields } from './queue-fields.js';

/** More rows than one answer should hold. */
const MAX_LINES = 20_000;

interface Line {
  slot: Slot | null;
  queue: ScopeMember | null;
  load: Load;
  zone: ReportRequest['zone'];
}

const make = fieldsOf<Line>();
const NUMBERS: readonly Field<Line>[] = [
  ...totalsFields<{ totals: Load['totals'] }>([
    'entered',
    'answered',
    'abandoned',
    'shortAbandoned',
    'timedOut',
    'exitedByKey',
    'exitedEmpty',
    'answeredRate',
    'abandonmentRate',
    'serviceLevel',
    'asaSeconds',
    'averageWaitSeconds',
    'talkSeconds',
    'ahtSeconds',
  ]).map((field) => ({ ...field, value: ({ load }: Line) => field.value(load) })),
  make.number(
    'depthMax',
    'Greatest depth',
    'Most callers who waited at the same time',
    (l) => l.load.depthMax,
  ),
  make.number(
    'agentsAverage',
    'Agents on duty',
    'Σ time agents were logged in and not paused / length of the slot; empty: nobody is known to have logged in',
    (l) => l.load.agentsAverage,
  ),
  make.number(
    'agentsMin',
    'Fewest on duty',
    'Fewest agents on duty at the same time',
    (l) => l.load.agentsMin,
  ),
  make.number('agentsMax', 'Most on duty', 'Most agents on duty at the same time', (l) => l.load.agentsMax),
];
const SLOT = [
  make.time(
    'from',
    'From',
    'Start of the slot, in the zone of the report',
    (l) => l.slot && l.zone.iso(l.slot.fromMs),
  ),
  make.time('to', 'To', 'End of the slot (exclusive)', (l) => l.slot && l.zone.iso(l.slot.toMs)),
];
const FIELDS = [...SLOT, ...identityFields<Line>(), ...NUMBERS];

export const TRAFFIC_REPORT: ReportDefinition = {
  name: 'traffic',
  title: 'Traffic',
  description:
    'Callers, greatest queue depth and agents on duty by slot and queue (granularity, default day), by hour of the day ' +
    'and by weekday and hour.',
  params: [],
  access: 'viewer',
  granular: true,
  serviceLevel: true,
  paged: false,
  columns: columnsOf(FIELDS),
  make: trafficReport,
};

function parse(call: ReportCall): ReportRequest {
  const fields = new FieldParser();
  const granularity = single(fields, call, 'granularity') ?? 'day';
  const request = common(fields, { ...call, params: { ...call.params, granularity: String(granularity) } });
  limitRange(fields, request);
  fields.check();
  return request;
}

async function trafficReport(context: ReportContext, call: ReportCall): Promise<ReportTable> {
  const request = parse(call);
  const scope = await loadScope(context.db, { ...request, agents: null });
  const { fromMs, toMs, zone, granularity } = request;
  const slots: Slot[] = [];
  for (const slot of slotsBetween(granularity, fromMs, toMs, zone)) {
    slots.push(slot);
    if (slots.length * Math.max(1, scope.queues.size) > MAX_LINES)
      throw new ReportRequestError([tooMany(granularity)]);
  }
  const traffic = new Traffic(scope, slots, request);
  // Hours are what the tables of clocks are made of.
  const base = granularity === '15m' || granularity === '30m' ? granularity : 'hour';
  for await (const load of slotLoads(context, request, scope, base, call.signal)) traffic.add(load);
  const { total } = traffic;
  if (!total.totals.measured) total.totals.measuredBy(settingOf(context.settings, request)(null, fromMs));
  return {
    meta: {
      ...(await metaOf(context.db, 'traffic', request, scope, agentsIgnored(request))),
      serviceLevel: serviceLevelMeta(total.totals),
    },
    columns: columnsOf(FIELDS),
    rows: traffic.rows(),
    totals: rowOf(FIELDS, { slot: null, queue: null, load: total, zone }),
    tables: traffic.tables(),
    charts: [
      { kind: 'bar', title: 'Entered and answered', table: 'slots', x: 'from', y: ['entered', 'answered'] },
      {
        kind: 'line',
        title: 'Depth and agents on duty',
        table: 'slots',
        x: 'from',
        y: ['depthMax', 'agentsAverage'],
      },
      { kind: 'bar', title: 'By hour of the day', table: 'hours', x: 'hour', y: ['entered', 'abandoned'] },
      {
        kind: 'heatmap',
        title: 'Entered by weekday and hour',
        table: 'weekdays',
        x: 'hour',
        y: 'weekday',
        value: 'entered',
      },
    ],
  };
}

const tooMany = (granularity: string) => ({
  field: 'granularity',
  message: `${granularity} gives more than ${MAX_LINES} rows for these queues; choose a coarser one or a shorter range`,
});

/** All tables of the report, filled slot by slot. */
class Traffic {
  readonly total = new Load();
  readonly #scope: Scope;
  readonly #slots: readonly Slot[];
  readonly #zone: ReportRequest['zone'];
  /** Per slot; then per queue id. */
  readonly #lines: Map<number, Load>[];
  readonly #perSlot: Load[];
  readonly #queues: Map<number, Load>;
  readonly #hours: Load[];
  readonly #weekdays: Load[];

  constructor(scope: Scope, slots: readonly Slot[], { zone }: ReportRequest) {
    this.#scope = scope;
    this.#slots = slots;
    this.#zone = zone;
    this.#lines = slots.map(() => new Map<number, Load>());
    this.#perSlot = slots.map(() => new Load());
    this.#queues = new Map([...scope.queues.keys()].map((id) => [id, new Load()]));
    this.#hours = Array.from({ length: 24 }, () => new Load());
    this.#weekdays = Array.from({ length: 7 * 24 }, () => new Load());
  }

  add(part: SlotLoad): void {
    const { weekday, minute } = localClock(part.slot.fromMs, this.#zone);
    const hour = Math.floor(minute / 60);
    const index = slotAt(this.#slots, part.slot.fromMs);
    const ofAll = [
      this.total,
      this.#perSlot[index],
      this.#hours[hour],
      this.#weekdays[(weekday - 1) * 24 + hour],
    ];
    for (const load of ofAll) if (load !== undefined) addAll(load, part);
    for (const [id, load] of this.#queues) {
      for (const one of [load, this.#lineOf(index, id)]) {
        const totals = part.calls.get(id);
        if (totals !== undefined) one.totals.add(totals);
        one.addTime(part.slot, part.depthOf(id), part.presenceOf(id));
      }
    }
  }

  #lineOf(index: number, queueId: number): Load {
    const lines = this.#lines[index];
    const known = lines?.get(queueId);
    if (known !== undefined) return known;
    const load = new Load();
    lines?.set(queueId, load);
    return load;
  }

  /** Queues with any caller or agent in the slot. */
  rows(): Row[] {
    return this.#slots.flatMap((slot, i) =>
      [...(this.#lines[i] ?? [])]
        .filter(([, load]) => isSome(load))
        .map(([id, load]) =>
          rowOf(FIELDS, { slot, queue: this.#scope.queues.get(id) ?? null, load, zone: this.#zone }),
        ),
    );
  }

  tables(): NamedTable[] {
    const line = { slot: null, queue: null, zone: this.#zone };
    const totals = { ...line, load: this.total };
    const queues = identityFields<Line>();
    return [
      tableOf(
        'slots',
        'All queues',
        SLOT,
        this.#perSlot.map((load, i) => ({ ...line, slot: this.#slots[i] ?? null, load })),
        totals,
      ),
      tableOf(
        'queues',
        'Per queue',
        queues,
        [...this.#queues]
          .filter(([, load]) => isSome(load))
          .map(([id, load]) => ({ ...line, queue: this.#scope.queues.get(id) ?? null, load })),
        totals,
      ),
      clockTable('hours', 'By hour of the day', this.#hours, totals),
      clockTable('weekdays', 'By weekday and hour', this.#weekdays, totals),
    ];
  }
}

const isSome = ({ totals, depthMax, agentsMax }: Load): boolean =>
  totals.sums.entered > 0 || depthMax > 0 || (agentsMax ?? 0) > 0;

function tableOf(
  key: string,
  title: string,
  identity: readonly Field<Line>[],
  lines: readonly Line[],
  totals: Line,
): NamedTable {
  const fields = [...identity, ...NUMBERS];
  return {
    key,
    title,
    columns: columnsOf(fields),
    rows: lines.map((line) => rowOf(fields, line)),
    totals: rowOf(fields, totals),
  };
}

interface ClockLine extends Line {
  weekday: number | null;
  hour: string | null;
}

/** @param loads 24 hours, or those of seven days from Monday */
function clockTable(key: string, title: string, loads: readonly Load[], totals: Line): NamedTable {
  const clock = fieldsOf<ClockLine>();
  const fields: Field<ClockLine>[] = [
    ...(loads.length > 24
      ? [clock.number('weekday', 'Weekday', 'ISO weekday: 1 = Monday … 7 = Sunday', (l) => l.weekday)]
      : []),
    clock.text('hour', 'Hour', 'Local hour in which they entered', (l) => l.hour),
    ...NUMBERS,
  ];
  const rows = loads.map((load, i) =>
    rowOf(fields, {
      ...totals,
      load,
      weekday: Math.floor(i / 24) + 1,
      hour: clockText((i % 24) * (HOUR_MS / 60_000)),
    }),
  );
  return {
    key,
    title,
    columns: columnsOf(fields),
    rows,
    totals: rowOf(fields, { ...totals, weekday: null, hour: null }),
  };
}
