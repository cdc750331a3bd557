/**
 * Who and what the names of the PBX are: queues, agents, teams, aliases, with dates.
 *
 * What must hold: everybody reads; what changes is offered to who may change it.
 */
import { t } from '@grafana/i18n';
import { Tab, TabContent, TabsBar } from '@grafana/ui';
import React, { type ReactElement } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { useUser } from '../../app/UserContext';
import { AppPage } from '../../components/AppPage';
import { pageUrl } from '../../constants';
import { Aliases } from './Aliases';
import { Changes } from './Changes';
import { CsvImport } from './CsvImport';
import { Members } from './Members';

export default function DirectoryPage() {
  const { may } = useUser();
  const navigate = useNavigate();
  const asked = useParams()['*'];
  const parts: Array<{ name: string; label: string; content: ReactElement }> = [
    {
      name: 'queues',
      label: t('directory.queues', 'Queues'),
      content: <Members key="queues" kind="queues" />,
    },
    {
      name: 'agents',
      label: t('directory.agents', 'Agents'),
      content: <Members key="agents" kind="agents" />,
    },
    { name: 'aliases', label: t('directory.aliases', 'Aliases'), content: <Aliases /> },
  ];
  if (may('directory:write')) {
    parts.push({ name: 'csv', label: t('directory.csv', 'Import and export'), content: <CsvImport /> });
  }
  if (may('audit:read')) {
    parts.push({ name: 'changes', label: t('directory.changes', 'Changes'), content: <Changes /> });
  }
  const part = parts.find(({ name }) => name === asked) ?? parts[0]!;
  return (
    <AppPage
      title={t('directory.title', 'Directory')}
      subTitle={t(
        'directory.about',
        'Names, teams and goals of queues and agents. Each holds from its date, so old reports do not change.',
      )}
    >
      <TabsBar>
        {parts.map(({ name, label }) => (
          <Tab
            key={name}
            label={label}
            active={name === part.name}
            onChangeTab={() => navigate(pageUrl('directory', name))}
          />
        ))}
      </TabsBar>
      <TabContent>{part.content}</TabContent>
    </AppPage>
  );
}
