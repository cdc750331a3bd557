/** Goals, business hours and holidays: of all queues, and of single ones. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Combobox, Field, Tab, TabContent, TabsBar, useStyles2, type ComboboxOption } from '@grafana/ui';
import React from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { api } from '../../api/client';
import { useResource } from '../../api/useResource';
import { AppPage } from '../../components/AppPage';
import { ErrorState, NothingHere } from '../../components/states';
import { pageUrl } from '../../constants';
import { Holidays } from './Holidays';
import { TargetForm } from './TargetForm';

const PARTS = ['all', 'queue', 'holidays'] as const;
type Part = (typeof PARTS)[number];

export default function TargetsPage() {
  const navigate = useNavigate();
  const asked = useParams()['*'];
  const part = PARTS.find((name) => name === asked) ?? 'all';
  return (
    <AppPage
      title={t('targets.title', 'Targets and hours')}
      subTitle={t(
        'targets.about',
        'What the service level is measured against, and when queues are open. The threshold and formula stand in the collector’s configuration.',
      )}
    >
      <TabsBar>
        {PARTS.map((name) => (
          <Tab
            key={name}
            label={partText(name)}
            active={name === part}
            onChangeTab={() => navigate(pageUrl('targets', name))}
          />
        ))}
      </TabsBar>
      <TabContent>
        {part === 'all' && <TargetForm key="all" path="directory/defaults" isDefault />}
        {part === 'queue' && <OneQueue />}
        {part === 'holidays' && <Holidays />}
      </TabContent>
    </AppPage>
  );
}

const partText = (part: Part): string =>
  ({
    all: t('targets.all', 'All queues'),
    queue: t('targets.queue', 'One queue'),
    holidays: t('targets.holidays', 'Holidays'),
  })[part];

interface Queue {
  id: number;
  pbx: string;
  name: string;
  displayName: string | null;
}

interface Queues {
  rows: Queue[];
  count: number;
}

const MOST = 1000;

function OneQueue() {
  const styles = useStyles2(getStyles);
  const [params, setParams] = useSearchParams();
  const id = Number(params.get('queue')) || null;
  const { data, error, reload } = useResource<Queues>('directory/queues', { limit: MOST });
  const known = (data?.rows ?? []).map(optionOf);
  return (
    <div className={styles.part}>
      <Field label={t('targets.chooseQueue', 'Queue')} noMargin>
        <Combobox<number>
          id="target-queue"
          width={50}
          value={known.find(({ value }) => value === id) ?? id}
          options={data && data.count > known.length ? searchQueues : known}
          loading={data === null}
          onChange={({ value }) => setParams({ queue: String(value) }, { replace: true })}
          placeholder={t('targets.search', 'Search a queue')}
        />
      </Field>
      {error ? (
        <ErrorState error={error} onRetry={reload} />
      ) : id === null ? (
        <NothingHere variant="not-found" message={t('targets.choose', 'Choose a queue')}>
          {t('targets.chooseHint', 'What a queue says of its own wins over what is said of all queues.')}
        </NothingHere>
      ) : (
        <TargetForm key={id} path={`directory/queues/${id}`} isDefault={false} />
      )}
    </div>
  );
}

const optionOf = ({ id, pbx, name, displayName }: Queue): ComboboxOption<number> => ({
  value: id,
  label: displayName ?? name,
  description: pbx,
});

/** Of a site with more queues than are loaded at once. */
async function searchQueues(search: string): Promise<Array<ComboboxOption<number>>> {
  const { rows } = await api.get<Queues>('directory/queues', { search, limit: 100 });
  return rows.map(optionOf);
}

const getStyles = (theme: GrafanaTheme2) => ({
  part: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    paddingTop: theme.spacing(2),
  }),
});
