/**
 * Secrets of webhooks, sealed. Those of `webhook_secret` are sealed by the first collector that starts, which has the key a
 * migration has not; the column stays empty from then on.
 */
import { column } from './step.js';

export const scheduleSecrets = {
  '1301-schedule-sealed-secret': column('schedule', 'sealed_secret', 'text'),
};
