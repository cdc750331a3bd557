/** All migrations, applied in the order of their names. */
import type { Migration } from 'kysely';
import { connections } from './connections.js';
import { directory } from './directory.js';
import { directoryNames } from './directory-names.js';
import { exportTables } from './exports.js';
import { facts } from './facts.js';
import { legTenants } from './leg-tenants.js';
import { memberViews } from './member-views.js';
import { numberPlans } from './number-plans.js';
import { operation } from './operation.js';
import { payouts } from './payouts.js';
import { rollups } from './rollups.js';
import { scheduleSecrets } from './schedule-secrets.js';
import { schedules } from './schedules.js';
import { tags } from './tags.js';
import { users } from './users.js';
import { views } from './views.js';

export const migrations: Record<string, Migration> = {
  ...directory,
  ...facts,
  ...rollups,
  ...operation,
  ...views,
  ...directoryNames,
  ...payouts,
  ...exportTables,
  ...users,
  ...connections,
  ...tags,
  ...legTenants,
  ...numberPlans,
  ...schedules,
  ...memberViews,
  ...scheduleSecrets,
};
