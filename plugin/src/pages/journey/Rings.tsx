/** Whose phone rang during a visit, when, how long, and what became of it. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { DataTable } from '../../components/DataTable';
import { formatDuration, formatTime } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import type { JourneyOffer } from './types';
import { ringResultText } from './words';

interface Props {
  offers: JourneyOffer[];
  zone: string;
}

/** More than these are folded: a ring-all queue rings everybody. */
const UNFOLDED = 6;

export function Rings({ offers, zone }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <details className={styles.rings} open={offers.length <= UNFOLDED}>
      <summary>
        {t('journey.rings', 'Phones that rang: {{rings}}', { ...PLAIN, rings: offers.length })}
      </summary>
      <DataTable
        label={t('journey.ringsTable', 'Phones that rang')}
        headers={[
          t('journey.agent', 'Agent'),
          t('journey.ring.began', 'Began'),
          t('journey.ring.length', 'Rang'),
          t('journey.ring.result', 'Result'),
        ]}
        rows={offers.map((offer, index) => ({
          key: String(index),
          cells: [
            offer.agentName || offer.agent,
            formatTime(offer.offeredAt, zone, false),
            formatDuration(secondsOf(offer)),
            ringResultText(offer.result),
          ],
        }))}
      />
    </details>
  );
}

const secondsOf = ({ ringMs, offeredAt, endedAt }: JourneyOffer): number | null => {
  const ms = ringMs ?? (offeredAt === null || endedAt === null ? null : endedAt - offeredAt);
  return ms === null ? null : ms / 1000;
};

const getStyles = (theme: GrafanaTheme2) => ({
  rings: css({
    fontSize: theme.typography.bodySmall.fontSize,
    '& summary': { color: theme.colors.text.secondary, cursor: 'pointer' },
  }),
});
