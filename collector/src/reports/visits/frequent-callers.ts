/**
 * Frequent callers: who called how often, and what became of it.
 *
 * In: range, queues, how many callers. Out: the callers with the most contacts; how many callers called how often. What
 * must hold: spellings of one number are one caller (normal-number.ts); a contact counts once, whatever queues it went
 * through; callers without a number are counted apart.
 */
import { ratio } from '../../kpi/ratio.js';
import type { Zone } from '../../time/zone.js';
import { HOURS_PARAM } from '../business-hours.js';
import type { ReportContext } from '../context.js';
import type { ParamDefinition, ReportCall, ReportDefinition } from '../report.js';
import { FieldParser } from '../request.js';
import { loadScope } from '../scope.js';
import type { NamedTable, ReportTable } from '../table.js';
import { addCaller, callerSums, NO_CALLS, type CallerSums } from './caller-sums.js';
import { columnsOf, fieldsOf, ofCaller, rowOf } from './columns.js';
import { agentsIgnored, metaOf } from './meta.js';
import { common, integer, limitRange, parsePlan, PLAN_PARAMS, planOf } from './parameters.js';

const TOP = {
  name: 'top',
  kind: 'integer',
  min: 1,
  max: 10_000,
  default: 100,
  description: 'How many callers are listed; default 100',
} as const satisfies ParamDefinition;
const MIN_CONTACTS = {
  name: 'minContacts',
  kind: 'integer',
  min: 1,
  max: 1_000_000,
  default: 2,
  description: 'List callers with at least so many contacts; default 2',
} as const satisfies ParamDefinition;

interface Line extends CallerSums {
  zone: Zone;
}

const make = fieldsOf<Line>();
const FIELDS = [
  ofCaller(
    make.text(
      'callerNumber',
      'Number',
      'Number of the caller, in one of its spellings',
      (c) => c.callerNumber,
    ),
  ),
  ofCaller(make.text('callerName', 'Name', 'One of the names shown with it', (c) => c.callerName)),
  make.contacts('contacts', 'Contacts', 'Calls that entered at least one of the queues', (c) => c.contacts),
  make.visits('visits', 'Visits', 'Entries into the queues', (c) => c.visits),
  make.visits('answered', 'Answered', 'Visits connected to an agent', (c) => c.answered),
  make.visits(
    'abandoned',
    'Abandoned',
    'Visits in which the caller hung up while waiting',
    (c) => c.abandoned,
  ),
  make.ratio('answeredRate', 'Answered rate', 'Answered / (visits − still waiting)', (c) =>
    ratio(c.answered, c.visits - c.waiting),
  ),
  make.seconds('waitSeconds', 'Wait', 'Sum of the stated waits', (c) => c.waitSeconds),
  make.seconds('averageWaitSeconds', 'Average wait', 'Wait / (visits − still waiting)', (c) =>
    ratio(c.waitSeconds, c.visits - c.waiting),
  ),
  make.seconds('talkSeconds', 'Talk', 'Sum of the stated talk', (c) => c.talkSeconds),
  make.time('firstAt', 'First', 'First entry in the range', (c) =>
    c.visits > 0 ? c.zone.iso(c.firstMs) : null,
  ),
  make.time('lastAt', 'Last', 'Last entry in the range', (c) => (c.visits > 0 ? c.zone.iso(c.lastMs) : null)),
];

export const FREQUENT_CALLERS_REPORT: ReportDefinition = {
  name: 'frequent-callers',
  title: 'Frequent callers',
  description: 'Callers with the most contacts, and how many callers called how often.',
  params: [HOURS_PARAM, TOP, MIN_CONTACTS, ...PLAN_PARAMS],
  group: 'callers',
  access: 'viewer',
  granular: false,
  serviceLevel: false,
  charts: ['bar'],
  paged: false,
  columns: columnsOf(FIELDS),
  make: frequentCallersReport,
};

