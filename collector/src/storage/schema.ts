/**
 * The tables, as TypeScript: what migrations/ creates and every query is typed against.
 *
 * What must hold: times are UTC milliseconds (`…At`, BIGINT) unless the name says otherwise; `…Seconds` are whole
 * seconds as the PBX states them, `…Ms` are measured between events (DECISIONS.md 3, 10). Columns are snake_case in
 * MySQL and camelCase here (Kysely's CamelCasePlugin). Nothing but `facts/` writes facts and nothing but `rollups/`
 * writes rollups.
 */
import type { ColumnType, Generated } from 'kysely';
import type { OfferResult, TransferKind, UnansweredOutcome } from '../pbx/event.js';

/** Exclusive outcomes of a visit (DECISIONS.md 5). */
export type Outcome = 'waiting' | 'answered' | UnansweredOutcome | 'interrupted';

export type EnteredAtSource = 'log' | 'stream' | 'received' | 'listed' | 'estimated';

export interface TenantTable {
  id: Generated<number>;
  name: string;
}

/** How national numbers are written, as configured; tenant '': at the site. */
export interface NumberPlanTable {
  tenant: string;
  countryCode: string;
  nationalDigits: number;
}

/** Which tenant a queue belongs to: first rule (by position) whose patterns (`*`, `?`) match wins. */
export interface TenantRuleTable {
  id: Generated<number>;
  position: number;
  pbxPattern: string;
  queuePattern: string;
  tenantId: number;
}

export interface PbxTable {
  id: Generated<number>;
  name: string;
  dialect: string;
  /** Until when (UTC ms) the PBX's own log / event stream is known; open intervals end here, never at now. */
  logUntil: number | null;
  streamUntil: number | null;
}

export interface QueueTable {
  id: Generated<number>;
  pbxId: number;
  tenantId: number;
  name: string;
  displayName: string | null;
}

/** One agent as one tenant sees it. */
export interface AgentTable {
  id: Generated<number>;
  pbxId: number;
  tenantId: number;
  name: string;
  displayName: string | null;
}

/** From `fromAt` on, `interface` belongs to the agent `agentName` (DECISIONS.md 8). */
export interface AgentAliasTable {
  pbxId: number;
  interface: string;
  agentName: string;
  fromAt: number;
  /** 1: set by a user or an import; wins over what was learned from the PBX. */
  manual: number;
}

/** One caller channel: all its visits together are what a customer lived through. */
export interface ContactTable {
  id: Generated<number>;
  pbxId: number;
  callId: string;
  linkedId: string | null;
  channel: string | null;
  callerNumber: string | null;
  callerName: string | null;
  did: string | null;
  startedAt: number | null;
  endedAt: number | null;
  /** First entry into any queue. */
  firstEnteredAt: number | null;
  /** CallEvent[] as JSON, deflated: the evidence all of this call's facts are derived from. */
  evidence: Buffer;
}

/** One entry into one queue: the unit of every queue report. */
export interface VisitTable {
  id: Generated<number>;
  contactId: number;
  /** 0-based order within the contact. */
  seq: number;
  pbxId: number;
  tenantId: number;
  queueId: number;
  /** Who answered. */
  agentId: number | null;
  enteredAt: number;
  enteredAtSource: EnteredAtSource;
  /** 1 for the first visit of this contact in this queue: Σ = contacts of the queue. */
  firstInQueue: number;
  outcome: Outcome;
  outcomeCertainty: 'stated' | 'assumed';
  waitSeconds: number | null;
  waitMs: number | null;
  ringSeconds: number | null;
  ringMs: number | null;
  answeredAt: number | null;
  talkSeconds: number | null;
  /** From connect to the end the PBX reports. */
  talkMs: number | null;
  /** From connect to the real end of the agent's part. */
  agentTalkMs: number | null;
  holdMs: number | null;
  holdCount: number;
  wrapUpMs: number | null;
  /** When the visit was over (left the queue unanswered, or the talk ended); null while open. */
  endedAt: number | null;
  endReason: 'left' | 'completed' | 'transferred' | 'restart' | 'gap' | null;
  endedBy: 'agent' | 'caller' | 'transfer' | 'unknown' | null;
  transferKind: TransferKind | null;
  transferTo: string | null;
  /** Transfers that really happened (the queue may not have noticed). */
  transfersSeen: number;
  position: number | null;
  leftPosition: number | null;
  exitKey: string | null;
  /** Offers made, known ones. */
  attempts: number;
  agentDumps: number;
  /** 1: a caller the queue gave up on talked all the same (FreeSWITCH, DECISIONS.md 12). */
  talkedAfterAll: number;
  recording: string | null;
  /** 1: the PBX's own log states how it ended. */
  logFinal: number;
}

