/**
 * Compares the facts with what the PBX itself recorded, and lists every difference.
 *
 * What must hold: it runs when asked, for it reads a whole log; leaving the page stops it.
 */
import { css } from '@emotion/css';
import { dateTime, dateTimeForTimeZone, type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Combobox, Field, TimeRangeInput, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { ErrorState, LoadingState } from '../../components/states';
import { DoctorResult } from './DoctorResult';
import type { Diagnosis, Health } from './types';

export function Doctor() {
  const styles = useStyles2(getStyles);
  const zone = useUser().me.defaultZone;
  const pbxs = useResource<Health>('health').data?.pbxs.map(({ pbx }) => pbx) ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [params, setParams] = useSearchParams();
  const asked = askedIn(params);
  const [range, setRange] = useState<TimeRange>(() => (asked ? rangeOf(asked) : yesterday(zone)));
  const pbx = chosen ?? asked?.pbx ?? pbxs[0] ?? null;
  const { data, error, isLoading, reload } = useResource<Diagnosis>(asked && 'doctor', { ...asked });

  return (
    <div className={styles.part}>
      <p className={styles.about}>
        {t(
          'health.doctorAbout',
          'Compares every visit of the time with the PBX’s own record (queue_log, or call records). A difference means that one of the two is wrong.',
        )}
      </p>
      <div className={styles.form}>
        <Field label={t('health.pbx', 'PBX')} noMargin>
          <Combobox
            id="doctor-pbx"
            width={24}
            value={pbx}
            options={pbxs.map((value) => ({ value }))}
            onChange={({ value }) => setChosen(value)}
          />
        </Field>
        <Field label={t('health.range', 'Time')} noMargin>
          <TimeRangeInput value={range} onChange={setRange} timeZone={zone} showIcon />
        </Field>
        <Button
          icon="search"
          disabled={pbx === null || isLoading}
          onClick={() => {
            setParams(
              { pbx: pbx!, from: range.from.toISOString(), to: range.to.toISOString() },
              { replace: true },
            );
            reload();
          }}
        >
          {t('health.compare', 'Compare')}
        </Button>
      </div>
      {isLoading ? (
        <LoadingState />
      ) : error ? (
        <ErrorState error={error} onRetry={reload} />
      ) : (
        data && asked && <DoctorResult found={data} from={Date.parse(asked.from)} to={Date.parse(asked.to)} />
      )}
    </div>
  );
}

/** A comparison stands in the address: who gets the link sees the same. */
type Asked = { pbx: string; from: string; to: string };

function askedIn(params: URLSearchParams): Asked | null {
  const [pbx, from, to] = ['pbx', 'from', 'to'].map((name) => params.get(name));
  const isTime = (text: string | null | undefined) => !Number.isNaN(Date.parse(text ?? ''));
  return pbx && from && to && isTime(from) && isTime(to) ? { pbx, from, to } : null;
}

function rangeOf(asked: Asked): TimeRange {
  const [from, to] = [dateTime(asked.from), dateTime(asked.to)];
  return { from, to, raw: { from, to } };
}

function yesterday(zone: string): TimeRange {
  const today = dateTimeForTimeZone(zone).startOf('day');
  const raw = { from: 'now-1d/d', to: 'now-1d/d' };
  return { from: dateTime(today).subtract(1, 'day'), to: today, raw };
}

const getStyles = (theme: GrafanaTheme2) => ({
  part: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    paddingTop: theme.spacing(2),
  }),
  about: css({ margin: 0, color: theme.colors.text.secondary, maxWidth: 800 }),
  form: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: theme.spacing(2) }),
});
