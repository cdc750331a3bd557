/**
 * A schedule before it is stored: everything that is wrong with it, at once.
 *
 * In: what somebody asks for, the report it sends, where deliveries may go. Out: nothing, or one error that names every
 * field. What must hold: what passes would run today.
 */
import { nearest } from '../config/suggest.js';
import { checkName } from '../directory/check-value.js';
import type { Column } from '../reports/table.js';
import { FieldParser, TextError } from '../reports/request.js';
import { zoneOf } from '../time/zone.js';
import { isComparable } from './condition.js';
import { checkedCronTimes } from './cron.js';
import type { DeliveryPlaces } from './delivery/deliver.js';
import { folderError } from './delivery/folder.js';
import { hostError } from './delivery/webhook.js';
import { checkTemplate } from './placeholders.js';
import type { Delivery, MailDelivery, ScheduleSpec } from './schedule.js';

/** Of to, cc and bcc each. */
const MAX_RECIPIENTS = 50;
const MAX_ADDRESS = 254;
/** One plain address: no name, no list, nothing that could end a header. */
const ADDRESS = /^[^\s@<>(),;:"\\[\]\p{C}]+@(?:[^\s@<>(),;:"\\[\].\p{C}]+\.)+[^\s@<>(),;:"\\[\].\p{C}]+$/u;

export interface ScheduleSurroundings {
  places: DeliveryPlaces;
  /** Columns of the totals of its report; null: it has no totals. */
  totals: readonly Column[] | null;
  /** A secret for the webhook is given, or there is one already. */
  hasSecret: boolean;
  nowMs: number;
}

/** @throws ReportRequestError */
export function checkSchedule(spec: ScheduleSpec, around: ScheduleSurroundings): void {
  const fields = new FieldParser();
  fields.parse('name', () => checkName(spec.name), '');
  const zone = fields.parse('tz', () => zoneOf(spec.tz), zoneOf('UTC'));
  fields.parse('cron', () => checkedCronTimes(spec.cron, zone.name, around.nowMs), null);
  if (spec.formats.length === 0) fields.fail('formats', 'must have at least one');
  else if (new Set(spec.formats).size < spec.formats.length) fields.fail('formats', 'has the same one twice');
  const keys = (around.totals ?? []).map(({ key }) => key);
  for (const field of ['subject', 'text'] as const)
    fields.parse(field, () => checkTemplate(spec[field], keys), undefined);
  if (/\p{Cc}/u.test(spec.subject)) fields.fail('subject', 'is one line, without control characters');
  checkCondition(fields, spec, around.totals);
  checkDelivery(fields, spec.delivery, around);
  fields.check();
}

function checkCondition(
  fields: FieldParser,
  { condition }: ScheduleSpec,
  totals: readonly Column[] | null,
): void {
  if (condition === null) return;
  const { column: key, value } = condition;
  if (!Number.isFinite(value)) fields.fail('condition.value', 'must be a number');
  if (totals === null) return fields.fail('condition.column', 'cannot be met: this report has no totals');
  const comparable = totals.filter(isComparable);
  const column = comparable.find((one) => one.key === key);
  if (column === undefined) {
    const keys = comparable.map((one) => one.key);
    const [near] = nearest(key, keys, 1);
    const hint = near === undefined ? `there are ${keys.join(', ')}` : `did you mean ${near}?`;
    fields.fail('condition.column', `"${key}" is no number of the report's totals; ${hint}`);
  } else if (column.type === 'ratio' && Math.abs(value) > 1)
    fields.fail('condition.value', `${key} is a ratio from 0 to 1: write 0.8 for 80 %`);
}

function checkDelivery(
  fields: FieldParser,
  delivery: Delivery,
  { places, hasSecret }: ScheduleSurroundings,
): void {
  switch (delivery.kind) {
    case 'mail':
      if (places.smtp === null)
        fields.fail('delivery.kind', 'no mail server is configured; set smtp.host in the configuration');
      return checkRecipients(fields, delivery);
    case 'webhook': {
      const wrong = hostError(delivery.url, places.schedules);
      if (wrong !== null) fields.fail('delivery.url', wrong);
      if (!hasSecret) fields.fail('delivery.secret', 'is required: it signs what is posted');
      return;
    }
    case 'folder': {
      const wrong = folderError(delivery.path, places.schedules.folder);
      if (wrong !== null) fields.fail('delivery.path', wrong);
    }
  }
}

function checkRecipients(fields: FieldParser, delivery: MailDelivery): void {
  if (delivery.to.length === 0) fields.fail('delivery.to', 'must have at least one address');
  for (const list of ['to', 'cc', 'bcc'] as const) {
    const addresses = delivery[list];
    if (addresses.length > MAX_RECIPIENTS)
      fields.fail(`delivery.${list}`, `has more than ${MAX_RECIPIENTS} addresses; send to a mailing list`);
    for (const address of addresses) fields.parse(`delivery.${list}`, () => checkAddress(address), undefined);
  }
}

function checkAddress(address: string): void {
  if (address.length > MAX_ADDRESS || !ADDRESS.test(address))
    throw new TextError(`"${address}" is no mail address; write ann@example.org, without a name`);
}
