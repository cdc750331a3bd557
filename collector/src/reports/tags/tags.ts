/**
 * Tags (wrap-up codes): what calls were about, and how long each kind of call takes.
 *
 * In: range, names, tags, granularity. Out: one row per tag and slot; tag × queue and tag × agent. What must hold: totals
 * count every visit once, so a visit of two tags is in two rows and once in the totals; visits without a tag are counted.
 */
import * as kpi from '../../kpi/queue-kpi.js';
import { ratio } from '../../kpi/ratio.js';
import { HOURS_PARAM } from '../business-hours.js';
import type { ReportContext } from '../context.js';
import { limitRows, slotsOf } from '../legs/leg-query.js';
import type { ReportCall, ReportDefinition } from '../report.js';
import { FieldParser } from '../request.js';
import { loadScope } from '../scope.js';
import { slotCells, slotColumns } from '../slot-columns.js';
import type { Chart, NamedTable, ReportTable } from '../table.js';
import { columnsOf, fieldsOf, rowOf, type Field } from '../visits/columns.js';
import { metaOf } from '../visits/meta.js';
import { common, limitRange } from '../visits/parameters.js';
import { pieces } from '../visits/spans.js';
import { AGENT_IDENTITY, QUEUE_IDENTITY } from '../agents/agent-fields.js';
import { TagLines, type TagLine } from './tag-lines.js';
import { TAGS_PARAM, tagsOf } from './tag-params.js';
import { readTags, readVisits, type TagQuestion } from './tag-rows.js';

const make = fieldsOf<TagLine>();

const TAG = make.text('tag', 'Tag', 'Tag (wrap-up code); null: visits without one', (line) => line.tag);

const FIGURES: readonly Field<TagLine>[] = [
  make.visits('visits', 'Visits', 'Entries into the queues with this tag', ({ sums }) => sums.entered),
  make.ratio(
    'share',
    'Share',
    'Visits with this tag / all visits of the slot, queue or agent',
    ({ sums, all }) => ratio(sums.entered, all.entered),
  ),
  make.visits('answered', 'Answered', 'Connected to an agent', ({ sums }) => sums.answered),
  make.ratio('answeredRate', 'Answered rate', 'Answered / (visits − still waiting)', ({ sums }) =>
    kpi.answeredRate(sums),
  ),
  make.seconds('asaSeconds', 'ASA', 'Average speed of answer: wait of answered / answered', ({ sums }) =>
    kpi.asaSeconds(sums),
  ),
  make.seconds('talkSeconds', 'Talk', 'Sum of the stated talk', ({ sums }) => sums.talkSeconds),
  make.seconds('averageTalkSeconds', 'Average talk', 'Talk / answered', ({ sums }) =>
    kpi.averageTalkSeconds(sums),
  ),
  make.seconds('ahtSeconds', 'AHT', 'Average handle time: (talk + wrap-up) / answered', ({ sums }) =>
    kpi.ahtSeconds(sums.talkSeconds, sums.wrapUpMs, sums.answered),
  ),
];

const FIELDS: readonly Field<TagLine>[] = [TAG, ...FIGURES];
const COLUMNS = columnsOf(FIELDS);

const PBX = make.text(
  'pbx',
  'PBX',
  'Name of the PBX',
  ({ queue, agent }) => (queue ?? agent)?.pbx.name ?? null,
);
const QUEUE_FIELDS: readonly Field<TagLine>[] = [PBX, ...QUEUE_IDENTITY, TAG, ...FIGURES];
const AGENT_FIELDS: readonly Field<TagLine>[] = [...AGENT_IDENTITY, TAG, ...FIGURES];

export const TAGS_REPORT: ReportDefinition = {
  name: 'tags',
  title: 'Tags',
  description:
    'What calls were about: per tag (wrap-up code) visits, share, talk and handle time; by queue and by agent. A visit of ' +
    'several tags counts with each of them, and once in the totals.',
  params: [HOURS_PARAM, TAGS_PARAM],
  group: 'calls',
  access: 'viewer',
  granular: true,
  serviceLevel: false,
  charts: ['bar'],
  paged: false,
  columns: COLUMNS,
  sometimes: slotColumns('day'),
  make: tagsReport,
};

const CHART: Chart = { kind: 'bar', title: 'Visits by tag', table: null, x: 'tag', y: ['visits'] };

async function tagsReport({ db }: ReportContext, call: ReportCall): Promise<ReportTable> {
  const fields = new FieldParser();
  const request = common(fields, call);
  limitRange(fields, request);
  fields.check();
  const scope = await loadScope(db, request);
  const question: TagQuestion = {
    request,
    slots: slotsOf(request),
    tags: tagsOf(call.params[TAGS_PARAM.name]),
  };
  const bySlot = new TagLines(({ slot }) => ({ slot, queue: null, agent: null }));
  const byQueue = new TagLines(({ queueId }) => {
    const queue = scope.queues.get(queueId);
    return queue === undefined ? null : { slot: null, queue, agent: null };
  });
  const byAgent = new TagLines(({ agentId }) => {
    const agent = scope.agents.get(agentId ?? 0);
    return agent === undefined ? null : { slot: null, queue: null, agent };
  });
  const all = [bySlot, byQueue, byAgent];
  for await (const piece of pieces(request, call.signal)) {
    for (const row of await readTags(db, question, scope, piece))
      for (const lines of all) lines.addTagged(row);
    for (const row of await readVisits(db, question, scope, piece))
      for (const lines of all) lines.addVisits(row);
    for (const { size } of all)
      limitRows(size, 'granularity', 'choose a coarser one, a shorter range or some tags');
  }
  const total = bySlot.total();
  return {
    meta: await metaOf(db, 'tags', request, scope),
    columns: [...slotColumns(request.granularity), ...COLUMNS],
    rows: bySlot.sorted().map((line) => ({ ...slotCells(request, line.slot), ...rowOf(FIELDS, line) })),
    totals: { ...slotCells(request, null), ...rowOf(FIELDS, total) },
    tables: [
      tableOf('queues', 'Tags by queue', QUEUE_FIELDS, byQueue),
      tableOf('agents', 'Tags by agent', AGENT_FIELDS, byAgent),
    ],
    ...(request.granularity === 'total' && { charts: [CHART] }),
  };
}

const tableOf = (
  key: string,
  title: string,
  fields: readonly Field<TagLine>[],
  lines: TagLines,
): NamedTable => ({
  key,
  title,
  columns: columnsOf(fields),
  rows: lines.sorted().map((line) => rowOf(fields, line)),
  totals: rowOf(fields, lines.total()),
});
