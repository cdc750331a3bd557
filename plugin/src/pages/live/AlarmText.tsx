/** A number that may need attention: colour and icon, so that colour never speaks alone. */
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, Tooltip, useStyles2 } from '@grafana/ui';
import React from 'react';
import type { Alarm } from './rows';

interface Props {
  alarm: Alarm;
  text: string;
  /** Why it is marked; most are not, and nobody asks then. */
  why: () => string;
}

export const AlarmText = ({ alarm, text, why }: Props) =>
  alarm === 'none' ? <>{text}</> : <Marked alarm={alarm} text={text} why={why()} />;

function Marked({ alarm, text, why }: { alarm: Exclude<Alarm, 'none'>; text: string; why: string }) {
  const styles = useStyles2(getStyles);
  return (
    <Tooltip content={why}>
      <span className={cx(styles.alarm, styles[alarm])} tabIndex={0}>
        <Icon name="exclamation-triangle" size="sm" aria-label={why} />
        {text}
      </span>
    </Tooltip>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  alarm: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    fontWeight: theme.typography.fontWeightMedium,
  }),
  warning: css({ color: theme.colors.warning.text }),
  critical: css({ color: theme.colors.error.text }),
});
