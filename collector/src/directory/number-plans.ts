/**
 * How national numbers are written where a tenant is, so that two spellings of a number are one caller (reports/visits).
 *
 * In: the plans of the configuration. Out: the plan of a tenant: its own, else the site's. What must hold: they stand in the
 * database, so that everything that makes reports (threads, commands) takes the same one.
 */
import type { Kysely } from 'kysely';
import type { Database, NumberPlanTable } from '../storage/schema.js';

/** Tenant of the plan that holds for all without one of their own. */
export const SITE = '';

/** Makes the plans those of the configuration. */
export async function syncNumberPlans(
  db: Kysely<Database>,
  plans: readonly NumberPlanTable[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('numberPlan').execute();
    if (plans.length > 0) await trx.insertInto('numberPlan').values(plans).execute();
  });
}

/** @returns null where national numbers are not said */
export async function numberPlanOf(
  db: Kysely<Database>,
  tenantId: number,
): Promise<Omit<NumberPlanTable, 'tenant'> | null> {
  const plan = await db
    .selectFrom('numberPlan')
    .leftJoin('tenant', 'tenant.name', 'numberPlan.tenant')
    .select(['numberPlan.countryCode', 'numberPlan.nationalDigits'])
    .where((eb) => eb.or([eb('numberPlan.tenant', '=', SITE), eb('tenant.id', '=', tenantId)]))
    // '' comes before every name: the tenant's own plan is the last one.
    .orderBy('numberPlan.tenant', 'desc')
    .limit(1)
    .executeTakeFirst();
  return plan ?? null;
}
