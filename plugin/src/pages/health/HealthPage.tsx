/**
 * How the collector does: its parts and the PBXs, what could not be understood, whether the numbers are right, who did what.
 *
 * What must hold: each part is offered only to who may see it; the part shown stands in the address.
 */
import { t } from '@grafana/i18n';
import { Tab, TabContent, TabsBar } from '@grafana/ui';
import React, { type ReactElement } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { useUser } from '../../app/UserContext';
import { AppPage } from '../../components/AppPage';
import { pageUrl } from '../../constants';
import { AuditLog } from './AuditLog';
import { Doctor } from './Doctor';
import { FailedMessages } from './FailedMessages';
import { Overview } from './Overview';

interface Part {
  name: string;
  label: string;
  content: ReactElement;
}

export default function HealthPage() {
  const { may, me } = useUser();
  const navigate = useNavigate();
  const asked = useParams()['*'];
  const parts: Part[] = [
    { name: 'overview', label: t('health.overview', 'Overview'), content: <Overview /> },
  ];
  if (may('health:manage')) {
    parts.push({ name: 'failed', label: t('health.failed', 'Failed messages'), content: <FailedMessages /> });
  }
  if (me.role === 'admin') {
    parts.push({ name: 'doctor', label: t('health.doctor', 'Doctor'), content: <Doctor /> });
  }
  if (may('audit:read')) {
    parts.push({ name: 'audit', label: t('health.audit', 'Audit log'), content: <AuditLog /> });
  }
  const part = parts.find(({ name }) => name === asked) ?? parts[0]!;
  return (
    <AppPage
      title={t('health.title', 'Health')}
      subTitle={t('health.about', 'Whether the numbers are complete, and if not, why.')}
    >
      {parts.length > 1 && (
        <TabsBar>
          {parts.map(({ name, label }) => (
            <Tab
              key={name}
              label={label}
              active={name === part.name}
              onChangeTab={() => navigate(pageUrl('health', name))}
            />
          ))}
        </TabsBar>
      )}
      <TabContent>{part.content}</TabContent>
    </AppPage>
  );
}
