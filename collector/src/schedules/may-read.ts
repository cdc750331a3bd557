/** Which reports somebody reads, and by what he filters them. */
import type { Masking, Viewer } from '../directory/masking.js';
import { atLeast } from '../directory/tokens.js';
import type { Params } from '../reports/params.js';
import type { ReportDefinition } from '../reports/report.js';

/** @returns false too for filters by callers of somebody who does not see their numbers: they would tell digit by digit */
export const mayRead = (
  { access, params: known }: ReportDefinition,
  params: Params,
  viewer: Viewer,
  masking: Pick<Masking, 'modeOf'>,
): boolean =>
  atLeast(viewer.role, access) &&
  (masking.modeOf(viewer) === 'none' ||
    !known.some(({ name, needsNumbers }) => needsNumbers && params[name] !== undefined));
