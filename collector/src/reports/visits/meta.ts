/** What stands above every report of visits. In: request, scope. Out: `ReportMeta` with the completeness of the range. */
import type { Kysely } from 'kysely';
import type { Database } from '../../storage/schema.js';
import { hoursMeta, hoursNotes } from '../business-hours.js';
import { completenessOf } from '../completeness.js';
import type { ReportRequest } from '../request.js';
import type { Scope } from '../scope.js';
import type { ReportMeta } from '../table.js';

export const metaOf = async (
  db: Kysely<Database>,
  report: string,
  request: ReportRequest,
  scope: Scope,
  notes: readonly string[] = [],
): Promise<ReportMeta> => ({
  report,
  from: request.zone.iso(request.fromMs),
  to: request.zone.iso(request.toMs),
  tz: request.zone.name,
  granularity: request.granularity,
  completeness: await completenessOf(db, scope, request),
  ...hoursMeta(scope),
  notes: [...notes, ...hoursNotes(scope, request)],
});

/** Note of reports whose numbers belong to queues only. */
export const agentsIgnored = ({ agents }: ReportRequest): string[] =>
  agents === null ? [] : ['This report is not limited to agents; that filter was left out.'];
