/**
 * All reports: questions people have, presets, then every report by group.
 *
 * In: the catalog. Out: the page. What must hold: what is searched for is found by title, description and preset.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Card, FilterInput, Icon, TagList, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { PLAIN } from '../../i18n/plain';
import { useSearchParams } from 'react-router-dom';
import { useUser } from '../../app/UserContext';
import { pageUrl } from '../../constants';
import { AppPage } from '../../components/AppPage';
import { NAMED_RANGES } from '../../components/filters/range';
import { rangeNameText } from '../../components/filters/range-texts';
import { NothingHere } from '../../components/states';
import { GROUPS, groupIcon, groupText, type Catalog, type ReportInfo } from './catalog';
import { ExportDrawer } from './exports/ExportDrawer';
import { reportUrl } from './links';
import { queryOf, stateOf } from './report-url';
import { stateOfPreset, usePresets, type Preset } from './presets/usePresets';

export function ReportIndex({ catalog: { reports } }: { catalog: Catalog }) {
  const styles = useStyles2(getStyles);
  const { may } = useUser();
  const [query, setQuery] = useSearchParams();
  const [isExporting, setExporting] = useState(false);
  const presets = usePresets(null);
  const search = query.get('search') ?? '';
  const found = (...texts: string[]) =>
    texts.some((text) => text.toLowerCase().includes(search.trim().toLowerCase()));
  const shown = reports.filter(({ title, description, name }) => found(title, description, name));
  const shownPresets = (presets.data ?? []).filter(({ name }) => found(name));

  return (
    <AppPage
      title={t('reports.title', 'Reports')}
      subTitle={t(
        'reports.subTitle',
        'Every number of the past, with its formula; as a table, a chart or a file.',
      )}
      actions={
        may('exports:create') ? (
          <Button variant="secondary" icon="download-alt" onClick={() => setExporting(true)}>
            {t('reports.export.all', 'Exports')}
          </Button>
        ) : undefined
      }
    >
      <div className={styles.page}>
        <FilterInput
          placeholder={t('reports.search', 'Search reports')}
          value={search}
          escapeRegex={false}
          onChange={(text) => setQuery(text === '' ? {} : { search: text }, { replace: true })}
        />
        {search === '' && <Questions reports={reports} />}
        {shownPresets.length > 0 && <Presets presets={shownPresets} reports={reports} />}
        {GROUPS.map((group) => {
          const members = shown.filter((report) => report.group === group);
          return members.length === 0 ? null : (
            <section key={group} aria-labelledby={`group-${group}`}>
              <h2 id={`group-${group}`} className={styles.group}>
                <Icon name={groupIcon(group)} /> {groupText(group)}
              </h2>
              <ul className={styles.cards}>
                {members.map(({ name, title, description }) => (
                  <li key={name}>
                    <Card
                      href={name === 'heatmap' ? pageUrl('heatmap') : reportUrl(name)}
                      noMargin
                      className={styles.described}
                    >
                      <Card.Heading>{title}</Card.Heading>
                      <Card.Description>{description}</Card.Description>
                    </Card>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
        {shown.length === 0 && shownPresets.length === 0 && (
          <NothingHere
            message={t('reports.notFound', 'No report is called “{{search}}”', { ...PLAIN, search })}
            button={<Button onClick={() => setQuery({})}>{t('reports.showAll', 'Show all reports')}</Button>}
          />
        )}
      </div>
      {isExporting && <ExportDrawer wanted={null} onClose={() => setExporting(false)} />}
    </AppPage>
  );
}

/** What supervisors come for most often, one click away. */
function Questions({ reports }: { reports: readonly ReportInfo[] }) {
  const styles = useStyles2(getStyles);
  const names = new Set(reports.map(({ name }) => name));
  const questions = [
    {
      report: 'traffic',
      text: t('reports.question.hours', 'Which hours of yesterday were bad, and why?'),
      query: { granularity: 'hour' },
    },
    {
      report: 'unreached',
      text: t('reports.question.unreached', 'Which callers has nobody called back yet?'),
      query: { ...NAMED_RANGES['last-7-days'], state: 'unreached' },
    },
    {
      report: 'summary',
      text: t('reports.question.week', 'How was last week against the week before?'),
      query: { ...NAMED_RANGES['last-week'] },
    },
    {
      report: 'agent-days',
      text: t('reports.question.agents', 'Who worked, talked and paused how long yesterday?'),
      query: {},
    },
    {
      report: 'payout-agents',
      text: t('reports.question.payouts', 'What is an agent paid for last month, and why?'),
      query: { ...NAMED_RANGES['last-month'] },
    },
  ].filter(({ report }) => names.has(report));
  return (
    <ul className={styles.cards} aria-label={t('reports.question.title', 'Frequent questions')}>
      {questions.map(({ report, text, query }) => (
        <li key={report}>
          <Card href={reportUrl(report, query)} noMargin className={styles.card}>
            <Card.Heading>{text}</Card.Heading>
            <Card.Figure>
              <Icon name="question-circle" size="lg" />
            </Card.Figure>
          </Card>
        </li>
      ))}
    </ul>
  );
}

function Presets({ presets, reports }: { presets: readonly Preset[]; reports: readonly ReportInfo[] }) {
  const styles = useStyles2(getStyles);
  const titleOf = (name: string) => reports.find((report) => report.name === name)?.title ?? name;
  return (
    <section aria-labelledby="group-presets">
      <h2 id="group-presets" className={styles.group}>
        <Icon name="bookmark" /> {t('reports.preset.button', 'Presets')}
      </h2>
      <ul className={styles.cards}>
        {presets.map((preset) => (
          <li key={preset.id}>
            <Card href={presetUrl(preset)} noMargin className={styles.card}>
              <Card.Heading>{preset.name}</Card.Heading>
              <Card.Meta>{[titleOf(preset.report), rangeNameText(preset.range)]}</Card.Meta>
              {preset.shared && (
                <Card.Tags>
                  <TagList tags={[t('reports.preset.sharedTag', 'shared')]} />
                </Card.Tags>
              )}
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}

const presetUrl = (preset: Preset): string => {
  const state = { ...stateOf(new URLSearchParams()), ...stateOfPreset(preset) };
  return `${reportUrl(preset.report)}?${queryOf(state).toString()}`;
};

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(3) }),
  group: css({ fontSize: theme.typography.h5.fontSize, marginBottom: theme.spacing(1) }),
  cards: css({
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 280px), 1fr))',
    gap: theme.spacing(1),
    listStyle: 'none',
  }),
  card: css({ height: '100%' }),
  // Up to Grafana 12 the heading of a tall card stands in the middle of its half.
  described: css({ height: '100%', gridTemplateRows: 'auto auto 1fr auto' }),
});
