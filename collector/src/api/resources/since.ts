/** From when on something holds, as requests say it. */
import { FieldParser, parseInstant } from '../../reports/request.js';
import { zoneOf } from '../../time/zone.js';

/**
 * @param fields collects what is wrong; without it, it is thrown at once
 * @returns UTC ms; 0: always. @throws ReportRequestError
 */
export function sinceOf(
  { from, tz }: { from?: string | undefined; tz?: string | undefined },
  fields?: FieldParser,
): number {
  const own = fields ?? new FieldParser();
  const zone = own.parse('tz', () => zoneOf(tz ?? 'UTC'), zoneOf('UTC'));
  const atMs = from === undefined ? 0 : own.parse('from', () => parseInstant(from, zone), 0);
  if (fields === undefined) own.check();
  return atMs;
}
