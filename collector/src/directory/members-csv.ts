/**
 * Names, teams and goals of many queues and agents as CSV: `kind,pbx,name,displayName,team,target,from`, a line for each
 * date from which values hold.
 *
 * In: CSV. Out: what it would change, and what is wrong in which line; on command the changes. What must hold: nothing
 * is changed while any line is wrong; exporting and importing again changes nothing.
 */
import { parse } from 'csv-parse/sync';
import type { Kysely } from 'kysely';
import { nearest } from '../config/suggest.js';
import { FieldParser, parseInstant, ReportRequestError, type FieldError } from '../reports/request.js';
import { harmlessCsv } from './csv-cell.js';
import type { Database } from '../storage/schema.js';
import type { Zone } from '../time/zone.js';
import { checkName, checkTarget } from './check-value.js';
import { loadValues, type Histories } from './load-values.js';
import { membersAt, type Member, type MemberKind } from './members.js';
import { FIELDS_OF, type ValueChange } from './values.js';

export const MEMBER_CSV_COLUMNS = ['kind', 'pbx', 'name', 'displayName', 'team', 'target', 'from'] as const;
type CsvColumn = (typeof MEMBER_CSV_COLUMNS)[number];

/** Ends a value: nothing is said from that date on. An empty cell leaves it as it is. */
const NOTHING = '-';
const MAX_ROWS = 20_000;
const KINDS = ['queue', 'agent'] as const;

const CELLS = [
  ['displayName', 'name', checkName],
  ['team', 'team', checkName],
  ['target', 'target', checkTarget],
] as const;

export interface PlannedChange extends ValueChange {
  line: number;
  subject: string;
  /** What holds from exactly that date today; undefined: nothing was said. */
  oldValue: string | null | undefined;
}

export interface ImportPlan {
  rows: number;
  changes: PlannedChange[];
  /** `field` names the line: `line 3, pbx`. */
  errors: FieldError[];
}

/** @param zone of dates without a time */
export async function planImport(
  db: Kysely<Database>,
  tenantId: number,
  csv: string,
  zone: Zone,
): Promise<ImportPlan> {
  const fields = new FieldParser();
  const rows = rowsOf(fields, csv);
  const known = await loadKnown(db, tenantId);
  const changes = rows.flatMap((cells, index) => changesOf(fields, known, zone, cells, index + 2));
  return { rows: rows.length, changes, errors: errorsOf(fields) };
}

function errorsOf(fields: FieldParser): FieldError[] {
  try {
    fields.check();
    return [];
  } catch (error) {
    if (error instanceof ReportRequestError) return [...error.errors];
    throw error;
  }
}

function rowsOf(fields: FieldParser, csv: string): Partial<Record<CsvColumn, string>>[] {
  let lines: string[][];
  try {
    lines = parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    fields.fail('csv', error instanceof Error ? error.message : 'cannot be read');
    return [];
  }
  const [header = [], ...rest] = lines;
  const unknown = header.filter((name) => !MEMBER_CSV_COLUMNS.some((column) => column === name));
  const missing = (['kind', 'pbx', 'name'] as const).filter((name) => !header.includes(name));
  for (const name of unknown)
    fields.fail('line 1', `"${name}" is no column; there are ${MEMBER_CSV_COLUMNS.join(', ')}`);
  for (const name of missing) fields.fail('line 1', `the column ${name} is missing`);
  if (rest.length > MAX_ROWS) fields.fail('csv', `has more than ${MAX_ROWS} rows; cut it`);
  if (fields.failed) return [];
  return rest.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])));
}

interface Known {
  members: ReadonlyMap<string, Member>;
  names: readonly string[];
  histories: ReadonlyMap<number, Histories>;
}

async function loadKnown(db: Kysely<Database>, tenantId: number): Promise<Record<MemberKind, Known>> {
  const of = async (kind: MemberKind): Promise<Known> => {
    const members = await membersAt(db, tenantId, kind, 0);
    return {
      members: new Map(members.map((member) => [`${member.pbx}\u0000${member.name}`, member])),
      names: members.map(({ name }) => name),
      histories: await loadValues(db, { entity: kind, tenantId }),
    };
  };
  return { queue: await of('queue'), agent: await of('agent') };
}

function changesOf(
  fields: FieldParser,
  all: Record<MemberKind, Known>,
  zone: Zone,
  cells: Partial<Record<CsvColumn, string>>,
  line: number,
): PlannedChange[] {
  const at = (column: CsvColumn): string => `line ${line}, ${column}`;
  const kind = fields.oneOf(at('kind'), cells.kind || '(empty)', KINDS);
  const from = cells.from || '';
  const fromAt = from === '' ? 0 : fields.parse(at('from'), () => parseInstant(from, zone), 0);
  if (kind === null) return [];
  const known = all[kind];
  const member = known.members.get(`${cells.pbx ?? ''}\u0000${unquoted(cells.name ?? '')}`);
  if (member === undefined) {
    const near = nearest(cells.name ?? '', new Set(known.names), 1)[0];
    const hint = near === undefined ? 'a name is known once the PBX told of it' : `did you mean "${near}"?`;
    fields.fail(at('name'), `there is no ${kind} "${cells.name}" on the PBX "${cells.pbx}"; ${hint}`);
    return [];
  }
  return CELLS.flatMap(([column, field, check]) => {
    const cell = unquoted(cells[column] ?? '');
    if (cell === '') return [];
    if (!FIELDS_OF[kind].includes(field)) {
      fields.fail(at(column), `an ${kind} has no ${column}; leave the cell empty`);
      return [];
    }
    const value = cell === NOTHING ? null : fields.parse(at(column), () => check(cell), '');
    const oldValue = known.histories
      .get(member.id)
      ?.[field].find((one) => one.origin === 'manual' && one.fromAt === fromAt)?.value;
    if (oldValue === value) return [];
    const subject = `${member.pbx} ${member.name}`;
    return [{ line, subject, entity: kind, entityId: member.id, field, fromAt, value, oldValue }];
  });
}

/** What the export put in front of text a spreadsheet would compute. */
const unquoted = (text: string): string => (/^'[=+\-@]/.test(text) ? text.slice(1) : text);

/** All queues and agents, with what users said of them and from when on. */
export async function exportMembers(db: Kysely<Database>, tenantId: number): Promise<string> {
  const lines: string[][] = [[...MEMBER_CSV_COLUMNS]];
  for (const kind of KINDS) {
    const histories = await loadValues(db, { entity: kind, tenantId });
    for (const member of await membersAt(db, tenantId, kind, 0))
      lines.push(...linesOf(kind, member, histories.get(member.id)));
  }
  return lines.map((cells) => cells.map(harmlessCsv).join(',') + '\r\n').join('');
}

function linesOf(kind: MemberKind, { pbx, name }: Member, history: Histories | undefined): string[][] {
  const said = (field: 'name' | 'team' | 'target') =>
    (history?.[field] ?? []).filter((one) => one.origin === 'manual');
  const dates = new Set(CELLS.flatMap(([, field]) => said(field).map(({ fromAt }) => fromAt)));
  if (dates.size === 0) dates.add(0);
  return [...dates]
    .sort((a, b) => a - b)
    .map((fromAt) => [
      kind,
      pbx,
      name,
      ...CELLS.map(([, field]) => {
        const one = said(field).find((value) => value.fromAt === fromAt);
        return one === undefined ? '' : (one.value ?? NOTHING);
      }),
      fromAt === 0 ? '' : new Date(fromAt).toISOString(),
    ]);
}
