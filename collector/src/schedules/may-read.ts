/** Which reports a role reads, and by what it filters them. */
import { atLeast, type Role } from '../directory/tokens.js';
import type { Params } from '../reports/params.js';
import type { ReportDefinition } from '../reports/report.js';

/** Callers' numbers are shown to it (DOMAIN.md §5.15); else they are masked. */
export const seesNumbers = (role: Role): boolean => atLeast(role, 'editor');

/** Whether the role may have this report with these filters: who does not see numbers cannot filter by them. */
export const mayRead = ({ access, params: known }: ReportDefinition, params: Params, role: Role): boolean =>
  atLeast(role, access) &&
  (seesNumbers(role) || !known.some(({ name, needsNumbers }) => needsNumbers && params[name] !== undefined));
