/** What the journey was made of: every event as each source said it, and the call records. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { formatDuration, formatTime, UNKNOWN } from '../../format/format';
import type { JourneyEvent, JourneyLeg } from './types';

interface Props<T> {
  rows: T[];
  zone: string;
}

export function Events({ rows, zone }: Props<JourneyEvent>) {
  return (
    <Table
      headers={[
        t('journey.event.time', 'Time'),
        t('journey.event.source', 'Source'),
        t('journey.event.kind', 'Event'),
        t('journey.event.queue', 'Queue'),
        t('journey.event.agent', 'Agent'),
        t('journey.event.details', 'Details'),
      ]}
      rows={rows.map(({ atUs, source, kind, queue, agent, details }) => [
        formatTime(atUs / 1000, zone, false),
        source,
        kind,
        queue ?? UNKNOWN,
        agent ?? UNKNOWN,
        Object.entries(details)
          .filter(([, value]) => value !== null && value !== '')
          .map(([name, value]) => `${name}=${String(value)}`)
          .join('  '),
      ])}
    />
  );
}

export function Legs({ rows, zone }: Props<JourneyLeg>) {
  return (
    <Table
      headers={[
        t('journey.leg.started', 'Started'),
        t('journey.leg.direction', 'Direction'),
        t('journey.leg.channel', 'Channel'),
        t('journey.leg.destination', 'Destination'),
        t('journey.leg.disposition', 'Disposition'),
        t('journey.leg.billed', 'Talk'),
      ]}
      rows={rows.map((leg) => [
        formatTime(leg.startedAt, zone),
        leg.direction,
        leg.channel,
        [leg.destination, leg.destinationChannel].filter(Boolean).join(' → '),
        leg.disposition,
        formatDuration(leg.billSeconds),
      ])}
    />
  );
}

function Table({ headers, rows }: { headers: string[]; rows: string[][] }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {headers.map((header) => (
              <th key={header} scope="col">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto' }),
  table: css({
    width: '100%',
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: 'tabular-nums',
    '& th, & td': {
      padding: theme.spacing(0.5, 2, 0.5, 0),
      textAlign: 'left',
      verticalAlign: 'top',
      whiteSpace: 'nowrap',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    },
    '& th': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightMedium },
    '& td:last-child': { whiteSpace: 'normal', overflowWrap: 'anywhere' },
  }),
});