async function frequentCallersReport({ db }: ReportContext, call: ReportCall): Promise<ReportTable> {
  const fields = new FieldParser();
  const request = { ...common(fields, call), granularity: 'total' as const };
  limitRange(fields, request);
  const top = integer(fields, call, TOP) ?? TOP.default;
  const minContacts = integer(fields, call, MIN_CONTACTS) ?? MIN_CONTACTS.default;
  const askedPlan = parsePlan(fields, call);
  fields.check();
  const plan = await planOf(db, call, askedPlan);
  const { fromMs, toMs, tenantId, zone } = request;
  const scope = await loadScope(db, { ...request, agents: null });
  const range = { tenantId, fromMs, toMs, queueIds: [...scope.queues.keys()], plan, hours: scope.hours };
  const { callers, nameless } = await callerSums(db, range, call.signal);

  const frequent = [...callers.values()].filter(({ contacts }) => contacts >= minContacts);
  frequent.sort((a, b) => b.contacts - a.contacts || b.visits - a.visits || b.lastMs - a.lastMs);
  const listed = frequent.slice(0, top);
  const total: CallerSums = { ...NO_CALLS };
  for (const caller of listed) addCaller(total, caller);
  const notes = [
    ...(frequent.length > top
      ? [
          `${frequent.length} callers have at least ${minContacts} contacts; the ${top} with the most are listed.`,
        ]
      : []),
    ...(nameless.contacts > 0 ? [`${nameless.contacts} contacts show no number and are left out.`] : []),
    ...agentsIgnored(request),
  ];
  return {
    meta: await metaOf(db, 'frequent-callers', request, scope, notes),
    columns: columnsOf(FIELDS),
    rows: listed.map((caller) => rowOf(FIELDS, { ...caller, zone })),
    totals: rowOf(FIELDS, { ...total, zone }, new Set(['callerNumber', 'callerName'])),
    tables: [frequencyTable([...callers.values()])],
    charts: [
      {
        kind: 'bar',
        title: 'How often callers called',
        table: 'frequency',
        x: 'contactsEach',
        y: ['callers'],
      },
    ],
  };
}

/** From this number of contacts on, callers are counted together. */
const MANY = 10;

interface FrequencyLine {
  contactsEach: string | null;
  callers: number;
  contacts: number;
  allCallers: number;
  allContacts: number;
}

const frequency = fieldsOf<FrequencyLine>();
const FREQUENCY_FIELDS = [
  frequency.text(
    'contactsEach',
    'Contacts each',
    'How often these callers called in the range',
    (f) => f.contactsEach,
  ),
  frequency.count('callers', 'Callers', 'Callers who called so often', (f) => f.callers),
  frequency.ratio('share', 'Share of callers', 'Callers / all callers with a number', (f) =>
    ratio(f.callers, f.allCallers),
  ),
  frequency.contacts('contacts', 'Contacts', 'Contacts of these callers', (f) => f.contacts),
  frequency.ratio('contactShare', 'Share of contacts', 'Contacts / all contacts with a number', (f) =>
    ratio(f.contacts, f.allContacts),
  ),
];

function frequencyTable(callers: readonly CallerSums[]): NamedTable {
  const allContacts = callers.reduce((sum, { contacts }) => sum + contacts, 0);
  const all = { allCallers: callers.length, allContacts };
  const lines = Array.from({ length: MANY }, (_, i): FrequencyLine => {
    const contactsEach = i + 1 === MANY ? `${MANY}+` : String(i + 1);
    return { contactsEach, callers: 0, contacts: 0, ...all };
  });
  for (const { contacts } of callers) {
    const line = lines[Math.min(contacts, MANY) - 1];
    if (line === undefined) continue;
    line.callers++;
    line.contacts += contacts;
  }
  const total = { contactsEach: null, callers: callers.length, contacts: allContacts, ...all };
  return {
    key: 'frequency',
    title: 'How often callers called',
    columns: columnsOf(FREQUENCY_FIELDS),
    rows: lines.map((line) => rowOf(FREQUENCY_FIELDS, line)),
    totals: rowOf(FREQUENCY_FIELDS, total),
  };
}
