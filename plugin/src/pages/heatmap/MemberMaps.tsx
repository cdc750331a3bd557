/**
 * One map for each queue or agent, under one scale of colours.
 *
 * In: the maps. Out: a grid of them, some at first, more on demand. What must hold: colours are compared among members.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import type { Row } from '../../api/types';
import { greatestOf, type MemberMap } from './heatmap-maps';
import { HoursMap, type HoursMapProps } from './HoursMap';

interface Props extends Omit<HoursMapProps, 'label' | 'rows' | 'greatest' | 'onPick'> {
  maps: readonly MemberMap[];
  onPick: (row: Row, map: MemberMap) => void;
}

/** As many as a reader compares, and a browser draws, at once. */
const STEP = 12;

export function MemberMaps({ maps, onPick, ...props }: Props) {
  const styles = useStyles2(getStyles);
  const [shown, setShown] = useState(STEP);
  const greatest = greatestOf(maps.flatMap(({ rows }) => rows));
  return (
    <>
      <div className={styles.maps}>
        {maps.slice(0, shown).map((map) => (
          <section key={map.id} className={styles.map}>
            <h3 className={styles.title}>{map.title}</h3>
            <HoursMap
              {...props}
              label={map.title}
              rows={map.rows}
              greatest={greatest}
              onPick={(row) => onPick(row, map)}
            />
          </section>
        ))}
      </div>
      {maps.length > shown && (
        <Button variant="secondary" icon="angle-down" onClick={() => setShown(shown + STEP)}>
          {t('heatmap.more', 'Show more: {{left}} left', { left: maps.length - shown })}
        </Button>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  maps: css({
    display: 'grid',
    // Twenty-four hours beside the names of weekdays, or dates.
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 530px), 1fr))',
    gap: theme.spacing(1),
  }),
  map: css({
    minWidth: 0,
    padding: theme.spacing(1.5, 2),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.primary,
  }),
  title: css({ fontSize: theme.typography.h6.fontSize, margin: theme.spacing(0, 0, 1) }),
});
