/** The fields of a schedule. In: a draft. Out: the changed draft. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  Checkbox,
  Combobox,
  Field,
  FieldSet,
  Input,
  RadioButtonGroup,
  Stack,
  TextArea,
  TextLink,
  useStyles2,
} from '@grafana/ui';
import React from 'react';
import type { Lang } from '../../api/types';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { pageUrl } from '../../constants';
import { LANGUAGE_NAMES } from '../../i18n/language';
import { PLAIN } from '../../i18n/plain';
import { CadenceFields } from './CadenceFields';
import { ConditionFields } from './ConditionFields';
import { DeliveryFields } from './DeliveryFields';
import type { Draft } from './draft';
import type { Format, SavedReport } from './types';
import { rangeText } from './words';

interface Props {
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** A secret of the webhook is stored. */
  hasSecret: boolean;
}

const FORMATS: readonly Format[] = ['pdf', 'xlsx', 'csv', 'json'];
const PLACEHOLDERS =
  '{schedule} {report} {period} {from} {to} {rows} {filters} {completeness} {about} {total.serviceLevel}';

export function ScheduleForm({ draft, onChange, hasSecret }: Props) {
  const styles = useStyles2(getStyles);
  const { me } = useUser();
  const saved = useResource<{ rows: SavedReport[] }>('saved-reports').data?.rows ?? [];
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change });
  const isChosen = (one: Format, changed: Format, checked: boolean) =>
    one === changed ? checked : draft.formats.includes(one);
  const chosen = saved.find(({ id }) => id === draft.savedReportId) ?? null;
  return (
    <div>
      <FieldSet label={t('schedules.what', 'What')}>
        <Stack direction="column" gap={2}>
          <Field label={t('schedules.name', 'Name')} noMargin>
            <Input
              id="schedule-name"
              width={60}
              value={draft.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
          </Field>
          <Field
            label={t('schedules.savedReport', 'Saved report')}
            description={
              saved.length === 0 ? (
                <>
                  {t('schedules.noSaved', 'There is none yet: open a report, set its filters and save it.')}{' '}
                  <TextLink href={pageUrl('reports')}>{t('schedules.toReports', 'Reports')}</TextLink>
                </>
              ) : (
                t('schedules.savedHelp', 'What is sent, with its filters; the range moves with the calendar.')
              )
            }
            noMargin
          >
            <Combobox
              id="schedule-report"
              width={60}
              value={draft.savedReportId}
              options={saved.map(({ id, name, range }) => ({
                value: id,
                label: name,
                description: rangeText(range),
              }))}
              onChange={({ value }) => set({ savedReportId: value })}
            />
          </Field>
          <Field label={t('schedules.formats', 'Formats')} noMargin>
            <Stack direction="row" gap={2} wrap="wrap">
              {FORMATS.map((format) => (
                <Checkbox
                  key={format}
                  id={`schedule-format-${format}`}
                  label={format.toUpperCase()}
                  value={draft.formats.includes(format)}
                  onChange={(event) =>
                    set({
                      formats: FORMATS.filter((one) => isChosen(one, format, event.currentTarget.checked)),
                    })
                  }
                />
              ))}
            </Stack>
          </Field>
          <Field label={t('schedules.language', 'Language of the files')} noMargin>
            <RadioButtonGroup<Lang>
              value={draft.lang}
              options={(['en', 'ru', 'uz'] as const).map((value) => ({
                value,
                label: LANGUAGE_NAMES[value],
              }))}
              onChange={(lang) => set({ lang })}
              aria-label={t('schedules.language', 'Language of the files')}
            />
          </Field>
          {draft.formats.includes('pdf') && (
            <Stack direction="row" gap={2} wrap="wrap">
              <Field label={t('schedules.paper', 'Paper')} noMargin>
                <RadioButtonGroup
                  value={draft.paper}
                  options={PAPERS}
                  onChange={(paper) => set({ paper })}
                  aria-label={t('schedules.paper', 'Paper')}
                />
              </Field>
              <Field label={t('schedules.orientation', 'Orientation')} noMargin>
                <RadioButtonGroup
                  value={draft.orientation}
                  options={[
                    { value: 'landscape' as const, label: t('schedules.landscape', 'Landscape') },
                    { value: 'portrait' as const, label: t('schedules.portrait', 'Portrait') },
                  ]}
                  onChange={(orientation) => set({ orientation })}
                  aria-label={t('schedules.orientation', 'Orientation')}
                />
              </Field>
            </Stack>
          )}
        </Stack>
      </FieldSet>
      <FieldSet label={t('schedules.when', 'When')}>
        <Stack direction="column" gap={2}>
          <CadenceFields cron={draft.cron} onChange={(cron) => set({ cron })} />
          <Field label={t('schedules.zone', 'Time zone')} noMargin>
            <Combobox
              id="schedule-zone"
              width={40}
              value={draft.tz}
              options={[...new Set([draft.tz, ...me.zones, ...Intl.supportedValuesOf('timeZone')])].map(
                (value) => ({ value }),
              )}
              onChange={({ value }) => set({ tz: value })}
            />
          </Field>
          <ConditionFields
            report={chosen?.report ?? null}
            condition={draft.condition}
            onChange={(condition) => set({ condition })}
          />
        </Stack>
      </FieldSet>
      <FieldSet label={t('schedules.whoGets', 'Who gets it')}>
        <Stack direction="column" gap={2}>
          <DeliveryFields
            delivery={draft.delivery}
            hasSecret={hasSecret}
            onChange={(delivery) => set({ delivery })}
          />
          <Field
            label={t('schedules.subject', 'Subject')}
            description={t('schedules.placeholders', 'Placeholders: {{placeholders}}', {
              ...PLAIN,
              placeholders: PLACEHOLDERS,
            })}
            noMargin
          >
            <Input
              id="schedule-subject"
              width={60}
              value={draft.subject}
              onChange={(event) => set({ subject: event.currentTarget.value })}
            />
          </Field>
          <Field label={t('schedules.text', 'Text')} noMargin>
            <TextArea
              id="schedule-text"
              className={styles.text}
              rows={5}
              value={draft.text}
              onChange={(event) => set({ text: event.currentTarget.value })}
            />
          </Field>
        </Stack>
      </FieldSet>
    </div>
  );
}

/** Names of papers are the same in every language. */
const PAPERS: Array<{ value: Draft['paper']; label: string }> = [
  { value: 'A4', label: 'A4' },
  { value: 'LETTER', label: 'Letter' },
];

const getStyles = (theme: GrafanaTheme2) => ({
  // As wide as the fields above it.
  text: css({ width: theme.spacing(60), maxWidth: '100%' }),
});
