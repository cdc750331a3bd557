/**
 * One call from its first queue to its last word: `/journey/{contactId}`; without an id, the way to find one.
 *
 * In: a contact's id in the address. Out: timeline, visits, records. What must hold: a call that still goes on ticks, and is
 * loaded again until it has ended.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { CollapsableSection, useStyles2 } from '@grafana/ui';
import React, { useEffect, useState, type ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { AppPage } from '../../components/AppPage';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { pageUrl } from '../../constants';
import { formatTime } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import { FindCall } from './FindCall';
import { Events, Legs } from './Records';
import { Timeline } from './Timeline';
import { journeyTimeline } from './timeline';
import type { Journey } from './types';
import { Visits } from './Visits';
import { callerText } from './words';

const OPEN_REFRESH_MS = 2000;

export default function JourneyPage() {
  const { contactId } = useParams();
  return contactId === undefined ? <FindCall /> : <Call id={contactId} />;
}

function Call({ id }: { id: string }) {
  const { data, error, reload } = useResource<Journey>(`calls/${encodeURIComponent(id)}`, {}, { refreshMs });
  return (
    <AppPage
      title={data ? titleOf(data) : t('journey.title', 'Call journey')}
      parent={{ text: t('journey.title', 'Call journey'), url: pageUrl('journey') }}
      subTitle={data && <Subtitle journey={data} />}
    >
      {error?.kind === 'notFound' ? (
        <NothingHere message={t('journey.gone', 'There is no such call')}>
          {t(
            'journey.goneWhy',
            'It may have been removed after the time calls are kept, or belong to another organization.',
          )}
        </NothingHere>
      ) : error ? (
        <ErrorState error={error} onRetry={reload} />
      ) : data ? (
        <Parts journey={data} />
      ) : (
        <LoadingState />
      )}
    </AppPage>
  );
}

const goesOn = (journey: Journey): boolean => journey.visits.some(({ endedAt }) => endedAt === null);
const refreshMs = (journey: Journey | null) => (journey && goesOn(journey) ? OPEN_REFRESH_MS : undefined);

function Parts({ journey }: { journey: Journey }) {
  const styles = useStyles2(getStyles);
  const zone = useUser().me.defaultZone;
  const now = useTick(goesOn(journey));
  return (
    <div className={styles.parts}>
      <Timeline timeline={journeyTimeline(journey, now)} zone={zone} />
      <Visits journey={journey} zone={zone} />
      {journey.legs.length > 0 && (
        <Section label={t('journey.legs', 'Call records')} rows={journey.legs.length}>
          <Legs rows={journey.legs} zone={zone} />
        </Section>
      )}
      <Section label={t('journey.events', 'Everything the PBX said')} rows={journey.events.length}>
        <Events rows={journey.events} zone={zone} />
      </Section>
    </div>
  );
}

const Section = ({ label, rows, children }: { label: string; rows: number; children: ReactNode }) => (
  <CollapsableSection label={[label, `(${rows})`].join(' ')} isOpen={false}>
    {children}
  </CollapsableSection>
);

const titleOf = ({ callerName, callerNumber }: Journey): string =>
  callerText(callerName, callerNumber) || t('journey.withheld', 'Number withheld');

function Subtitle({ journey: { pbx, did, startedAt, visits, callId } }: { journey: Journey }) {
  const zone = useUser().me.defaultZone;
  const parts = [
    formatTime(startedAt ?? visits[0]?.enteredAt, zone),
    did && t('journey.dialled', 'dialled {{did}}', { ...PLAIN, did }),
    t('journey.onPbx', 'PBX {{pbx}}', { ...PLAIN, pbx }),
    t('journey.callId', 'call {{callId}}', { ...PLAIN, callId }),
  ];
  return <span>{parts.filter(Boolean).join(' · ')}</span>;
}

/** UTC ms, each second while something lasts. */
function useTick(ticks: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticks) {
      return;
    }
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [ticks]);
  return now;
}

const getStyles = (theme: GrafanaTheme2) => ({
  parts: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(3) }),
});
