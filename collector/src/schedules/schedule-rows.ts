/** Schedules and runs between the database's rows and the types of schedule.ts. */
import type { Kysely, Selectable } from 'kysely';
import type { Database, ScheduleRunTable, ScheduleTable } from '../storage/schema.js';
import type { Schedule, ScheduleRun, ScheduleSpec, SentFile } from './schedule.js';

/** What stands in the column `spec`. */
type StoredSpec = Omit<ScheduleSpec, 'name' | 'savedReportId' | 'cron' | 'tz'>;

export const selectSchedules = (db: Kysely<Database>) =>
  db
    .selectFrom('schedule')
    .innerJoin('tenant', 'tenant.id', 'schedule.tenantId')
    .leftJoin('token', 'token.id', 'schedule.ownerTokenId')
    .selectAll('schedule')
    .select(['tenant.name as tenant', 'token.name as ownerToken', 'token.revokedAt as ownerRevokedAt']);

type ScheduleRow = Selectable<ScheduleTable> & {
  tenant: string;
  ownerToken: string | null;
  ownerRevokedAt: number | null;
};

export function scheduleOf(row: ScheduleRow): Schedule {
  const {
    ownerLogin,
    ownerTokenId,
    ownerRevokedAt,
    zone,
    spec,
    paused,
    sealedSecret,
    webhookSecret,
    ...same
  } = row;
  return {
    ...same,
    ...(JSON.parse(spec) as StoredSpec),
    tz: zone,
    owner: { login: ownerLogin, tokenId: ownerTokenId },
    // A user outlives the token he came with.
    isOwnerGone: ownerLogin === null && (ownerRevokedAt !== null || row.ownerToken === null),
    paused: paused === 1,
    hasSecret: sealedSecret !== null || webhookSecret !== null,
  };
}

export function scheduleColumns({ name, savedReportId, cron, tz, ...rest }: ScheduleSpec) {
  const { formats, lang, paper, orientation, subject, text, condition, delivery } = rest;
  const spec: StoredSpec = { formats, lang, paper, orientation, subject, text, condition, delivery };
  return { name: name.trim(), savedReportId, cron: cron.trim(), zone: tz, spec: JSON.stringify(spec) };
}

export const runOf = ({
  leaseOwner: _leaseOwner,
  leaseUntil: _leaseUntil,
  files,
  deliveredTo,
  ...row
}: Selectable<ScheduleRunTable>): ScheduleRun => ({
  ...row,
  files: JSON.parse(files) as SentFile[],
  deliveredTo: JSON.parse(deliveredTo) as string[],
});