/** What a visit was about: wrap-up codes, topics. A visit may have several. */
export interface VisitTagTable {
  contactId: number;
  visitSeq: number;
  tag: string;
  tenantId: number;
  /** The visit's entry. */
  enteredAt: number;
}

/** One ringing of one agent for one visit. */
export interface OfferTable {
  id: Generated<number>;
  contactId: number;
  visitSeq: number;
  seq: number;
  pbxId: number;
  tenantId: number;
  queueId: number;
  agentId: number;
  /** The visit's entry: offers count in the bucket of their visit. */
  enteredAt: number;
  offeredAt: number | null;
  endedAt: number | null;
  /** null while ringing, and where nobody said what became of it. */
  result: OfferResult | null;
  ringMs: number | null;
  /** 1: the event stream showed the offer itself (only then can offers be counted). */
  seen: number;
}

/**
 * One stretch of an agent's time. `login` and `pause` are per queue; `inUse` (phone busy, whatever the call),
 * `unavailable` (phone unreachable) and `hold` are not bound to membership.
 */
export interface AgentIntervalTable {
  id: Generated<number>;
  pbxId: number;
  agentId: number;
  queueId: number | null;
  kind: 'login' | 'pause' | 'inUse' | 'unavailable' | 'hold';
  /** Of a pause its reason, of a login, `inUse` and `unavailable` the interface; '' elsewhere. */
  reason: string;
  fromAt: number;
  /** `OPEN_END` while it lasts. */
  toAt: number;
  contactId: number | null;
}

/** `toAt` of an interval that still lasts. */
export const OPEN_END = 9_000_000_000_000_000;

/** Evidence about members: one row per MemberEvent. */
export interface MemberEvidenceTable {
  pbxId: number;
  member: string;
  /** '' for device states. */
  queue: string;
  atUs: number;
  eventId: string;
  event: string;
}

/** Evidence about a PBX as a whole: restarts, listings, links up and down. */
export interface PbxEvidenceTable {
  pbxId: number;
  kind: string;
  atUs: number;
  eventId: string;
  event: string;
}

/** One call record (CDR). */
export interface LegTable {
  id: Generated<number>;
  pbxId: number;
  tenantId: number;
  legId: string;
  sequence: number;
  linkedId: string;
  direction: 'inbound' | 'outbound' | 'internal' | 'unknown';
  channel: string;
  destinationChannel: string;
  callerNumber: string;
  callerName: string;
  destination: string;
  context: string;
  lastApp: string;
  lastData: string;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number;
  durationSeconds: number;
  billSeconds: number;
  disposition: string;
  accountCode: string;
  userField: string;
}

/** A time in which a source was not heard. `toAt` null: still deaf. */
export interface GapTable {
  id: Generated<number>;
  pbxId: number;
  source: string;
  fromAt: number;
  toAt: number | null;
  reason: string;
}

/** Counts and sums of visits by bucket of entry (queue_15m, queue_day; joined with who answered in queue_agent_*). */
export interface QueueSums {
  entered: number;
  answered: number;
  abandoned: number;
  timedOut: number;
  exitedByKey: number;
  exitedEmpty: number;
  withdrawn: number;
  pulledOut: number;
  canceledAtConnect: number;
  interrupted: number;
  waiting: number;
  /** Visits that are the contact's first at all / first in this queue. */
  contactsFirst: number;
  contactsInQueue: number;
  waitAnsweredSeconds: number;
  waitAnsweredMaxSeconds: number;
  waitAbandonedSeconds: number;
  waitAbandonedMaxSeconds: number;
  /** All outcomes but answered. */
  waitUnansweredSeconds: number;
  waitUnansweredMaxSeconds: number;
  ringSeconds: number;
  talkSeconds: number;
  talkMaxSeconds: number;
  /** Measured. */
  waitMs: number;
  talkMs: number;
  agentTalkMs: number;
  holdMs: number;
  holdCount: number;
  wrapUpMs: number;
  completedByAgent: number;
  completedByCaller: number;
  blindTransfers: number;
  attendedTransfers: number;
  transfersSeen: number;
  agentDumps: number;
  talkedAfterAll: number;
  positionSum: number;
  positionCount: number;
  positionMax: number;
  attempts: number;
  /** Offers the event stream showed. */
  offered: number;
  ringNoAnswers: number;
  ringNoAnswerMs: number;
  ringCanceled: number;
  lostRace: number;
  busy: number;
  rejected: number;
  offerUnavailable: number;
}

