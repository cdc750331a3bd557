/** One delivery by the way a schedule names. In: a schedule and its message. Out: who has it. */
import type { SchedulesConfig, SmtpConfig } from '../../config/config.js';
import { RunRefusedError, type Schedule } from '../schedule.js';
import type { DeliveryResult, Message } from './delivery.js';
import { writeFolder } from './folder.js';
import { sendMail } from './mail.js';
import { postWebhook } from './webhook.js';

/** Where deliveries may go to. */
export interface DeliveryPlaces {
  smtp: SmtpConfig | null;
  schedules: SchedulesConfig;
}

export interface DeliveryAttempt {
  /** Who has it from an attempt before. */
  alreadyTo: readonly string[];
  nowMs: number;
  signal: AbortSignal;
}

/** @throws RunRefusedError when trying again is of no use; any other error when it may help */
export async function deliver(
  places: DeliveryPlaces,
  { delivery, secret }: Pick<Schedule, 'delivery'> & { secret: string | null },
  message: Message,
  { alreadyTo, nowMs, signal }: DeliveryAttempt,
): Promise<DeliveryResult> {
  switch (delivery.kind) {
    case 'mail':
      if (places.smtp === null)
        throw new RunRefusedError('no mail server is configured; set smtp.host in the configuration');
      return sendMail(places.smtp, delivery, message, alreadyTo, signal);
    case 'webhook':
      return postWebhook(delivery, message, {
        ...{ config: places.schedules, secret: secret ?? '', nowMs, signal },
      });
    case 'folder':
      return writeFolder(delivery, message, places.schedules);
  }
}
