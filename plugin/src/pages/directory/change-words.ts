/**
 * Words of the log of changes. A code that came later than this list is shown as it is.
 *
 * In: what the collector wrote down (codes, UTC). Out: words of the active language, times of the zone.
 */
import { t } from '@grafana/i18n';
import { UNKNOWN } from '../../format/format';
import { withLocalTimes } from '../../components/report/time-text';

const lookUp = (words: Record<string, string>, code: string): string => words[code] ?? code;

export const kindText = (kind: string): string =>
  lookUp(
    {
      queue: t('directory.kind.queue', 'Queue'),
      agent: t('directory.kind.agent', 'Agent'),
      tenant: t('directory.kind.tenant', 'All queues'),
      alias: t('directory.kind.alias', 'Alias'),
      holiday: t('directory.kind.holiday', 'Holiday'),
      'payout-rate': t('directory.kind.rate', 'Payout rate'),
      'payout-period': t('directory.kind.period', 'Payout period'),
      'payout-adjustment': t('directory.kind.adjustment', 'Payout adjustment'),
      schedule: t('directory.kind.schedule', 'Schedule'),
      'saved-report': t('directory.kind.savedReport', 'Saved report'),
    },
    kind,
  );

export const actionText = (action: string): string =>
  lookUp(
    {
      name: t('directory.displayName', 'Display name'),
      displayName: t('directory.displayName', 'Display name'),
      team: t('directory.team', 'Team'),
      target: t('directory.target', 'Service level goal'),
      hours: t('directory.action.hours', 'Business hours'),
      set: t('directory.action.set', 'Set'),
      unified: t('directory.action.unified', 'Unified by number'),
      added: t('directory.action.added', 'Added'),
      created: t('directory.action.created', 'Created'),
      changed: t('directory.action.changed', 'Changed'),
      removed: t('directory.action.removed', 'Removed'),
      locked: t('directory.action.locked', 'Locked'),
      paused: t('directory.action.paused', 'Paused'),
      resumed: t('directory.action.resumed', 'Resumed'),
    },
    action,
  );

export const valueText = (value: string | null, zone: string): string =>
  value === null ? UNKNOWN : withLocalTimes(value, zone);
