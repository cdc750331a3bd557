/**
 * The tables, as TypeScript: what migrations/ creates and every query is typed against.
 *
 * What must hold: times are UTC milliseconds (`…At`, BIGINT) unless the name says otherwise; `…Seconds` are whole
 * seconds as the PBX states them, `…Ms` are measured between events (DECISIONS.md 3, 10). Columns are snake_case in
 * MySQL and camelCase here (Kysely's CamelCasePlugin). Nothing but `facts/` writes facts and nothing but `rollups/`
 * writes rollups.
 */
import type {
  TenantTable,
  NumberPlanTable,
  TenantRuleTable,
  TokenTable,
  ViewUserTable,
  PbxConnectionTable,
  PreferenceTable,
  AuditTable,
} from './tables/site.js';
import type {
  PbxTable,
  QueueTable,
  AgentTable,
  AgentAliasTable,
  AliasVersionTable,
  ContactTable,
  VisitTable,
  VisitTagTable,
  OfferTable,
  AgentIntervalTable,
  MemberEvidenceTable,
  PbxEvidenceTable,
  LegTable,
  GapTable,
} from './tables/facts.js';
import type {
  QueueRollup15mTable,
  QueueRollupDayTable,
  AgentRollup15mTable,
  AgentRollupDayTable,
  QueueAgentRollup15mTable,
  QueueAgentRollupDayTable,
  ZoneTable,
  DirtyBucketTable,
  RollupHorizonTable,
} from './tables/rollups.js';
import type { ProjectionTable, FailedMessageTable } from './tables/projection.js';
import type { DirectoryValueTable, HolidayTable, ChangeLogTable } from './tables/directory.js';
import type {
  PayoutRateTable,
  PayoutPeriodTable,
  PayoutLineTable,
  PayoutNameTable,
  PayoutAdjustmentTable,
} from './tables/payouts.js';
import type { ExportJobTable, SavedReportTable, ScheduleTable, ScheduleRunTable } from './tables/reports.js';

export * from './tables/facts.js';
export type * from './tables/site.js';
export type * from './tables/rollups.js';
export type * from './tables/projection.js';
export type * from './tables/directory.js';
export type * from './tables/payouts.js';
export type * from './tables/reports.js';

export interface Database {
  tenant: TenantTable;
  numberPlan: NumberPlanTable;
  tenantRule: TenantRuleTable;
  pbx: PbxTable;
  queue: QueueTable;
  agent: AgentTable;
  agentAlias: AgentAliasTable;
  contact: ContactTable;
  visit: VisitTable;
  visitTag: VisitTagTable;
  offer: OfferTable;
  agentInterval: AgentIntervalTable;
  memberEvidence: MemberEvidenceTable;
  pbxEvidence: PbxEvidenceTable;
  leg: LegTable;
  gap: GapTable;
  zone: ZoneTable;
  queueRollup15m: QueueRollup15mTable;
  queueRollupDay: QueueRollupDayTable;
  agentRollup15m: AgentRollup15mTable;
  agentRollupDay: AgentRollupDayTable;
  queueAgentRollup15m: QueueAgentRollup15mTable;
  queueAgentRollupDay: QueueAgentRollupDayTable;
  dirtyBucket: DirtyBucketTable;
  rollupHorizon: RollupHorizonTable;
  projection: ProjectionTable;
  failedMessage: FailedMessageTable;
  token: TokenTable;
  viewUser: ViewUserTable;
  directoryValue: DirectoryValueTable;
  holiday: HolidayTable;
  changeLog: ChangeLogTable;
  aliasVersion: AliasVersionTable;
  payoutRate: PayoutRateTable;
  payoutPeriod: PayoutPeriodTable;
  payoutLine: PayoutLineTable;
  payoutName: PayoutNameTable;
  payoutAdjustment: PayoutAdjustmentTable;
  audit: AuditTable;
  preference: PreferenceTable;
  pbxConnection: PbxConnectionTable;
  exportJob: ExportJobTable;
  savedReport: SavedReportTable;
  schedule: ScheduleTable;
  scheduleRun: ScheduleRunTable;
}
