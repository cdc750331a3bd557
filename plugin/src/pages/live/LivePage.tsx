/**
 * What is going on now: queues, agents and callers, as the collector sees them change.
 *
 * In: the live stream, the day so far, the directory. Out: three tables under one line of totals. What must hold: what is
 * shown is filtered in the address; when the state is not fresh the page says so and why.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { FilterInput, MultiCombobox, Tab, TabsBar, useStyles2 } from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { AppPage } from '../../components/AppPage';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { pageUrl } from '../../constants';
import type { LiveAgent, LiveCall, LiveQueue, LiveSnapshot } from '../../live/types';
import { useLive, useNow } from '../../live/useLive';
import { AgentsTable } from './AgentsTable';
import { CallsTable } from './CallsTable';
import { Freshness } from './Freshness';
import { matching } from './filter';
import { QueuesTable } from './QueuesTable';
import { Reused } from './reuse';
import { agentRows, callRows, queueRows, totalsOf, type AgentRow, type CallRow, type QueueRow } from './rows';
import { Totals } from './Totals';
import { useNames } from './useDirectory';
import { useToday } from './useToday';

const TABS = ['queues', 'agents', 'calls'] as const;
type TabName = (typeof TABS)[number];

export default function LivePage() {
  const { status, data } = useLive();
  return (
    <AppPage title={t('live.title', 'Live')} actions={<Freshness status={status} pbxs={data?.pbxs ?? []} />}>
      {data !== null ? (
        <Boards data={data} />
      ) : status.state === 'failed' && status.error !== null ? (
        <ErrorState error={status.error} />
      ) : (
        <LoadingState />
      )}
    </AppPage>
  );
}

function Boards({ data }: { data: LiveSnapshot }) {
  const styles = useStyles2(getStyles);
  const part = useParams()['*'];
  const tab = TABS.find((name) => name === part) ?? 'queues';
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const now = useNow();
  const names = useNames();
  const today = useToday(now);
  const search = params.get('search') ?? '';
  const queues = useMemo(() => params.getAll('queue'), [params]);
  // The rows change all the time, their names hardly ever.
  const known = [...new Set(data.queues.map(({ queue }) => queue))].sort().join('\n');
  const options = useMemo(() => known.split('\n').map((queue) => ({ value: queue })), [known]);
  const change = (name: string, values: string[]) => {
    const next = new URLSearchParams(params);
    next.delete(name);
    values.filter((value) => value !== '').forEach((value) => next.append(name, value));
    setParams(next, { replace: true });
  };
  const [reused] = useState(() => ({
    queues: new Reused<LiveQueue, QueueRow>(),
    agents: new Reused<LiveAgent, AgentRow>(),
    calls: new Reused<LiveCall, CallRow>(),
  }));
  const fits = matching({ search, queues });
  const queueList = queueRows(data.queues.filter(fits.queue(names)), today.queues, names, now, reused.queues);
  const agentList = agentRows(data.agents.filter(fits.agent(names)), today.agents, names, now, reused.agents);
  const callList = callRows(data.calls.filter(fits.call(names)), names, now, reused.calls);

  if (data.queues.length === 0) {
    return (
      <NothingHere message={t('live.noQueues', 'No queues yet')}>
        {t(
          'live.noQueuesHint',
          'They appear as soon as a PBX tells of them. Health says whether the PBXs are connected.',
        )}
      </NothingHere>
    );
  }
  const counts: Record<TabName, number> = {
    queues: queueList.length,
    agents: agentList.length,
    calls: callList.length,
  };
  return (
    <div className={styles.boards}>
      <Totals totals={totalsOf(queueList, agentList)} />
      <div className={styles.filters}>
        <FilterInput
          escapeRegex={false}
          width={32}
          value={search}
          onChange={(value) => change('search', [value])}
          placeholder={t('live.search', 'Search queues, agents, callers')}
          aria-label={t('live.search', 'Search queues, agents, callers')}
        />
        <MultiCombobox
          width="auto"
          minWidth={24}
          options={options}
          value={queues}
          onChange={(chosen) =>
            change(
              'queue',
              chosen.map(({ value }) => value),
            )
          }
          placeholder={t('live.allQueues', 'All queues')}
          aria-label={t('live.queues', 'Queues')}
          isClearable
        />
      </div>
      <TabsBar>
        {TABS.map((name) => (
          <Tab
            key={name}
            label={tabText(name)}
            counter={counts[name]}
            active={name === tab}
            onChangeTab={() => navigate(`${pageUrl('live', name)}?${params.toString()}`)}
          />
        ))}
      </TabsBar>
      {tab === 'queues' && <QueuesTable rows={queueList} />}
      {tab === 'agents' && <AgentsTable rows={agentList} />}
      {tab === 'calls' && <CallsTable rows={callList} />}
    </div>
  );
}

const tabText = (name: TabName): string =>
  ({
    queues: t('live.queues', 'Queues'),
    agents: t('live.agents', 'Agents'),
    calls: t('live.calls', 'Calls'),
  })[name];

const getStyles = (theme: GrafanaTheme2) => ({
  boards: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  filters: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
});
