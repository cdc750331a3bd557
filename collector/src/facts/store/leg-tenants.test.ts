/** Call records of two tenants on one PBX, over what a real Asterisk did (trace small60). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { collect, project } from '../../../test/support/pipeline.js';
import { asteriskDriver } from '../../pbx/asterisk/driver.js';
import type { RawMessage } from '../../pbx/dialect.js';
import { loadScope } from '../../reports/scope.js';
import { legTenants } from '../../storage/migrations/leg-tenants.js';

const folder = fileURLToPath(new URL('../../../test/traces/small60/', import.meta.url));
const file = (name: string): string => path.join(folder, name);
const quiet = { onProgress: () => undefined, onTrouble: () => undefined };
const log = (): Promise<RawMessage[]> =>
  collect(asteriskDriver.importLog({ pbx: 'lab', files: [file('queue_log')], ...quiet }));
const records = (): Promise<RawMessage[]> =>
  collect(asteriskDriver.importCdr({ pbx: 'lab', files: [file('cdr.csv.gz')], ...quiet }));

const ACME = 2;
const OTHERS = 3;

let test: TestDatabase;
beforeEach(async () => {
  test = await testDatabase();
  await test.db
    .insertInto('tenant')
    .values([
      { id: ACME, name: 'acme' },
      { id: OTHERS, name: 'others' },
    ])
    .execute();
});
afterEach(() => test.drop());

const rules = (...queues: [string, number][]): Promise<unknown> =>
  test.db
    .insertInto('tenantRule')
    .values(
      queues.map(([queuePattern, tenantId], position) => ({
        position,
        pbxPattern: 'l?b',
        queuePattern,
        tenantId,
      })),
    )
    .execute();

/** Records per tenant, and how many the calls that entered sales first have, by hand-written SQL. */
async function counted(): Promise<{ tenants: Record<string, number>; sales: number; all: number }> {
  const rows = async <T>(text: string): Promise<T[]> =>
    (await sql.raw<T>(text).execute(test.db.withoutPlugins())).rows;
  const perTenant = await rows<{ tenant: number; legs: number }>(
    'select tenant_id as tenant, count(*) as legs from leg group by tenant_id',
  );
  const [sales] = await rows<{ legs: number }>(`select count(*) as legs from leg where linked_id in (
    select own.linked_id from leg own join contact c on c.pbx_id = own.pbx_id and c.call_id = own.leg_id
      join visit v on v.contact_id = c.id and v.seq = 0 join queue q on q.id = v.queue_id where q.name = 'sales')`);
  const [all] = await rows<{ legs: number }>('select count(*) as legs from leg');
  return {
    tenants: Object.fromEntries(perTenant.map(({ tenant, legs }) => [tenant, Number(legs)])),
    sales: Number(sales?.legs),
    all: Number(all?.legs),
  };
}

describe('a call record', () => {
  it.each([
    ['log first', async () => [...(await log()), ...(await records())]],
    ['records first', async () => [...(await records()), ...(await log())]],
  ])('belongs to the tenant of the queue its call entered first (%s)', async (_order, messages) => {
    await rules(['sales', ACME], ['*', OTHERS]);
    await project(test.db, await messages());
    const { tenants, sales, all } = await counted();
    expect(sales).toBeGreaterThan(5);
    expect(tenants).toEqual({ [ACME]: sales, [OTHERS]: all - sales });
  });

  it('is the default tenant’s where no rule says otherwise', async () => {
    await project(test.db, [...(await log()), ...(await records())]);
    const { tenants, all } = await counted();
    expect(tenants).toEqual({ 1: all });
  });

  it('of before is given its tenant by the migration', async () => {
    await rules(['sales', ACME], ['*', OTHERS]);
    await project(test.db, [...(await log()), ...(await records())]);
    const { tenants } = await counted();
    await test.db.updateTable('leg').set({ tenantId: 1 }).execute();
    // A server guesses badly about tables that were empty a second ago; those of a site are known to it.
    await sql`analyze table leg, contact, visit`.execute(test.db);
    for (const step of Object.values(legTenants)) await step.up(test.db);
    expect((await counted()).tenants).toEqual(tenants);
  });

  it('makes its PBX known to a tenant without a queue there', async () => {
    await rules(['*', OTHERS]);
    await project(test.db, await records());
    const scope = { queues: null, agents: null, pbxs: ['lab'] };
    expect((await loadScope(test.db, { tenantId: OTHERS, ...scope })).pbxs).toMatchObject([{ name: 'lab' }]);
    await expect(loadScope(test.db, { tenantId: ACME, ...scope })).rejects.toThrow('pbx: "lab" is not known');
  });
});
