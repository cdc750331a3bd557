/** The collector's parts, the sources of each PBX, and the gaps of the last day. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Badge, useStyles2 } from '@grafana/ui';
import React from 'react';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { ErrorState, LoadingState } from '../../components/states';
import { formatDuration, formatNumber, formatTime, UNKNOWN } from '../../format/format';
import { DataTable } from '../../components/DataTable';
import { PLAIN } from '../../i18n/plain';
import { reasonText, sourceText } from '../../i18n/reasons';
import type { Gap, Health } from './types';

const REFRESH = { refreshMs: 5000 };
const MEGABYTE = 1_000_000;

export function Overview() {
  const { data, error, reload } = useResource<Health>('health', {}, REFRESH);
  const styles = useStyles2(getStyles);
  if (data === null) {
    return error ? <ErrorState error={error} onRetry={reload} /> : <LoadingState />;
  }
  return (
    <div className={styles.parts}>
      {error && <ErrorState error={error} onRetry={reload} />}
      <Status health={data} />
      <Collector health={data} />
      <section>
        <h3>{t('health.sources', 'Sources of the PBXs')}</h3>
        <Sources health={data} />
      </section>
      <section>
        <h3>{t('health.gaps', 'Gaps of the last 24 hours')}</h3>
        <Gaps gaps={data.gaps} />
      </section>
    </div>
  );
}

function Status({ health: { status, database, journal, pbxs } }: { health: Health }) {
  const down = pbxs.flatMap(({ pbx, sources }) =>
    sources
      .filter(({ link }) => link === 'down')
      .map((source) => [`${pbx}, ${source.source}`, reasonText(source)].filter(Boolean).join(': ')),
  );
  const problems = [database.message, journal.message, ...down].filter((text) => text !== '');
  if (status === 'ok') {
    return <Alert severity="success" title={t('health.ok', 'Everything is as it should be')} />;
  }
  return (
    <Alert
      severity={status === 'down' ? 'error' : 'warning'}
      title={
        status === 'down'
          ? t('health.down', 'The database is away')
          : t('health.degraded', 'Something needs attention; nothing is lost')
      }
    >
      {status === 'down' && t('health.downWhy', 'What the PBXs say is kept in the journal until it is back.')}
      <ul>
        {problems.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Alert>
  );
}

function Collector({ health: { version, startedAt, journal, rollups } }: { health: Health }) {
  const styles = useStyles2(getStyles);
  const zone = useUser().me.defaultZone;
  const facts: Array<[string, string]> = [
    [t('health.version', 'Version'), version],
    [t('health.startedAt', 'Running since'), formatTime(startedAt, zone)],
    [t('health.backlog', 'Journal backlog'), formatNumber(journal.backlogRecords)],
    [t('health.backlogAge', 'Oldest in it'), formatDuration(journal.backlogSeconds)],
    [
      t('health.journalSize', 'Journal'),
      t('health.megabytes', '{{megabytes}} MB', {
        ...PLAIN,
        megabytes: formatNumber(journal.bytes / MEGABYTE, 1),
      }),
    ],
    [t('health.rollupLag', 'Rollup lag'), formatDuration(rollups.lagSeconds)],
    [t('health.failedMessages', 'Messages not understood'), formatNumber(journal.failedMessages)],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Sources({ health: { pbxs } }: { health: Health }) {
  const styles = useStyles2(getStyles);
  const zone = useUser().me.defaultZone;
  if (pbxs.length === 0) {
    return <p>{t('health.noPbx', 'No PBX has told of a queue of yours yet.')}</p>;
  }
  return (
    <DataTable
      label={t('health.sources', 'Sources of the PBXs')}
      headers={[
        t('health.pbx', 'PBX'),
        t('health.source', 'Source'),
        t('health.link', 'Connection'),
        t('health.since', 'Since'),
        t('health.knownUntil', 'Known until'),
        t('health.lag', 'Event lag'),
        t('health.reason', 'Reason'),
      ]}
      rows={pbxs.flatMap(({ pbx, dialect, sources }) =>
        sources.map(({ source, link, since, knownUntil, lagSeconds, ...reason }) => ({
          key: `${pbx} ${source}`,
          cells: [
            `${pbx} (${dialect})`,
            <span key="source" className={styles.word}>
              {source}
            </span>,
            link === 'up' ? (
              <Badge key="link" color="green" icon="check" text={t('health.up', 'up')} />
            ) : (
              <Badge key="link" color="red" icon="exclamation-triangle" text={t('health.linkDown', 'down')} />
            ),
            formatTime(since, zone),
            formatTime(knownUntil, zone),
            lagSeconds === null
              ? UNKNOWN
              : t('health.seconds', '{{seconds}} s', { ...PLAIN, seconds: formatNumber(lagSeconds, 2) }),
            reasonText(reason),
          ],
        })),
      )}
    />
  );
}

function Gaps({ gaps }: { gaps: Gap[] }) {
  const zone = useUser().me.defaultZone;
  if (gaps.length === 0) {
    return <p>{t('health.noGaps', 'None: every source was heard all the time.')}</p>;
  }
  return (
    <DataTable
      label={t('health.gaps', 'Gaps of the last 24 hours')}
      headers={[
        t('health.pbx', 'PBX'),
        t('health.source', 'Source'),
        t('health.from', 'From'),
        t('health.to', 'To'),
        t('health.length', 'Length'),
        t('health.reason', 'Reason'),
      ]}
      rows={newestFirst(gaps).map(({ pbx, source, from, to, ...reason }) => ({
        key: `${pbx} ${source} ${from}`,
        cells: [
          pbx,
          sourceText(source),
          formatTime(from, zone),
          to === null ? t('health.stillDeaf', 'still not heard') : formatTime(to, zone),
          to === null ? UNKNOWN : formatDuration((to - from) / 1000),
          reasonText(reason),
        ],
      }))}
    />
  );
}

const newestFirst = (gaps: Gap[]): Gap[] => [...gaps].sort((a, b) => b.from - a.from);

const getStyles = (theme: GrafanaTheme2) => ({
  parts: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(3),
    paddingTop: theme.spacing(2),
  }),
  word: css({ whiteSpace: 'nowrap' }),
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2, 5),
    margin: 0,
    '& dt': {
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      fontWeight: theme.typography.fontWeightRegular,
    },
    '& dd': { margin: 0, fontVariantNumeric: 'tabular-nums' },
  }),
});
