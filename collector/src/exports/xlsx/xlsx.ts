/**
 * A report as an Excel workbook: a sheet per table and "About", which says what the numbers are.
 *
 * In: pages of a report. Out: bytes to a sink. What must hold: all rows, on further sheets where one is full; one page
 * in memory at a time, however many rows there are.
 */
import type { Column, ReportTable, Row } from '../../reports/table.js';
import { contentLines, type Contents } from '../contents.js';
import { hasWords, type Labels } from '../labels/labels.js';
import {
  MAX_SHEET_ROWS,
  escapeXml,
  rowWriter,
  sheetHead,
  sheetTail,
  textSheet,
  type SheetColumn,
} from './sheet.js';
import { stylesXml } from './styles.js';
import { ZipStream, type Sink } from './zip.js';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const PART = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
/** Characters of a sheet's XML after which the next one begins: ZIP ends at 4 GiB of bytes, three a character. */
const MAX_SHEET_CHARS = 1_400_000_000;

interface Table {
  title: string;
  columns: readonly Column[];
  totals: Row | null;
}

/** @param first page, `pages` all of them; `onRows` is told after each page */
export async function writeXlsx(
  sink: Sink,
  first: ReportTable,
  pages: AsyncIterable<ReportTable>,
  { contents, labels, onRows }: { contents: Contents; labels: Labels; onRows: (rows: number) => void },
): Promise<void> {
  const book = new Workbook(new ZipStream(sink), labels);
  const main = { title: contents.title, columns: first.columns, totals: first.totals };
  await book.table(main, rowsOf(pages, contents, onRows));
  for (const table of first.tables ?? []) await book.table(table, [table.rows]);
  await book.text(labels.word('about'), aboutLines(first, contents, labels));
  await book.end();
}

async function* rowsOf(
  pages: AsyncIterable<ReportTable>,
  contents: Contents,
  onRows: (rows: number) => void,
): AsyncGenerator<readonly Row[]> {
  let count = 0;
  for await (const { rows } of pages) {
    yield rows;
    count += rows.length;
    contents.rows['main'] = count;
    onRows(count);
  }
}

function aboutLines(first: ReportTable, contents: Contents, labels: Labels): string[][] {
  const tables = [{ title: contents.title, columns: first.columns }, ...(first.tables ?? [])];
  const rows = [contents.rows['main'] ?? 0, ...(first.tables ?? []).map((table) => table.rows.length)];
  return [
    [labels.label(contents.title)],
    ...contentLines(contents, first.meta.serviceLevel, labels).map((line) => [...line]),
    ...tables.map(({ title }, i) => [labels.word('rows'), `${labels.label(title)}: ${rows[i] ?? 0}`]),
    ...tables.flatMap(({ title, columns }) => [
      [],
      [labels.label(title), labels.word('meaning')],
      ...columns.map(({ label, description }) => [labels.label(label), labels.meaning(description)]),
    ]),
  ];
}

class Workbook {
  readonly #zip: ZipStream;
  readonly #labels: Labels;
  readonly #sheets: string[] = [];

  constructor(zip: ZipStream, labels: Labels) {
    this.#zip = zip;
    this.#labels = labels;
  }

