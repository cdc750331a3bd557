/**
 * What people of the invented call center have said: the goal of the service level, the business hours, the teams of the agents,
 * the rate of pay and a payout period of the month before.
 *
 * In: a demo whose history has just been made, and its zone. Out: values of the directory, rates and a period, as a user would set them.
 * What must hold: called once, at the first start, so that what its visitor changes stays; never where real PBXs are, too.
 */
import { Directory } from '../../directory/directory.js';
import { membersAt } from '../../directory/members.js';
import { WEEKDAYS, type BusinessHours } from '../../directory/hours.js';
import type { ValueChange } from '../../directory/values.js';
import { DEFAULT_TENANT_ID } from '../../facts/store/dimensions.js';
import { Payouts } from '../../payouts/payouts.js';
import { DEFAULT_AGENT } from '../../payouts/rate-book.js';
import { zoneOf } from '../../time/zone.js';
import type { Instance } from '../instance.js';

const ACTOR = { tenantId: DEFAULT_TENANT_ID, tokenId: null };
const CURRENCY = 'UZS';
/** By PBX. */
const TEAMS: Readonly<Record<string, string>> = { demo: 'Head office', 'demo-fs': 'Branch' };

const WORKING_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

const officeHours = (zone: string): BusinessHours => ({
  zone,
  week: {
    ...Object.fromEntries(WORKING_DAYS.map((day) => [day, [['08:00', '18:00']]])),
    sat: [['09:00', '14:00']],
  },
});

const roundTheClock = (zone: string): BusinessHours => ({
  zone,
  week: Object.fromEntries(WEEKDAYS.map((day) => [day, [['00:00', '24:00']]])),
});

type Ground = Pick<Instance, 'db' | 'factSettings'> & { config: Pick<Instance['config'], 'zones'> };

/** @param siteZone IANA, in which the site keeps its hours */
export async function fillDemoDirectory(
  { db, factSettings, config }: Ground,
  siteZone: string,
  nowMs: number = Date.now(),
): Promise<void> {
  const { values } = new Directory(db, factSettings, () => nowMs);
  const goal = (entity: 'tenant' | 'queue', entityId: number, value: string): ValueChange => ({
    ...{ entity, entityId, field: 'target', fromAt: 0, value },
  });
  const hours = (entity: 'tenant' | 'queue', entityId: number, value: BusinessHours): ValueChange => ({
    ...{ entity, entityId, field: 'hours', fromAt: 0, value: JSON.stringify(value) },
  });
  const queues = await membersAt(db, DEFAULT_TENANT_ID, 'queue', nowMs);
  const agents = await membersAt(db, DEFAULT_TENANT_ID, 'agent', nowMs);
  await values.set(ACTOR, [
    goal('tenant', DEFAULT_TENANT_ID, '0.8'),
    ...queues.filter(({ name }) => name === 'vip').map(({ id }) => goal('queue', id, '0.9')),
    hours('tenant', DEFAULT_TENANT_ID, officeHours(siteZone)),
    ...queues
      .filter(({ name }) => name.startsWith('support'))
      .map(({ id }) => hours('queue', id, roundTheClock(siteZone))),
    ...agents.map(({ id, pbx }): ValueChange => ({
      ...{ entity: 'agent', entityId: id, field: 'team', fromAt: 0, value: TEAMS[pbx] ?? null },
    })),
  ]);
  await payForTalk(new Payouts(db, () => nowMs), config.zones[0], nowMs);
}

async function payForTalk({ rates, periods }: Payouts, zoneName: string, nowMs: number): Promise<void> {
  const zone = zoneOf(zoneName);
  const toMs = zone.startOfMonth(nowMs);
  const fromMs = zone.startOfMonth(toMs - 1);
  await rates.set(ACTOR, DEFAULT_AGENT, { fromAt: 0, rate: '450', currency: CURRENCY });
  await periods.create(ACTOR, {
    name: zone.iso(fromMs).slice(0, '2026-10'.length),
    ...{ fromAt: fromMs, toAt: toMs, zone: zoneName, currency: CURRENCY },
    ...{ basis: 'reported', rounding: 'call', minimumTalkSeconds: 0 },
  });
}
