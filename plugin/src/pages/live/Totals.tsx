/** The line of totals above the tables. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { formatDuration, formatNumber } from '../../format/format';
import type { LiveTotals } from './rows';

export function Totals({ totals }: { totals: LiveTotals }) {
  const styles = useStyles2(getStyles);
  const tiles: Array<[string, string]> = [
    [t('live.total.waiting', 'Waiting now'), formatNumber(totals.waiting)],
    [t('live.total.longest', 'Longest wait'), formatDuration(totals.longestWaitSeconds)],
    [t('live.total.talking', 'Talking'), formatNumber(totals.talking)],
    [t('live.total.ready', 'Agents ready'), formatNumber(totals.ready)],
    [t('live.total.paused', 'Agents paused'), formatNumber(totals.paused)],
    [t('live.total.loggedIn', 'Agents logged in'), formatNumber(totals.loggedIn)],
  ];
  return (
    <dl className={styles.tiles}>
      {tiles.map(([label, value]) => (
        <div key={label} className={styles.tile}>
          <dt className={styles.label}>{label}</dt>
          <dd className={styles.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  tiles: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(112px, 1fr))',
    gap: theme.spacing(1),
    margin: 0,
  }),
  tile: css({
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'space-between',
    padding: theme.spacing(1.5, 2),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
  }),
  label: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    fontWeight: theme.typography.fontWeightRegular,
  }),
  value: css({
    margin: 0,
    fontSize: theme.typography.h2.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
    fontVariantNumeric: 'tabular-nums',
  }),
});
