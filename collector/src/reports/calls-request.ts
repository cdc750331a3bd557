/** What the calls report is asked for: the common parameters and its own filters, order and page. */
import type { Outcome } from '../storage/schema.js';
import { HOURS_PARAM } from './business-hours.js';
import type { ParamDefinition } from './report.js';
import {
  FieldParser,
  parseCommon,
  textOf,
  type ReportParams,
  type ReportRequest,
  type Text,
  type Texts,
} from './request.js';
import { TAGGED_PARAM, TAGS_PARAM, tagsOf } from './tags/tag-params.js';

export interface CallsParams extends ReportParams {
  /** Outcomes, repeated or separated by commas. */
  outcome?: Texts;
  /** Part of the caller's number. */
  caller?: Text;
  /** Seconds waited, at least / at most. */
  minWait?: Text;
  maxWait?: Text;
  /** Seconds talked, at least. */
  minTalk?: Text;
  /** Tags, repeated or separated by commas. */
  tags?: Texts;
  /** `yes` or `no`: whether the visit has any. */
  tagged?: Text;
  /** `asc` or `desc` (default) by entry. */
  order?: Text;
  /** Rows of a page, 1–1000, default 100. */
  limit?: Text;
  /** `meta.page.nextCursor` of the page before. */
  cursor?: Text;
}

export interface CallsRequest extends ReportRequest {
  outcomes: readonly Outcome[] | null;
  caller: string | null;
  minWaitSeconds: number | null;
  maxWaitSeconds: number | null;
  minTalkSeconds: number | null;
  tags: readonly string[] | null;
  tagged: boolean | null;
  order: 'asc' | 'desc';
  limit: number;
  after: Cursor | null;
}

/** The last row of a page: entry and id, so that the next one starts right after it, whatever was added since. */
export interface Cursor {
  enteredAt: number;
  visitId: number;
}

export const OUTCOMES = [
  'waiting',
  'answered',
  'abandoned',
  'timedOut',
  'exitedByKey',
  'exitedEmpty',
  'withdrawn',
  'pulledOut',
  'canceledAtConnect',
  'interrupted',
] as const satisfies readonly Outcome[];

const MAX_SECONDS = 10_000_000;

const seconds = (name: string, description: string): ParamDefinition => ({
  name,
  kind: 'integer',
  min: 0,
  max: MAX_SECONDS,
  description: `${description} (seconds)`,
});

/** What the report understands besides range, names and page. */
export const CALLS_PARAMS: readonly ParamDefinition[] = [
  { name: 'outcome', kind: 'names', choices: OUTCOMES, description: `Outcomes (${OUTCOMES.join(', ')})` },
  {
    name: 'caller',
    kind: 'text',
    description: "Part of the caller's number; editors only",
    needsNumbers: true,
  },
  seconds('minWait', 'Waited at least so long'),
  seconds('maxWait', 'Waited at most so long'),
  seconds('minTalk', 'Talked at least so long'),
  HOURS_PARAM,
  TAGS_PARAM,
  TAGGED_PARAM,
  {
    name: 'order',
    kind: 'choice',
    choices: ['asc', 'desc'],
    default: 'desc',
    description: 'By time of entry; default: desc',
  },
];

/** @throws ReportRequestError */
export function parseCallsRequest(params: CallsParams, tenantId: number): CallsRequest {
  const fields = new FieldParser();
  const common = parseCommon(fields, { ...params, granularity: null }, tenantId);
  const request: CallsRequest = {
    ...common,
    outcomes: parseOutcomes(fields, params.outcome),
    caller: textOf(params.caller),
    minWaitSeconds: fields.whole('minWait', params.minWait, 0, MAX_SECONDS),
    maxWaitSeconds: fields.whole('maxWait', params.maxWait, 0, MAX_SECONDS),
    minTalkSeconds: fields.whole('minTalk', params.minTalk, 0, MAX_SECONDS),
    tags: tagsOf(params.tags),
    tagged: parseTagged(fields, params.tagged),
    order: fields.oneOf('order', params.order, ['asc', 'desc'] as const) ?? 'desc',
    limit: fields.whole('limit', params.limit, 1, 1000) ?? 100,
    after: parseCursor(fields, textOf(params.cursor)),
  };
  fields.check();
  return request;
}

function parseTagged(fields: FieldParser, value: Text): boolean | null {
  const answer = fields.oneOf(TAGGED_PARAM.name, value, ['yes', 'no'] as const);
  return answer === null ? null : answer === 'yes';
}

export const formatCursor = ({ enteredAt, visitId }: Cursor): string =>
  Buffer.from(`${enteredAt}.${visitId}`).toString('base64url');

function parseCursor(fields: FieldParser, text: string | null): Cursor | null {
  if (text === null) return null;
  const parts = /^(\d+)\.(\d+)$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  if (parts !== null) return { enteredAt: Number(parts[1]), visitId: Number(parts[2]) };
  fields.fail('cursor', 'is not one this report gave; leave it away for the first page');
  return null;
}

function parseOutcomes(fields: FieldParser, value: Texts): Outcome[] | null {
  const texts = (Array.isArray(value) ? value : [value]).flatMap(
    (text: Text) => textOf(text)?.split(',') ?? [],
  );
  const outcomes = texts.map((text) => fields.oneOf('outcome', text, OUTCOMES)).filter((one) => one !== null);
  return outcomes.length === 0 ? null : outcomes;
}
