/** What a panel shows instead of itself when it cannot draw the data: Grafana's `PanelDataErrorView`. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { PanelDataErrorViewProps } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

export function PanelDataError({ data, message }: PanelDataErrorViewProps) {
  const styles = useStyles2(getStyles);
  const isEmpty = data.series.every(({ length }) => length === 0);
  return <div className={styles.view}>{message ?? (isEmpty ? 'No data' : 'Unable to draw this data')}</div>;
}

const getStyles = (theme: GrafanaTheme2) => ({
  view: css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    height: '100%',
    padding: theme.spacing(2),
    textAlign: 'center',
    color: theme.colors.text.secondary,
  }),
});