  /** @param batches rows as they come, a page each */
  async table(
    { title, columns, totals }: Table,
    batches: Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>,
  ): Promise<void> {
    const iterator = asyncIterator(batches);
    let batch = await iterator.next();
    let at = 0;
    const sheetColumns = columnsFor(columns, this.#labels, batch.done ? [] : batch.value);
    const write = rowWriter(sheetColumns);
    const labels = this.#labels;
    const sheet = async function* (): AsyncGenerator<string> {
      yield XML + sheetHead(sheetColumns);
      let number = 1;
      let characters = 0;
      while (!batch.done && number < MAX_SHEET_ROWS - 1 && characters < MAX_SHEET_CHARS) {
        const rows = batch.value.slice(at, at + MAX_SHEET_ROWS - 1 - number);
        let text = '';
        for (const row of rows) text += write(row, ++number, false);
        characters += text.length;
        yield text;
        at += rows.length;
        if (at < batch.value.length) continue;
        batch = await iterator.next();
        at = 0;
      }
      if (batch.done && totals !== null) yield write(totalsRow(columns, totals, labels), number + 1, true);
      yield sheetTail(sheetColumns, number);
    };
    do await this.#add(labels.label(title), sheet());
    while (!batch.done);
  }

  text(title: string, lines: readonly (readonly string[])[]): Promise<void> {
    return this.#add(title, [XML, ...textSheet(lines)]);
  }

  async end(): Promise<void> {
    const numbers = this.#sheets.map((_, i) => i + 1);
    const sheets = this.#sheets.map(
      (name, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
    );
    const relations = numbers.map((n) => relation(`rId${n}`, 'worksheet', `worksheets/sheet${n}.xml`));
    const parts = numbers.map((n) => override(`/xl/worksheets/sheet${n}.xml`, `${PART}.worksheet+xml`));
    const document = (text: string): string[] => [XML + text];
    await this.#zip.add(
      'xl/workbook.xml',
      document(
        `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets>` +
          `<definedNames>${this.#headerRows()}</definedNames></workbook>`,
      ),
    );
    await this.#zip.add('xl/styles.xml', document(stylesXml()));
    await this.#zip.add(
      'xl/_rels/workbook.xml.rels',
      document(relationships([...relations, relation('rIdStyles', 'styles', 'styles.xml')])),
    );
    await this.#zip.add(
      '_rels/.rels',
      document(relationships([relation('rId1', 'officeDocument', 'xl/workbook.xml')])),
    );
    await this.#zip.add(
      '[Content_Types].xml',
      document(
        `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
          `<Default Extension="xml" ContentType="application/xml"/>${override('/xl/workbook.xml', `${PART}.sheet.main+xml`)}` +
          `${override('/xl/styles.xml', `${PART}.styles+xml`)}${parts.join('')}</Types>`,
      ),
    );
    await this.#zip.end();
  }

  /** The header stands on every printed page of a table; "About", the last sheet, has none. */
  #headerRows(): string {
    const name = (sheet: string, i: number): string =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">'${escapeXml(sheet)}'!$1:$1</definedName>`;
    return this.#sheets.slice(0, -1).map(name).join('');
  }

  async #add(title: string, text: Iterable<string> | AsyncIterable<string>): Promise<void> {
    this.#sheets.push(sheetName(title, this.#sheets));
    await this.#zip.add(`xl/worksheets/sheet${this.#sheets.length}.xml`, text);
  }
}

const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
const relationships = (relations: readonly string[]): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`;
const override = (part: string, type: string): string =>
  `<Override PartName="${part}" ContentType="${type}"/>`;

/** Excel takes 31 characters, none of `[]:*?/\`, and no name twice. */
function sheetName(title: string, taken: readonly string[]): string {
  const name = wholeWords(title.replace(/[[\]:*?/\\']/g, ' ').trim(), 31) || 'Sheet';
  const isTaken = (one: string): boolean => taken.some((other) => other.toLowerCase() === one.toLowerCase());
  let number = 1;
  let unique = name;
  while (isTaken(unique)) unique = `${name.slice(0, 25)} (${++number})`;
  return unique;
}

const wholeWords = (text: string, length: number): string =>
  text.length <= length
    ? text
    : text
        .slice(0, length + 1)
        .replace(/\s+\S*$/, '')
        .slice(0, length);

/** The word "Total" stands in the first column whose total says nothing. */
function totalsRow(columns: readonly Column[], totals: Row, { word }: Labels): Row {
  const free = columns.find(({ key, type }) => type === 'text' && (totals[key] ?? null) === null);
  return free === undefined ? totals : { ...totals, [free.key]: word('total') };
}

const WIDTHS: Partial<Record<Column['type'], number>> = {
  time: 20,
  date: 12,
  seconds: 11,
  count: 10,
  ratio: 10,
};

/** Widths by type, for text by what the first page holds. */
function columnsFor(
  columns: readonly Column[],
  { label, value }: Labels,
  sample: readonly Row[],
): SheetColumn[] {
  return columns.map((column) => {
    const { key, type, unit } = column;
    const title = label(column.label);
    const longest = sample.reduce((width, row) => {
      const cell = row[key];
      return typeof cell === 'string' ? Math.max(width, value(key, cell).length) : width;
    }, 0);
    const width = WIDTHS[type] ?? Math.min(50, Math.max(10, longest + 2));
    return {
      ...{ key, type, unit, title },
      width: Math.max(width, Math.min(24, longestWord(title) + 4)),
      valueText: type === 'text' && hasWords(key) ? (code: string): string => value(key, code) : null,
    };
  });
}

const longestWord = (text: string): number => Math.max(...text.split(' ').map((word) => word.length));

function asyncIterator<T>(items: Iterable<T> | AsyncIterable<T>): AsyncIterator<T, void> {
  return (async function* () {
    yield* items;
  })();
}
