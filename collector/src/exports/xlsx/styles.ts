/** Number formats and styles of a workbook. In: a column. Out: the index of its style, and the part that defines them. */
import type { Column } from '../../reports/table.js';

const FORMATS = [
  'General',
  '#,##0',
  '0.0%',
  '+0.0%;-0.0%;0.0%',
  '[h]:mm:ss',
  'yyyy-mm-dd hh:mm:ss',
  'yyyy-mm-dd',
  '0.00',
  '#,##0.00',
  '@',
] as const;
type NumberFormat = (typeof FORMATS)[number];

export function formatOf({ type, unit }: Pick<Column, 'type' | 'unit'>): NumberFormat {
  switch (type) {
    case 'count':
      return '#,##0';
    case 'ratio':
      return unit === 'points' ? '+0.0%;-0.0%;0.0%' : '0.0%';
    case 'seconds':
      return '[h]:mm:ss';
    case 'time':
      return 'yyyy-mm-dd hh:mm:ss';
    case 'date':
      return 'yyyy-mm-dd';
    case 'money':
      return '#,##0.00';
    case 'number':
      return unit === null ? 'General' : '0.00';
    case 'text':
    case 'reasons':
      return '@';
  }
}

export const HEADER_STYLE = FORMATS.length * 2;
export const WRAP_STYLE = HEADER_STYLE + 1;

/** @param bold of totals */
export const styleOf = (format: NumberFormat, bold: boolean): number =>
  FORMATS.indexOf(format) * 2 + (bold ? 1 : 0);

/** Custom formats begin here; what is below is Excel's own. */
const FIRST_CUSTOM = 164;

export function stylesXml(): string {
  const formats = FORMATS.map(
    (code, i) => `<numFmt numFmtId="${FIRST_CUSTOM + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
  );
  const pairs = FORMATS.flatMap((_, i) => [xf(FIRST_CUSTOM + i, 0), xf(FIRST_CUSTOM + i, 1)]);
  const header = `<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`;
  const wrapped = `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>`;
  return (
    `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
    `<numFmts count="${formats.length}">${formats.join('')}</numFmts>` +
    `<fonts count="2"><font><sz val="10"/><name val="Arial"/></font><font><b/><sz val="10"/><name val="Arial"/></font></fonts>` +
    `<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
    `<fill><patternFill patternType="solid"><fgColor rgb="FFE6ECF2"/><bgColor indexed="64"/></patternFill></fill></fills>` +
    `<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
    `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
    `<cellXfs count="${pairs.length + 2}">${pairs.join('')}${header}${wrapped}</cellXfs>` +
    `<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
  );
}

const xf = (format: number, font: number): string =>
  `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${font ? ' applyFont="1"' : ''}/>`;
