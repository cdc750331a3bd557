/** What file to make. In: nothing. Out: format, language and what the format needs besides. */
import { t } from '@grafana/i18n';
import { Button, Checkbox, Combobox, Field, RadioButtonGroup, Stack } from '@grafana/ui';
import React, { useState } from 'react';
import type { Lang } from '../../../api/types';
import { activeLanguage, LANGUAGE_NAMES } from '../../../i18n/language';
import type { ExportFormat, ExportWish } from './useExports';

/** Formats are called so in every language. */
const FORMATS: Array<{ value: ExportFormat; label: string }> = [
  { value: 'xlsx', label: 'XLSX' },
  { value: 'pdf', label: 'PDF' },
  { value: 'csv', label: 'CSV' },
  { value: 'json', label: 'JSON' },
];
const PAPERS: Array<{ value: ExportWish['paper']; label: string }> = [
  { value: 'A4', label: 'A4' },
  { value: 'LETTER', label: 'Letter' },
];

export function ExportForm({ onMake }: { onMake: (wish: ExportWish) => Promise<void> }) {
  const [wish, setWish] = useState<ExportWish>({
    format: 'xlsx',
    lang: activeLanguage(),
    paper: 'A4',
    orientation: 'landscape',
    bom: true,
  });
  const [isSending, setSending] = useState(false);
  const set = (changed: Partial<ExportWish>) => setWish((before) => ({ ...before, ...changed }));
  const send = async () => {
    setSending(true);
    await onMake(wish);
    setSending(false);
  };

  return (
    <Stack direction="column" gap={2}>
      <Field label={t('reports.export.format', 'Format')} noMargin>
        <RadioButtonGroup
          aria-label={t('reports.export.format', 'Format')}
          options={FORMATS}
          value={wish.format}
          onChange={(format) => set({ format })}
        />
      </Field>
      <Field label={t('reports.export.language', 'Language')} htmlFor="export-language" noMargin>
        <Combobox
          id="export-language"
          width={30}
          options={(Object.keys(LANGUAGE_NAMES) as Lang[]).map((lang) => ({
            value: lang,
            label: LANGUAGE_NAMES[lang],
          }))}
          value={wish.lang}
          onChange={({ value }) => set({ lang: value })}
        />
      </Field>
      {wish.format === 'pdf' && (
        <Stack direction="row" gap={2} wrap="wrap">
          <Field label={t('reports.export.paper', 'Paper')} noMargin>
            <RadioButtonGroup
              aria-label={t('reports.export.paper', 'Paper')}
              options={PAPERS}
              value={wish.paper}
              onChange={(paper) => set({ paper })}
            />
          </Field>
          <Field label={t('reports.export.orientation', 'Orientation')} noMargin>
            <RadioButtonGroup
              aria-label={t('reports.export.orientation', 'Orientation')}
              options={[
                { value: 'landscape' as const, label: t('reports.export.landscape', 'Landscape') },
                { value: 'portrait' as const, label: t('reports.export.portrait', 'Portrait') },
              ]}
              value={wish.orientation}
              onChange={(orientation) => set({ orientation })}
            />
          </Field>
        </Stack>
      )}
      {wish.format === 'csv' && (
        <Checkbox
          label={t('reports.export.forExcel', 'To be opened with Excel')}
          description={t(
            'reports.export.forExcelWhy',
            'Adds a byte order mark, so that Excel reads all letters',
          )}
          value={wish.bom}
          onChange={(event) => set({ bom: event.currentTarget.checked })}
        />
      )}
      <div>
        <Button
          icon={isSending ? 'spinner' : 'download-alt'}
          disabled={isSending}
          onClick={() => void send()}
        >
          {t('reports.export.make', 'Make file')}
        </Button>
      </div>
    </Stack>
  );
}
