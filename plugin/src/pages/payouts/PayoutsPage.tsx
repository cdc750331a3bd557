/** Payouts: periods, what each pays and why, and the rates. */
import { t } from '@grafana/i18n';
import { Tab, TabContent, TabsBar } from '@grafana/ui';
import React from 'react';
import { Route, Routes, useNavigate, useParams } from 'react-router-dom';
import { AppPage } from '../../components/AppPage';
import { pageUrl } from '../../constants';
import { PeriodPage } from './PeriodPage';
import { Periods } from './Periods';
import { Rates } from './Rates';

export default function PayoutsPage() {
  return (
    <Routes>
      <Route index element={<Overview part="periods" />} />
      <Route path="rates" element={<Overview part="rates" />} />
      <Route path="periods/:id" element={<One />} />
    </Routes>
  );
}

function Overview({ part }: { part: 'periods' | 'rates' }) {
  const navigate = useNavigate();
  return (
    <AppPage
      title={t('payouts.title', 'Payouts')}
      subTitle={t(
        'payouts.about',
        'What agents are paid for their talk: exact to the last digit, and locked when it is paid.',
      )}
      needs="payouts:read"
    >
      <TabsBar>
        <Tab
          label={t('payouts.periods', 'Periods')}
          active={part === 'periods'}
          onChangeTab={() => navigate(pageUrl('payouts'))}
        />
        <Tab
          label={t('payouts.rates', 'Rates')}
          active={part === 'rates'}
          onChangeTab={() => navigate(pageUrl('payouts', 'rates'))}
        />
      </TabsBar>
      <TabContent>{part === 'periods' ? <Periods /> : <Rates />}</TabContent>
    </AppPage>
  );
}

function One() {
  const { id = '' } = useParams();
  return <PeriodPage key={id} id={id} />;
}
