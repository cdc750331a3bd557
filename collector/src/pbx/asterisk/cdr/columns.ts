/**
 * The columns of a call record, by whichever way it comes.
 *
 * In: a header line, the number of values of a line, or names from the configuration. Out: the names of the values in
 * order. What must hold: names are those of Asterisk's CDR variables, in lower case (`start`, not the `calldate` of
 * cdr_mysql).
 */

/** cdr_csv.c, `build_csv_record()`: these always, in this order … */
const ALWAYS = [
  'accountcode',
  'src',
  'dst',
  'dcontext',
  'clid',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'start',
  'answer',
  'end',
  'duration',
  'billsec',
  'disposition',
  'amaflags',
];
/** … then those that cdr.conf [csv] switches on: loguniqueid, loguserfield, newcdrcolumns. */
const NEW = ['peeraccount', 'linkedid', 'sequence'];

const UNIQUEID = /^(?:.+-)?\d{9,11}\.\d+$/;
const OTHER_NAMES: Readonly<Record<string, string>> = { calldate: 'start', callerid: 'clid' };

/** The name Asterisk gives to a column. */
export function columnName(name: string): string {
  const lower = name.trim().toLowerCase();
  return OTHER_NAMES[lower] ?? lower;
}

/** The names of a header line; undefined when the line is a record. */
export function headerColumns(values: readonly string[]): string[] | undefined {
  const names = values.map(columnName);
  return names.includes('src') && names.includes('dst') && names.includes('start') ? names : undefined;
}

/** The names of the values of a line of Master.csv; undefined when it cannot be one. */
export function masterColumns(values: readonly string[]): string[] | undefined {
  const extra = values.slice(ALWAYS.length);
  switch (extra.length) {
    case 0:
      return values.length === ALWAYS.length ? ALWAYS : undefined;
    case 1:
      return [...ALWAYS, UNIQUEID.test(extra[0] ?? '') ? 'uniqueid' : 'userfield'];
    case 2:
      return [...ALWAYS, 'uniqueid', 'userfield'];
    case 3:
      return [...ALWAYS, ...NEW];
    case 4:
      return [...ALWAYS, UNIQUEID.test(extra[0] ?? '') ? 'uniqueid' : 'userfield', ...NEW];
    case 5:
      return [...ALWAYS, 'uniqueid', 'userfield', ...NEW];
    default:
      return undefined;
  }
}
