/** Headings of the parts of a period. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

export const getPartStyles = (theme: GrafanaTheme2) => ({
  title: css({ fontSize: theme.typography.h4.fontSize, margin: theme.spacing(0, 0, 1) }),
});