/** One-second histograms of stated waits: see rollups/histogram.ts. Null = empty. */
export interface WaitHistograms {
  waitsAnswered: Buffer | null;
  waitsAbandoned: Buffer | null;
  /** Every other way out (timed out, key, empty, withdrawn, pulled out, cancelled, interrupted). */
  waitsOther: Buffer | null;
}

export interface QueueRollup15mTable extends QueueSums, WaitHistograms {
  /** Start of the 15 minutes, UTC ms. */
  bucketAt: number;
  queueId: number;
}

export interface QueueRollupDayTable extends QueueSums, WaitHistograms {
  /** IANA zone, index into zone table. */
  zoneId: number;
  /** Start of the local day, UTC ms. */
  bucketAt: number;
  queueId: number;
}

/** What one agent did with offers and calls, by bucket of the visit's entry. */
export interface AgentCallSums {
  answered: number;
  talkSeconds: number;
  talkMaxSeconds: number;
  waitAnsweredSeconds: number;
  ringSeconds: number;
  completedByAgent: number;
  completedByCaller: number;
  blindTransfers: number;
  attendedTransfers: number;
  transfersSeen: number;
  agentDumps: number;
  offered: number;
  ringNoAnswers: number;
  ringNoAnswerMs: number;
  ringCanceled: number;
  lostRace: number;
  busy: number;
  rejected: number;
  offerUnavailable: number;
  holdCount: number;
}

/** How one agent spent the bucket: durations split at bucket edges, ms. */
export interface AgentTimeSums {
  loginMs: number;
  /** Paused in at least one queue (union) / in all member queues. */
  pauseMs: number;
  fullyPausedMs: number;
  ringMs: number;
  talkMs: number;
  holdMs: number;
  wrapUpMs: number;
  otherCallMs: number;
  unavailableMs: number;
  readyMs: number;
  /** JSON object reason → ms (union over queues). */
  pauseByReason: string;
}

export interface AgentRollup15mTable extends AgentCallSums, AgentTimeSums {
  bucketAt: number;
  agentId: number;
}

export interface AgentRollupDayTable extends AgentCallSums, AgentTimeSums {
  zoneId: number;
  bucketAt: number;
  agentId: number;
}

/** Per queue × agent: calls, and login/pause in that queue only. */
export interface QueueAgentSums extends AgentCallSums {
  loginMs: number;
  pauseMs: number;
  talkMs: number;
  pauseByReason: string;
}

export interface QueueAgentRollup15mTable extends QueueAgentSums {
  bucketAt: number;
  queueId: number;
  agentId: number;
}

export interface QueueAgentRollupDayTable extends QueueAgentSums {
  zoneId: number;
  bucketAt: number;
  queueId: number;
  agentId: number;
}

/** Zones day rows exist for. */
export interface ZoneTable {
  id: Generated<number>;
  name: string;
}

/** A bucket whose facts changed: recomputed, then removed. */
export interface DirtyBucketTable {
  kind: 'queue' | 'agent';
  entityId: number;
  bucketAt: number;
  /** Raised with every new change, so that a recomputation removes only what it saw. */
  version: Generated<number>;
}

/** How far each PBX was known when rollup rows were last computed: where they end what is open. */
export interface RollupHorizonTable {
  pbxId: number;
  logUntil: number | null;
  streamUntil: number | null;
}

