/** How fresh the page is: live, polled, or out of date and why. */
import { t } from '@grafana/i18n';
import { Badge, Tooltip, type BadgeColor, type IconName } from '@grafana/ui';
import React from 'react';
import type { LivePbx, LiveStatus } from '../../live/types';

interface Props {
  status: LiveStatus;
  pbxs: readonly LivePbx[];
}

export function Freshness({ status, pbxs }: Props) {
  const stale = pbxs.filter(({ staleSince }) => staleSince !== null);
  const { text, color, icon, why } = shown(status, stale);
  return (
    <Tooltip content={why}>
      <span tabIndex={0} role="status" aria-label={[text, why].join('. ')}>
        <Badge text={text} color={color} icon={icon} />
      </span>
    </Tooltip>
  );
}

function shown(
  status: LiveStatus,
  stale: LivePbx[],
): { text: string; color: BadgeColor; icon: IconName; why: string } {
  if (status.state === 'live' || status.state === 'polling') {
    if (stale.length > 0) {
      return {
        text: t('live.fresh.pbxStale', 'PBX out of date'),
        color: 'orange',
        icon: 'exclamation-triangle',
        why: stale.map(({ pbx, staleReason }) => `${pbx}: ${staleReason}`).join('; '),
      };
    }
    return status.state === 'live'
      ? {
          text: t('live.fresh.live', 'Live'),
          color: 'green',
          icon: 'heart',
          why: t('live.fresh.liveWhy', 'Changes on the PBX arrive as they happen.'),
        }
      : {
          text: t('live.fresh.polling', 'Every 2 seconds'),
          color: 'blue',
          icon: 'sync',
          why: t(
            'live.fresh.pollingWhy',
            'The stream of changes cannot be had; the state is asked for instead.',
          ),
        };
  }
  return status.state === 'connecting'
    ? {
        text: t('live.fresh.connecting', 'Connecting'),
        color: 'blue',
        icon: 'sync',
        why: t('live.fresh.connectingWhy', 'Waiting for the first state.'),
      }
    : {
        text: t('live.fresh.stale', 'Out of date'),
        color: 'red',
        icon: 'exclamation-triangle',
        why:
          status.error?.message ||
          t('live.fresh.staleWhy', 'The collector cannot be reached; what you see is old.'),
      };
}
