/** Payouts: periods, what each pays and why, the rates, and who changed what. */
import { t } from '@grafana/i18n';
import { Stack, Tab, TabContent, TabsBar } from '@grafana/ui';
import React from 'react';
import { Route, Routes, useNavigate, useParams } from 'react-router-dom';
import { useUser } from '../../app/UserContext';
import { AppPage } from '../../components/AppPage';
import { pageUrl } from '../../constants';
import { Changes } from './Changes';
import { PeriodPage } from './PeriodPage';
import { Periods } from './Periods';
import { Rates } from './Rates';

type Part = 'periods' | 'rates' | 'history';
const PARTS: Record<Part, React.ComponentType> = { periods: Periods, rates: Rates, history: Changes };

export default function PayoutsPage() {
  return (
    <Routes>
      <Route index element={<Overview part="periods" />} />
      <Route path="rates" element={<Overview part="rates" />} />
      <Route path="history" element={<Overview part="history" />} />
      <Route path="periods/:id" element={<One />} />
    </Routes>
  );
}

function Overview({ part }: { part: Part }) {
  const navigate = useNavigate();
  const mayAudit = useUser().may('audit:read');
  const tabs: Array<[Part, string]> = [
    ['periods', t('payouts.periods', 'Periods')],
    ['rates', t('payouts.rates', 'Rates')],
    ...(mayAudit ? [['history', t('payouts.changes', 'History')] satisfies [Part, string]] : []),
  ];
  const Shown = PARTS[part];
  return (
    <AppPage
      title={t('payouts.title', 'Payouts')}
      subTitle={t(
        'payouts.about',
        'What agents are paid for their talk: exact to the last digit, and locked when it is paid.',
      )}
      needs="payouts:read"
    >
      <Stack direction="column" gap={2}>
        <TabsBar>
          {tabs.map(([name, label]) => (
            <Tab
              key={name}
              label={label}
              active={name === part}
              onChangeTab={() => navigate(pageUrl('payouts', ...(name === 'periods' ? [] : [name])))}
            />
          ))}
        </TabsBar>
        <TabContent>
          <Shown />
        </TabContent>
      </Stack>
    </AppPage>
  );
}

function One() {
  const { id = '' } = useParams();
  return <PeriodPage key={id} id={id} />;
}