/** Where a journal's projector stands. */
export interface ProjectionTable {
  journal: string;
  /** Journal sequence number up to which everything is projected. */
  position: number;
  /** `Projection.snapshot()` of each PBX at that moment: JSON object by PBX name, deflated. */
  state: Buffer | null;
}

/** A message that could not be understood or projected (DESIGN.md §1.2). */
export interface FailedMessageTable {
  id: Generated<number>;
  journal: string;
  seq: number;
  pbx: string;
  source: string;
  connection: string;
  ordinal: number;
  receivedUs: number;
  status: 'failed' | 'resolved' | 'skipped';
  attempts: number;
  lastError: string;
  firstAt: number;
  lastAt: number;
  message: Buffer;
}

export interface TokenTable {
  id: Generated<number>;
  name: string;
  /** SHA-256 of the token, hex. */
  hash: string;
  role: 'viewer' | 'editor' | 'admin';
  tenantId: number;
  /** 1: whoever has it may say for which user he asks (api/users.ts). */
  actsForUsers: Generated<number>;
  createdAt: number;
  lastUsedAt: ColumnType<number | null, number | null | undefined, number | null>;
  revokedAt: ColumnType<number | null, number | null | undefined, number | null>;
}

/** Which tenant's rows a read-only database user sees in the views; null: every tenant's. */
export interface ViewUserTable {
  user: string;
  tenantId: number | null;
}

/**
 * What a queue, an agent or (as default for its queues) a tenant is said to be, from `fromAt` on. A manual value wins
 * over a learned one where it holds; null: nothing is said from then on (directory/dated.ts).
 */
export interface DirectoryValueTable {
  entity: 'tenant' | 'queue' | 'agent';
  entityId: number;
  field: 'name' | 'team' | 'target' | 'hours';
  origin: 'manual' | 'learned';
  /** 0: always. */
  fromAt: number;
  value: string | null;
}

/** A day on which other hours hold. */
export interface HolidayTable {
  id: Generated<number>;
  tenantId: number;
  /** 0: all queues of the tenant. */
  queueId: number;
  /** Local date, `2026-12-25`. */
  date: string;
  name: string;
  /** Spans as JSON; null: closed. */
  hours: string | null;
}

/** Who changed what of directory and payouts. Rows are only ever added. */
export interface ChangeLogTable {
  id: Generated<number>;
  tenantId: number;
  at: number;
  /** Null: the collector itself. */
  tokenId: number | null;
  /** The user the token acted for. */
  login: ColumnType<string | null, string | null | undefined, string | null>;
  kind: string;
  subject: string;
  action: string;
  oldValue: string | null;
  newValue: string | null;
}

/** Raised with every change of aliases by users, so that a running projector reads them anew. */
export interface AliasVersionTable {
  pbxId: number;
  version: number;
}

/** Pay per minute of talk from `fromAt` on. */
export interface PayoutRateTable {
  id: Generated<number>;
  tenantId: number;
  /** 0: the default of all agents. */
  agentId: number;
  fromAt: number;
  /** Decimal text; null: none of his own from then on. */
  rate: string | null;
  currency: string | null;
}

export interface PayoutPeriodTable {
  id: Generated<number>;
  tenantId: number;
  name: string;
  fromAt: number;
  toAt: number;
  zone: string;
  currency: string;
  basis: 'reported' | 'measured';
  rounding: 'call' | 'total';
  minimumTalkSeconds: number;
  status: 'open' | 'locked';
  createdAt: number;
  lockedAt: number | null;
}

/** A call of a locked period, as it was paid. */
export interface PayoutLineTable {
  periodId: number;
  enteredAt: number;
  visitId: number;
  agentId: number;
  queueId: number;
  reportedMs: number | null;
  measuredMs: number | null;
  rate: string | null;
  currency: string | null;
  status: 'paid' | 'belowMinimum' | 'talkUnknown' | 'noRate' | 'otherCurrency';
}

/** What queues and agents of a locked period were called. */
export interface PayoutNameTable {
  periodId: number;
  entity: 'queue' | 'agent';
  entityId: number;
  pbx: string;
  name: string;
  displayName: string;
}

export interface PayoutAdjustmentTable {
  id: Generated<number>;
  tenantId: number;
  periodId: number;
  agentId: number;
  /** In the minor unit of the period's currency. */
  amountMinor: number;
  reason: string;
  /** The locked period whose late data it pays. */
  aboutPeriodId: number | null;
  createdAt: number;
}

