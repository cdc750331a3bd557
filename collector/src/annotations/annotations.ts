/**
 * What a chart should be marked with: outages, restarts, quarters in which a queue did badly.
 *
 * In: a checked request. Out: the marks by time, at most `MAX_ROWS`. What must hold: only the tenant's PBXs and queues;
 * outages and restarts, which explain the others, are never pushed out by them.
 */
import type { ReasonCode } from '../pbx/link-reason.js';
import type { ReportContext } from '../reports/context.js';
import type { ReportRequest } from '../reports/request.js';
import { loadScope } from '../reports/scope.js';
import { findBreaches, type Breach, type BreachRules } from './breaches.js';
import { loadGaps, type KnownGap } from './gaps.js';
import { loadRestarts } from './restarts.js';

export const ANNOTATION_KINDS = ['gap', 'restart', 'serviceLevel', 'abandons'] as const;
export type AnnotationKind = (typeof ANNOTATION_KINDS)[number];

export interface Annotation {
  /** UTC ms. */
  time: number;
  /** Null: a moment, or not over yet. */
  timeEnd: number | null;
  kind: AnnotationKind;
  pbx: string;
  queue: string | null;
  title: string;
  text: string;
  tags: string[];
  /** Of a breach: what was reached and what should have been, 0–1. */
  value: number | null;
  goal: number | null;
  /** Of a breach: how the queue is shown, how many entered, within how many seconds they should have been answered. */
  queueName: string | null;
  entered: number | null;
  thresholdSeconds: number | null;
  /** Of a gap: what was not heard, and why. */
  source: string | null;
  reasonCode: ReasonCode | null;
  reasonParams: Record<string, string>;
}

/** What only some marks have. */
const NOTHING_MORE = {
  queue: null,
  value: null,
  goal: null,
  queueName: null,
  entered: null,
  thresholdSeconds: null,
  source: null,
  reasonCode: null,
  reasonParams: {},
} as const;

export interface AnnotationRequest {
  /** Range, tenant, queues and PBXs. */
  report: ReportRequest;
  kinds: readonly AnnotationKind[];
  abandonsOver: number;
  atLeast: number;
}

export const MAX_ROWS = 1000;

export class Annotations {
  readonly #context: ReportContext;

  constructor(context: ReportContext) {
    this.#context = context;
  }

  /** Gaps of the tenant's PBXs, oldest first. @throws ReportRequestError for a PBX that is not known */
  async gaps(request: ReportRequest): Promise<{ rows: KnownGap[]; truncated: boolean }> {
    const { pbxs } = await loadScope(this.#context.db, request);
    const span = { ...request, pbxIds: pbxs.map(({ id }) => id) };
    return cut(await loadGaps(this.#context.db, span, MAX_ROWS + 1));
  }

  /** @throws ReportRequestError for names that are not known; the signal's reason */
  async list(
    { report, kinds, abandonsOver, atLeast }: AnnotationRequest,
    signal: AbortSignal,
  ): Promise<{ rows: Annotation[]; truncated: boolean }> {
    const { db } = this.#context;
    const scope = await loadScope(db, { ...report, agents: null });
    const span = { ...report, pbxIds: scope.pbxs.map(({ id }) => id) };
    const wants = (kind: AnnotationKind): boolean => kinds.includes(kind);
    const marks = [
      ...(wants('gap') ? (await loadGaps(db, span, MAX_ROWS + 1)).map(gapMark) : []),
      ...(wants('restart') ? (await loadRestarts(db, span)).map(restartMark) : []),
    ];
    const rules: BreachRules = {
      serviceLevel: wants('serviceLevel'),
      abandonsOver: wants('abandons') ? abandonsOver : null,
      atLeast,
    };
    const room = MAX_ROWS + 1 - marks.length;
    const wantsBreaches = rules.serviceLevel || rules.abandonsOver !== null;
    const breaches =
      wantsBreaches && room > 0
        ? await findBreaches(this.#context, report, scope, rules, { limit: room, signal })
        : [];
    const { rows, truncated } = cut([...marks, ...breaches.map(breachMark)]);
    return { rows: rows.sort((a, b) => a.time - b.time), truncated };
  }
}

const cut = <T>(rows: T[]): { rows: T[]; truncated: boolean } => ({
  rows: rows.slice(0, MAX_ROWS),
  truncated: rows.length > MAX_ROWS,
});

const gapMark = ({ pbx, source, from, to, reason, reasonCode, reasonParams }: KnownGap): Annotation => ({
  ...{ ...NOTHING_MORE, time: from, timeEnd: to, kind: 'gap', pbx, source, reasonCode, reasonParams },
  title: `${source} of ${pbx} was not heard`,
  text: reason,
  tags: ['gap', pbx, source],
});

const restartMark = ({ pbx, atMs }: { pbx: string; atMs: number }): Annotation => ({
  ...{ ...NOTHING_MORE, time: atMs, timeEnd: null, kind: 'restart', pbx },
  title: `${pbx} started`,
  text: 'Callers who waited then are counted as interrupted.',
  tags: ['restart', pbx],
});

const percent = (ratio: number): string => `${Math.round(ratio * 1000) / 10} %`;

function breachMark(breach: Breach): Annotation {
  const { kind, pbx, queue, queueName, fromMs, toMs, value, goal, entered, thresholdSeconds } = breach;
  const within = thresholdSeconds === null ? '' : ` within ${thresholdSeconds} s`;
  const [title, text] =
    kind === 'serviceLevel'
      ? [`${queueName}: service level missed`, `${percent(value)}${within} of a goal of ${percent(goal)}`]
      : [`${queueName}: many abandoned`, `${percent(value)} abandoned, more than ${percent(goal)}`];
  return {
    ...{ ...NOTHING_MORE, time: fromMs, timeEnd: toMs, kind, pbx, queue, value, goal, title },
    ...{ queueName, entered, thresholdSeconds },
    text: `${text} (${entered} entered)`,
    tags: [kind, pbx, queue],
  };
}
