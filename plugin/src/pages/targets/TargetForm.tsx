/**
 * Goal and business hours of all queues or one, from a date on.
 *
 * What must hold: only what was touched is sent; emptied means that nothing is said from then on.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, Field, FieldSet, Input, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { SinceField } from '../../components/SinceField';
import { ErrorState, LoadingState } from '../../components/states';
import { useAction } from '../../components/useAction';
import { heldAt, parseWeek, weekText, type Hours, type WeekText } from './hours';
import { HoursFields } from './HoursFields';

interface Dated {
  origin: string;
  fromAt: number;
  /** Hours are JSON. */
  value: string | null;
}

interface Said {
  target: Dated[];
  hours: Dated[];
}

interface Props {
  path: string;
  isDefault: boolean;
}

export function TargetForm({ path, isDefault }: Props) {
  const { data, error, reload } = useResource<Said>(path);
  const [now, setNow] = useState(() => Date.now());
  /** Kept here: what was saved makes the form anew. */
  const [saved, setSaved] = useState(false);
  if (error) {
    return <ErrorState error={error} onRetry={reload} />;
  }
  if (data === null) {
    return <LoadingState />;
  }
  const target = heldAt(data.target, now)?.value ?? null;
  const hours = heldAt(data.hours, now)?.value ?? null;
  return (
    <Form
      key={`${target} ${hours}`}
      path={path}
      isDefault={isDefault}
      target={target === null ? null : Number(target)}
      hours={hours === null ? null : (JSON.parse(hours) as Hours)}
      saved={saved}
      onSaved={() => {
        setSaved(true);
        setNow(Date.now());
        reload();
      }}
    />
  );
}

interface FormProps extends Props {
  target: number | null;
  hours: Hours | null;
  saved: boolean;
  onSaved: () => void;
}

function Form({ path, isDefault, target, hours, saved, onSaved }: FormProps) {
  const styles = useStyles2(getStyles);
  const { may, me } = useUser();
  const mayWrite = may('directory:write');
  const before = {
    percent: target === null ? '' : String(Number((target * 100).toFixed(4))),
    week: weekText(hours),
  };
  const [percent, setPercent] = useState(before.percent);
  const [week, setWeek] = useState<WeekText>(before.week);
  const [zone, setZone] = useState(hours?.zone ?? me.defaultZone);
  const [from, setFrom] = useState<string | null>(null);
  const saving = useAction();
  const goal = Number(percent.replace(',', '.'));
  const percentProblem =
    percent.trim() === '' || (goal >= 0 && goal <= 100)
      ? null
      : t('targets.goalWrong', 'A number from 0 to 100');
  const parsed = parseWeek(week);
  const targetTouched = percent !== before.percent;
  const hoursTouched =
    JSON.stringify(week) !== JSON.stringify(before.week) || (hours !== null && zone !== hours.zone);

  const save = async () => {
    const change = {
      ...(targetTouched && { target: percent.trim() === '' ? null : Number((goal / 100).toFixed(6)) }),
      ...(hoursTouched && { hours: Object.keys(parsed!).length === 0 ? null : { zone, week: parsed } }),
      ...(from !== null && { from, tz: me.defaultZone }),
    };
    if (await saving.run(() => api.put(path, change))) {
      onSaved();
    }
  };

  return (
    <div className={styles.form}>
      <FieldSet label={t('targets.level', 'Service level')} disabled={!mayWrite}>
        <Field
          label={t('targets.goal', 'Goal')}
          description={
            isDefault
              ? t('targets.goalHelp', 'Share of callers answered within the threshold that you promise.')
              : t('targets.goalOwnHelp', 'Empty: the goal of all queues holds.')
          }
          invalid={percentProblem !== null}
          error={percentProblem}
          noMargin
        >
          <Input
            id="target-goal"
            width={14}
            inputMode="decimal"
            suffix="%"
            value={percent}
            onChange={(event) => setPercent(event.currentTarget.value)}
          />
        </Field>
      </FieldSet>
      <FieldSet label={t('targets.hours', 'Business hours')} disabled={!mayWrite}>
        <HoursFields week={week} zone={zone} onWeek={setWeek} onZone={setZone} />
      </FieldSet>
      {mayWrite && (
        <>
          <SinceField
            value={from}
            onChange={setFrom}
            description={t('targets.fromHelp', 'Reports of earlier times keep what held then.')}
          />
          {saving.error && <ErrorState error={saving.error} />}
          {saved && !targetTouched && !hoursTouched && (
            <Alert severity="success" title={t('targets.saved', 'Saved')} />
          )}
          <div>
            <Button
              onClick={() => void save()}
              disabled={
                (!targetTouched && !hoursTouched) ||
                percentProblem !== null ||
                parsed === null ||
                saving.isRunning
              }
            >
              {t('targets.save', 'Save')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    paddingTop: theme.spacing(2),
    maxWidth: 720,
  }),
});