/** Who took what out of the system: exports made and downloaded. Rows are only ever added. */
export interface AuditTable {
  id: Generated<number>;
  at: number;
  tenantId: number;
  /** Null: the collector itself. */
  tokenId: number | null;
  /** The user the token acted for. */
  login: ColumnType<string | null, string | null | undefined, string | null>;
  action: string;
  /** What it was done to, as `visit 17`; null where nobody asks by it. */
  subject: ColumnType<string | null, string | null | undefined, string | null>;
  /** JSON. */
  detail: string;
}

/** A connection to a PBX that users added (connections/). */
export interface PbxConnectionTable {
  name: string;
  /** As users wrote it, without secrets: JSON. */
  settings: string;
  /** Sealed. */
  secrets: string;
  changedAt: number;
}

/** What a user prefers, as JSON (directory/preferences.ts). */
export interface PreferenceTable {
  tenantId: number;
  /** `user LOGIN`, or `token ID`. */
  owner: string;
  value: string;
}

/** A file made of a report, or to be made. */
export interface ExportJobTable {
  id: Generated<number>;
  /** The collector in whose data folder the file is. */
  owner: string;
  tenantId: number;
  tokenId: number | null;
  /** The user the token acted for. */
  login: ColumnType<string | null, string | null | undefined, string | null>;
  /** `ExportSpec` as JSON. */
  spec: string;
  report: string;
  format: 'json' | 'csv' | 'xlsx' | 'pdf';
  state: 'queued' | 'running' | 'done' | 'failed' | 'canceled' | 'expired';
  /** How often it was started. */
  attempts: number;
  rowsDone: number;
  rowsTotal: number | null;
  bytes: number | null;
  /** `Contents` as JSON. */
  contents: string | null;
  error: string | null;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  expiresAt: number | null;
}

/** A report with filters and a range that moves with the calendar: a preset of the app, and what schedules send. */
export interface SavedReportTable {
  id: Generated<number>;
  tenantId: number;
  ownerTokenId: number | null;
  /** The user the token acted for; null: the token is the owner itself. */
  ownerLogin: string | null;
  name: string;
  report: string;
  /** JSON, without range and zone. */
  params: string;
  /** As `last-week`. */
  relativeRange: string;
  zone: string;
  /** 1: everybody of the tenant sees it. */
  shared: number;
  createdAt: number;
  updatedAt: number;
}

/** A saved report that is sent by itself. */
export interface ScheduleTable {
  id: Generated<number>;
  tenantId: number;
  ownerTokenId: number | null;
  ownerLogin: string | null;
  /** Of the owner when it was made: decides what its runs may read and show. */
  ownerRole: 'viewer' | 'editor' | 'admin';
  name: string;
  savedReportId: number;
  cron: string;
  zone: string;
  /** JSON: formats, texts, condition, delivery. */
  spec: string;
  /** Signs what a webhook gets; shown nowhere. */
  /** In the clear, of before secrets were sealed. */
  webhookSecret: Generated<string | null>;
  sealedSecret: string | null;
  paused: number;
  /** Null: paused, or the expression never comes again. */
  nextRunAt: number | null;
  createdAt: number;
  updatedAt: number;
}

/** One run of a schedule, from when it was due to its delivery. */
export interface ScheduleRunTable {
  id: Generated<number>;
  scheduleId: number;
  tenantId: number;
  origin: 'cron' | 'manual';
  dueAt: number;
  state: 'waiting' | 'running' | 'delivered' | 'skipped' | 'failed';
  attempts: number;
  nextAttemptAt: number;
  /** The collector that works on it, and until when that holds unless it says more. */
  leaseOwner: string | null;
  leaseUntil: number | null;
  fromAt: number | null;
  toAt: number | null;
  /** Of the last attempt. */
  startedAt: number | null;
  finishedAt: number | null;
  durationMs: number | null;
  rowTotal: number | null;
  bytes: number | null;
  /** JSON: name, format, size and export of each. */
  files: string;
  /** JSON: who has it already, so that a further attempt leaves them out. */
  deliveredTo: string;
  error: string | null;
}

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
