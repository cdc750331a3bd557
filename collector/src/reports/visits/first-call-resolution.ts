/**
 * First-call resolution: how many callers had their matter settled in one call, as far as calls can tell.
 *
 * In: range, queues, margin, how national numbers are written. Out: per queue and overall, clusters and what became of
 * them. What must hold (DOMAIN.md §2.3): a cluster is a chain of contacts of one number, each at most the margin after the
 * one before; it counts in the queue and range of its first contact; contacts before and after the range belong to it, so
 * the range is read with a margin on both sides; callers without a number are in no cluster.
 */
import { ratio } from '../../kpi/ratio.js';
import { HOUR_MS } from '../../time/zone.js';
import { HOURS_PARAM } from '../business-hours.js';
import type { ReportContext } from '../context.js';
import type { ParamDefinition, ReportCall, ReportDefinition } from '../report.js';
import { FieldParser } from '../request.js';
import { loadScope, type ScopeMember } from '../scope.js';
import type { ReportTable } from '../table.js';
import { clustersIn, type Cluster } from './clusters.js';
import { columnsOf, fieldsOf, rowOf } from './columns.js';
import { agentsIgnored, metaOf } from './meta.js';
import { common, integer, limitRange, parsePlan, PLAN_PARAMS, planOf } from './parameters.js';

const MARGIN = {
  name: 'marginHours',
  kind: 'integer',
  min: 1,
  max: 2160,
  default: 168,
  description:
    'Who calls again within this time calls about the same matter, hours; default 168 (QueueMetrics)',
} as const satisfies ParamDefinition;

class Line {
  clusters = 0;
  resolved = 0;
  single = 0;
  contacts = 0;
  firstLost = 0;
  lastLost = 0;
  undecided = 0;
  readonly queue: ScopeMember | null;

  constructor(queue: ScopeMember | null) {
    this.queue = queue;
  }

  add({ contacts, firstAnswered, lastAnswered, decided }: Cluster): void {
    this.clusters++;
    this.contacts += contacts;
    if (contacts === 1) this.single++;
    if (contacts === 1 && firstAnswered) this.resolved++;
    if (!firstAnswered) this.firstLost++;
    if (!lastAnswered) this.lastLost++;
    if (!decided) this.undecided++;
  }
}

const make = fieldsOf<Line>();
const FIELDS = [
  make.text('pbx', 'PBX', 'Name of the PBX', (l) => l.queue?.pbx.name ?? null),
  make.text('queue', 'Queue', 'Queue of the first visit of the cluster', (l) => l.queue?.name ?? null),
  make.text(
    'queueName',
    'Queue name',
    'Display name, else the name on the PBX',
    (l) => l.queue?.displayName ?? l.queue?.name ?? null,
  ),
  make.count(
    'clusters',
    'Matters',
    'Clusters: chains of calls of one number within the margin',
    (l) => l.clusters,
  ),
  make.count('resolved', 'Settled at once', 'Clusters of one contact that was answered', (l) => l.resolved),
  make.ratio('firstCallResolution', 'FCR', 'Clusters of one answered contact / all clusters', (l) =>
    ratio(l.resolved, l.clusters),
  ),
  make.count('repeated', 'Repeated', 'Clusters of more than one contact', (l) => l.clusters - l.single),
  make.contacts('contacts', 'Contacts', 'Contacts of all clusters', (l) => l.contacts),
  make.ratio(
    'retryRate',
    'Retry rate',
    '(Contacts − clusters) / contacts: calls that were not the first',
    (l) => ratio(l.contacts - l.clusters, l.contacts),
  ),
  make.count('firstLost', 'First lost', 'Clusters whose first contact was not answered', (l) => l.firstLost),
  make.count(
    'lastLost',
    'Never reached',
    'Clusters whose last known contact was not answered',
    (l) => l.lastLost,
  ),
  make.count(
    'undecided',
    'Undecided',
    'Clusters whose caller may still call again within the margin',
    (l) => l.undecided,
  ),
];

export const FIRST_CALL_RESOLUTION_REPORT: ReportDefinition = {
  name: 'first-call-resolution',
  title: 'First-call resolution',
  description:
    'Callers who did not have to call again: clusters of calls by number within a margin (QueueMetrics).',
  params: [HOURS_PARAM, MARGIN, ...PLAN_PARAMS],
  group: 'callers',
  access: 'viewer',
  granular: false,
  serviceLevel: false,
  charts: ['bar'],
  paged: false,
  columns: columnsOf(FIELDS),
  make: firstCallResolutionReport,
};

async function firstCallResolutionReport({ db }: ReportContext, call: ReportCall): Promise<ReportTable> {
  const fields = new FieldParser();
  const request = { ...common(fields, call), granularity: 'total' as const };
  limitRange(fields, request);
  const marginMs = (integer(fields, call, MARGIN) ?? MARGIN.default) * HOUR_MS;
  const askedPlan = parsePlan(fields, call);
  fields.check();
  const plan = await planOf(db, call, askedPlan);
  const scope = await loadScope(db, { ...request, agents: null });
  const knownUntil = Math.max(
    0,
    ...scope.pbxs.map((pbx) => Math.max(pbx.logUntil ?? 0, pbx.streamUntil ?? 0)),
  );
  const { fromMs, toMs, tenantId } = request;
  const counts = scope.hours?.test(request) ?? (() => true);
  const asked = { tenantId, fromMs, toMs, marginMs, plan, knownUntil, counts };
  const found = await clustersIn(db, asked, call.signal);

  const lines = new Map([...scope.queues].map(([id, queue]) => [id, new Line(queue)]));
  const total = new Line(null);
  for (const cluster of found.clusters) {
    const line = lines.get(cluster.queueId);
    if (line === undefined) continue;
    line.add(cluster);
    total.add(cluster);
  }
  const notes = [
    ...(total.undecided > 0 ? [`${total.undecided} callers may still call again within the margin.`] : []),
    ...(found.nameless > 0
      ? [`${found.nameless} contacts of the tenant show no number and are left out.`]
      : []),
    ...agentsIgnored(request),
  ];
  const shown = [...lines.values()].filter(({ clusters }) => clusters > 0 || scope.queuesNamed);
  return {
    meta: await metaOf(db, 'first-call-resolution', request, scope, notes),
    columns: columnsOf(FIELDS),
    rows: shown.map((line) => rowOf(FIELDS, line)),
    totals: rowOf(FIELDS, total),
    charts: [
      {
        kind: 'bar',
        title: 'First-call resolution',
        table: null,
        x: 'queueName',
        y: ['firstCallResolution'],
      },
    ],
  };
}
