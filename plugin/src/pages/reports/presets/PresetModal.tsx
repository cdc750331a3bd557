/**
 * Saves what a report's page shows as a preset, or changes one.
 *
 * In: the state of the page, the preset to change (null: a new one). Out: a saved preset. What must hold: a preset has a
 * range that moves; when fixed dates are shown, the form asks for one.
 */
import { t } from '@grafana/i18n';
import { Button, Combobox, Field, Input, Modal, Stack, Switch } from '@grafana/ui';
import React, { useState } from 'react';
import { PLAIN } from '../../../i18n/plain';
import { toApiError, type ApiError } from '../../../api/errors';
import { NAMED_RANGES, RANGE_NAMES, rangeNameOf } from '../../../components/filters/range';
import { rangeNameText } from '../../../components/filters/range-texts';
import { ErrorState } from '../../../components/states';
import { useUser } from '../../../app/UserContext';
import type { ReportInfo } from '../catalog';
import type { ReportState } from '../report-url';
import { changePreset, createPreset, paramsOf, type Preset } from './usePresets';

interface Props {
  report: ReportInfo;
  state: ReportState;
  zone: string;
  preset: Preset | null;
  onSaved: (id: number, changed: Partial<ReportState>) => void;
  onClose: () => void;
}

export function PresetModal({ report, state, zone, preset, onSaved, onClose }: Props) {
  const { me } = useUser();
  const [name, setName] = useState(preset?.name ?? '');
  const [range, setRange] = useState(rangeNameOf(state.range) ?? preset?.range ?? null);
  const [isShared, setShared] = useState(preset?.shared ?? false);
  const [error, setError] = useState<ApiError | null>(null);
  const [isSaving, setSaving] = useState(false);
  const wrongName = error?.errors.find(({ field }) => field === 'name')?.message;

  const save = async () => {
    if (range === null) {
      return;
    }
    setSaving(true);
    const spec = {
      name: name.trim(),
      report: report.name,
      params: paramsOf(state),
      range,
      tz: zone,
      shared: isShared,
    };
    try {
      const id = preset ? (await changePreset(preset.id, spec), preset.id) : (await createPreset(spec)).id;
      onSaved(id, { range: NAMED_RANGES[range] });
    } catch (thrown) {
      setError(toApiError(thrown));
      setSaving(false);
    }
  };

  return (
    <Modal
      isOpen
      title={
        preset
          ? t('reports.preset.changeTitle', 'Change preset')
          : t('reports.preset.newTitle', 'Save as preset')
      }
      onDismiss={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack direction="column" gap={2}>
          <Field
            label={t('reports.preset.name', 'Name')}
            htmlFor="preset-name"
            noMargin
            required
            invalid={wrongName !== undefined}
            error={wrongName}
          >
            <Input
              id="preset-name"
              value={name}
              maxLength={190}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </Field>
          <Field
            label={t('reports.preset.range', 'Range')}
            description={t(
              'reports.preset.rangeHelp',
              'Counted from the day it is opened or sent, in {{zone}}',
              { ...PLAIN, zone },
            )}
            htmlFor="preset-range"
            noMargin
          >
            <Combobox
              id="preset-range"
              options={RANGE_NAMES.map((value) => ({ value, label: rangeNameText(value) }))}
              value={range}
              placeholder={t('reports.preset.chooseRange', 'Choose a range that moves with the calendar')}
              onChange={({ value }) => setRange(value)}
            />
          </Field>
          {me.role !== 'viewer' && (
            <Field
              label={t('reports.preset.shared', 'Shared')}
              description={t('reports.preset.sharedHelp', 'Everybody of the organization sees it')}
              htmlFor="preset-shared"
              noMargin
            >
              <Switch
                id="preset-shared"
                value={isShared}
                onChange={(event) => setShared(event.currentTarget.checked)}
              />
            </Field>
          )}
          {error && wrongName === undefined && <ErrorState error={error} isChange />}
        </Stack>
        <Modal.ButtonRow>
          <Button variant="secondary" fill="outline" onClick={onClose}>
            {t('reports.preset.cancel', 'Cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === '' || range === null || isSaving}>
            {t('reports.preset.save', 'Save')}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}
