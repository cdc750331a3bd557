/**
 * The tables of the traffic report. In: loads, slot by slot. Out: rows per slot and queue, and the same calls per slot, per
 * queue, per hour of the day and per weekday × hour. What must hold: every table is filled from every load, once.
 */
import type { Slot } from '../../time/bucket.js';
import { HOUR_MS } from '../../time/zone.js';
import { slotAt } from '../range.js';
import type { ReportRequest } from '../request.js';
import type { Scope, ScopeMember } from '../scope.js';
import type { NamedTable, Row } from '../table.js';
import { columnsOf, fieldsOf, rowOf, type Field } from './columns.js';
import { addAll, Load, type SlotLoad } from './load.js';
import { clockText, localClock } from './local-clock.js';
import { identityFields, totalsFields } from './queue-fields.js';

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
export const TRAFFIC_FIELDS = [...SLOT, ...identityFields<Line>(), ...NUMBERS];

/** All tables of the report, filled slot by slot. */
export class Traffic {
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
    addAll(
      ofAll.filter((load) => load !== undefined),
      part,
    );
    for (const [id, load] of this.#queues) {
      for (const one of [load, this.#lineOf(index, id)]) {
        const totals = part.calls.get(id);
        if (totals !== undefined) one.totals.add(totals);
        one.addTime(part.lengthOf(id), part.depthOf(id), part.presenceOf(id));
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

  totals(): Row {
    return rowOf(TRAFFIC_FIELDS, { slot: null, queue: null, load: this.total, zone: this.#zone });
  }

  /** Queues with any caller or agent in the slot. */
  rows(): Row[] {
    return this.#slots.flatMap((slot, i) =>
      [...(this.#lines[i] ?? [])]
        .filter(([, load]) => isSome(load))
        .map(([id, load]) =>
          rowOf(TRAFFIC_FIELDS, { slot, queue: this.#scope.queues.get(id) ?? null, load, zone: this.#zone }),
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
