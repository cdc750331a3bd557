/** The hours of a week, a line a day. In/Out: text of each day, and the zone of the times. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Combobox, Field, InlineField, Input, useStyles2 } from '@grafana/ui';
import React from 'react';
import { useUser } from '../../app/UserContext';
import { weekdayName } from '../../i18n/calendar';
import { PLAIN } from '../../i18n/plain';
import { DAYS, EXAMPLE, likeMonday, parseSpans, type Day, type WeekText } from './hours';

interface Props {
  week: WeekText;
  zone: string;
  onWeek: (week: WeekText) => void;
  onZone: (zone: string) => void;
}

export function HoursFields({ week, zone, onWeek, onZone }: Props) {
  const styles = useStyles2(getStyles);
  const { me } = useUser();
  return (
    <div className={styles.fields}>
      <Field label={t('targets.zone', 'Time zone')} noMargin>
        <Combobox
          id="target-zone"
          width={40}
          value={zone}
          options={[...new Set([zone, ...me.zones, ...Intl.supportedValuesOf('timeZone')])].map((value) => ({
            value,
          }))}
          onChange={({ value }) => onZone(value)}
        />
      </Field>
      {DAYS.map((day) => (
        <InlineField
          key={day}
          label={dayText(day)}
          labelWidth={18}
          htmlFor={`target-${day}`}
          invalid={parseSpans(week[day]) === null}
          error={t('targets.spansWrong', 'Times from – to, in order: {{example}}', {
            ...PLAIN,
            example: EXAMPLE,
          })}
          className={styles.day}
        >
          <Input
            id={`target-${day}`}
            width={40}
            value={week[day]}
            placeholder={t('targets.closed', 'closed')}
            onChange={(event) => onWeek({ ...week, [day]: event.currentTarget.value })}
          />
        </InlineField>
      ))}
      <div>
        <Button
          size="sm"
          variant="secondary"
          fill="text"
          type="button"
          onClick={() => onWeek(likeMonday(week))}
        >
          {t('targets.likeMonday', 'Tuesday to Friday as on Monday')}
        </Button>
      </div>
    </div>
  );
}

const dayText = (day: Day): string => weekdayName(1 + DAYS.indexOf(day));

const getStyles = (theme: GrafanaTheme2) => ({
  fields: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  day: css({ margin: 0 }),
});
