/** Days with other hours, or none; of all queues or one. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, DatePickerWithInput, Field, IconButton, Input, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { dateOf, localDate } from '../../components/local-date';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { useAction } from '../../components/useAction';
import { formatDate } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import { EXAMPLE, parseSpans, spansText, type Span } from './hours';
import { QueueOption, type QueueRef } from './QueueOption';

interface Holiday {
  id: number;
  date: string;
  name: string;
  /** Null: closed. */
  spans: Span[] | null;
  /** Null: all queues. */
  pbx: string | null;
  queue: string | null;
}

export function Holidays() {
  const styles = useStyles2(getStyles);
  const mayWrite = useUser().may('directory:write');
  const { data, error, reload } = useResource<{ rows: Holiday[] }>('directory/holidays');
  const changing = useAction();
  const change = async (work: () => Promise<unknown>) => {
    const done = await changing.run(work);
    if (done) {
      reload();
    }
    return done;
  };
  return (
    <div className={styles.part}>
      {mayWrite && <NewHoliday add={(body) => change(() => api.post('directory/holidays', body))} />}
      {(changing.error ?? error) && <ErrorState error={(changing.error ?? error)!} onRetry={reload} />}
      {data === null ? (
        !error && <LoadingState />
      ) : data.rows.length === 0 ? (
        <NothingHere message={t('targets.noHolidays', 'No holidays')}>
          {t('targets.noHolidaysHint', 'On a holiday other hours hold, or none.')}
        </NothingHere>
      ) : (
        <DataTable
          label={t('targets.holidays', 'Holidays')}
          headers={[
            t('targets.date', 'Date'),
            t('targets.name', 'Name'),
            t('targets.open', 'Open'),
            t('targets.of', 'Queues'),
            ...(mayWrite ? [''] : []),
          ]}
          rows={data.rows.map(({ id, date, name, spans, queue }) => ({
            key: String(id),
            cells: [
              formatDate(date),
              name,
              spans === null ? t('targets.closed', 'closed') : spansText(spans),
              queue ?? t('targets.all', 'All queues'),
              ...(mayWrite
                ? [
                    <IconButton
                      key="remove"
                      name="trash-alt"
                      disabled={changing.isRunning}
                      aria-label={t('targets.remove', 'Remove {{name}}', { ...PLAIN, name })}
                      onClick={() => void change(() => api.delete(`directory/holidays/${id}`))}
                    />,
                  ]
                : []),
            ],
          }))}
        />
      )}
    </div>
  );
}

function NewHoliday({ add }: { add: (body: unknown) => Promise<boolean> }) {
  const styles = useStyles2(getStyles);
  const [date, setDate] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [open, setOpen] = useState('');
  const [queue, setQueue] = useState<QueueRef | null>(null);
  const spans = parseSpans(open);
  const save = async () => {
    const times = spans !== null && spans.length > 0 && { spans };
    if (await add({ date, name, ...times, ...queue })) {
      setDate(null);
      setName('');
      setOpen('');
    }
  };
  return (
    <div className={styles.bar}>
      <Field label={t('targets.date', 'Date')} noMargin>
        <DatePickerWithInput
          id="holiday-date"
          width={20}
          value={date === null ? undefined : dateOf(date)}
          onChange={(day) => setDate(day === '' ? null : localDate(day))}
          closeOnSelect
          placeholder={t('targets.chooseDate', 'Choose a day')}
        />
      </Field>
      <Field label={t('targets.name', 'Name')} noMargin>
        <Input
          id="holiday-name"
          width={30}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      <Field label={t('targets.of', 'Queues')} noMargin>
        <QueueOption id="holiday-queue" value={queue} onChange={setQueue} />
      </Field>
      <Field
        label={t('targets.open', 'Open')}
        invalid={spans === null}
        error={t('targets.spansWrong', 'Times from – to, in order: {{example}}', {
          ...PLAIN,
          example: EXAMPLE,
        })}
        noMargin
      >
        <Input
          id="holiday-open"
          width={30}
          value={open}
          placeholder={t('targets.closed', 'closed')}
          onChange={(event) => setOpen(event.currentTarget.value)}
        />
      </Field>
      <Button
        icon="plus"
        className={styles.add}
        variant="secondary"
        disabled={date === null || name.trim() === '' || spans === null}
        onClick={() => void save()}
      >
        {t('targets.add', 'Add')}
      </Button>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  part: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    paddingTop: theme.spacing(2),
  }),
  bar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: theme.spacing(2) }),
  add: css({ marginTop: theme.spacing(2.5) }),
});
