/** What the CDR report is asked for: range and names as all reports, its own filters, order and page. */
import type { LegTable } from '../../storage/schema.js';
import type { ParamDefinition, ReportCall } from '../report.js';
import { FieldParser, textOf, type ReportRequest, type Text, type Texts } from '../request.js';
import { common, integer, single } from '../visits/parameters.js';

const DIRECTIONS = [
  'inbound',
  'outbound',
  'internal',
  'unknown',
] as const satisfies readonly LegTable['direction'][];
const DISPOSITIONS = ['answered', 'noAnswer', 'busy', 'failed', 'congestion'] as const;
const ORDERS = ['asc', 'desc'] as const;

/** Text filters of the report, by parameter. */
export const TEXT_FILTERS = ['source', 'destination', 'trunk', 'did'] as const;
type TextFilter = (typeof TEXT_FILTERS)[number];

const whole = '; the whole text, * for any text';
const MAX_SECONDS = 10_000_000;
const MIN_DURATION = durationParam('minDuration', 'Lasted at least so many seconds');
const MAX_DURATION = durationParam('maxDuration', 'Lasted at most so many seconds');
const LIMIT: ParamDefinition = { name: 'limit', kind: 'integer', min: 1, max: 1000, description: '' };

function durationParam(name: string, description: string): ParamDefinition {
  return { name, kind: 'integer', min: 0, max: MAX_SECONDS, description };
}

export const CDR_PARAMS: readonly ParamDefinition[] = [
  {
    name: 'direction',
    kind: 'names',
    choices: DIRECTIONS,
    description: `Directions (${DIRECTIONS.join(', ')})`,
  },
  {
    name: 'disposition',
    kind: 'names',
    choices: DISPOSITIONS,
    description: `How they ended (${DISPOSITIONS.join(', ')})`,
  },
  { name: 'source', kind: 'text', description: `Calling number${whole}`, needsNumbers: true },
  { name: 'destination', kind: 'text', description: `Number called${whole}`, needsNumbers: true },
  { name: 'trunk', kind: 'text', description: `Trunk, as PJSIP/carrier${whole}` },
  { name: 'did', kind: 'text', description: `Number the caller dialled${whole}` },
  MIN_DURATION,
  MAX_DURATION,
  { name: 'order', kind: 'choice', choices: ORDERS, default: 'desc', description: 'By start; default: desc' },
];

/** The last row of a page: the next one begins right after it, whatever was added since. */
export interface LegCursor {
  startedAt: number;
  id: number;
}

export interface CdrRequest extends ReportRequest {
  directions: readonly LegTable['direction'][];
  dispositions: readonly string[];
  texts: Readonly<Partial<Record<TextFilter, string>>>;
  minSeconds: number | null;
  maxSeconds: number | null;
  order: 'asc' | 'desc';
  limit: number;
  after: LegCursor | null;
}

/** @throws ReportRequestError naming every wrong parameter */
export function parseCdrRequest(call: ReportCall): CdrRequest {
  const fields = new FieldParser();
  const one = (name: string): Text => single(fields, call, name);
  const request: CdrRequest = {
    ...common(fields, { ...call, params: { ...call.params, granularity: null } }),
    directions: choicesOf(fields, 'direction', call.params['direction'], DIRECTIONS),
    dispositions: choicesOf(fields, 'disposition', call.params['disposition'], DISPOSITIONS),
    texts: textsOf(fields, call),
    minSeconds: integer(fields, call, MIN_DURATION),
    maxSeconds: integer(fields, call, MAX_DURATION),
    order: fields.oneOf('order', one('order'), ORDERS) ?? 'desc',
    limit: integer(fields, call, LIMIT) ?? 100,
    after: parseCursor(fields, textOf(one('cursor'))),
  };
  fields.check();
  return request;
}

function textsOf(fields: FieldParser, call: ReportCall): CdrRequest['texts'] {
  const texts: Partial<Record<TextFilter, string>> = {};
  for (const name of TEXT_FILTERS) {
    const text = textOf(single(fields, call, name));
    if (text !== null) texts[name] = text;
  }
  return texts;
}

function choicesOf<T extends string>(
  fields: FieldParser,
  field: string,
  value: Texts,
  allowed: readonly T[],
): readonly T[] {
  const texts = isList(value) ? value : [value];
  return texts
    .flatMap((text) => textOf(text)?.split(',') ?? [])
    .map((text) => fields.oneOf(field, text, allowed))
    .filter((found) => found !== null);
}

const isList = (value: Texts): value is readonly string[] => Array.isArray(value);

export const formatLegCursor = ({ startedAt, id }: LegCursor): string =>
  Buffer.from(`${startedAt}.${id}`).toString('base64url');

function parseCursor(fields: FieldParser, text: string | null): LegCursor | null {
  if (text === null) return null;
  const parts = /^(\d+)\.(\d+)$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  if (parts !== null) return { startedAt: Number(parts[1]), id: Number(parts[2]) };
  fields.fail('cursor', 'is not one this report gave; leave it away for the first page');
  return null;
}
