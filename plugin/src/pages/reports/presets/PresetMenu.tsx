/**
 * Presets of a report: opening, saving, sharing, renaming, removing, opening by default, sending on schedule.
 *
 * In: the report and the state of its page. Out: a menu, and the forms it opens. What must hold: only its owner (or an
 * admin) changes a preset.
 */
import { t } from '@grafana/i18n';
import { Button, ConfirmModal, Dropdown, Menu } from '@grafana/ui';
import { locationService } from '@grafana/runtime';
import React, { useState } from 'react';
import { PLAIN } from '../../../i18n/plain';
import { toApiError, type ApiError } from '../../../api/errors';
import { useUser } from '../../../app/UserContext';
import { pageUrl } from '../../../constants';
import type { ReportInfo } from '../catalog';
import type { ReportState } from '../report-url';
import { PresetModal } from './PresetModal';
import { removePreset, stateOfPreset, usePresets, type Preset } from './usePresets';

interface Props {
  report: ReportInfo;
  state: ReportState;
  zone: string;
  onChange: (changed: Partial<ReportState>) => void;
}

export function PresetMenu({ report, state, zone, onChange }: Props) {
  const { me, preferences, savePreferences } = useUser();
  const { data, reload } = usePresets(report.name);
  const [editing, setEditing] = useState<{ preset: Preset | null } | null>(null);
  const [removing, setRemoving] = useState<Preset | null>(null);
  const [failed, setFailed] = useState<ApiError | null>(null);
  const presets = data ?? [];
  const current = presets.find(({ id }) => id === state.preset) ?? null;
  const isDefault = current !== null && preferences.defaultPresets[report.name] === current.id;
  const mayChange = current !== null && (me.role === 'admin' || current.own);

  const toggleDefault = () => {
    const { [report.name]: _, ...others } = preferences.defaultPresets;
    const defaultPresets = current && !isDefault ? { ...others, [report.name]: current.id } : others;
    void savePreferences({ defaultPresets }).catch((thrown) => setFailed(toApiError(thrown)));
  };
  const remove = async (preset: Preset) => {
    try {
      await removePreset(preset.id);
      setRemoving(null);
      setFailed(null);
      onChange({ preset: null });
      reload();
    } catch (thrown) {
      setFailed(toApiError(thrown));
    }
  };

  const menu = (
    <Menu>
      {presets.length > 0 && (
        <Menu.Group label={t('reports.preset.open', 'Open')}>
          {presets.map((preset) => (
            <Menu.Item
              key={preset.id}
              label={preset.name}
              icon={preset.shared ? 'users-alt' : 'user'}
              active={preset.id === state.preset}
              description={
                preferences.defaultPresets[report.name] === preset.id
                  ? t('reports.preset.isDefault', 'Default')
                  : undefined
              }
              onClick={() => onChange(stateOfPreset(preset))}
            />
          ))}
        </Menu.Group>
      )}
      <Menu.Group label={t('reports.preset.this', 'This view')}>
        <Menu.Item
          icon="save"
          label={t('reports.preset.saveAs', 'Save as preset…')}
          onClick={() => setEditing({ preset: null })}
        />
        {current && mayChange && (
          <Menu.Item
            icon="pen"
            label={t('reports.preset.change', 'Save changes, rename, share…')}
            onClick={() => setEditing({ preset: current })}
          />
        )}
        {current && (
          <Menu.Item
            icon={isDefault ? 'favorite' : 'star'}
            label={
              isDefault
                ? t('reports.preset.noDefault', 'Do not open by default')
                : t('reports.preset.asDefault', 'Open by default')
            }
            onClick={toggleDefault}
          />
        )}
        {current && me.permissions.includes('schedules:write') && (
          <Menu.Item
            icon="calendar-alt"
            label={t('reports.preset.schedule', 'Schedule this report…')}
            onClick={() => locationService.push(`${pageUrl('schedules', 'new')}?savedReport=${current.id}`)}
          />
        )}
        {current && mayChange && (
          <Menu.Item
            icon="trash-alt"
            destructive
            label={t('reports.preset.remove', 'Remove…')}
            onClick={() => setRemoving(current)}
          />
        )}
      </Menu.Group>
    </Menu>
  );

  return (
    <>
      <Dropdown overlay={menu} placement="bottom-end">
        <Button variant="secondary" icon={isDefault ? 'favorite' : 'bookmark'}>
          {current?.name ?? t('reports.preset.button', 'Presets')}
        </Button>
      </Dropdown>
      {editing && (
        <PresetModal
          report={report}
          state={state}
          zone={zone}
          preset={editing.preset}
          onClose={() => setEditing(null)}
          onSaved={(id, changed) => {
            setEditing(null);
            reload();
            onChange({ ...changed, preset: id });
          }}
        />
      )}
      <ConfirmModal
        isOpen={removing !== null}
        title={t('reports.preset.removeTitle', 'Remove preset')}
        body={t('reports.preset.removeBody', 'Remove “{{name}}”? Reports themselves stay as they are.', {
          ...PLAIN,
          name: removing?.name,
        })}
        description={failed?.message}
        confirmText={t('reports.preset.removeConfirm', 'Remove')}
        onConfirm={() => (removing ? remove(removing) : undefined)}
        onDismiss={() => {
          setRemoving(null);
          setFailed(null);
        }}
      />
    </>
  );
}
