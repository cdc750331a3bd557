/**
 * A connection being added or changed: the usual fields, or all of its settings as JSON.
 *
 * What must hold: secrets are only sent, never shown; one left alone stays as it is; settings the form does not know stay.
 */
import { t } from '@grafana/i18n';
import { Button, Drawer, Field, Input, RadioButtonGroup, Stack, TextArea } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { ErrorState } from '../../components/states';
import { useAction } from '../../components/useAction';
import { PLAIN } from '../../i18n/plain';
import { Findings } from './Findings';
import { newSettings, parseSettings } from './settings';
import { SettingsForm } from './SettingsForm';
import type { ConnectionRow, Dialect, Settings, TrialResult } from './types';

interface Props {
  /** Null: a new one. */
  row: ConnectionRow | null;
  onClose: (changed: boolean) => void;
}

export function ConnectionDrawer({ row, onClose }: Props) {
  const [name, setName] = useState(row?.name ?? '');
  const [settings, setSettings] = useState<Settings>(row?.settings ?? newSettings('asterisk'));
  /** Text of the settings while they are edited as JSON. */
  const [json, setJson] = useState<string | null>(null);
  const [result, setResult] = useState<TrialResult | null>(null);
  const working = useAction();
  const jsonProblem = json === null ? null : problemOf(json);
  const ready = name.trim() !== '' && jsonProblem === null && !working.isRunning;
  const wanted = () => (json === null ? settings : parseSettings(json));

  const save = async () => {
    const connection = wanted();
    const saved = await working.run(() =>
      row === null
        ? api.post('pbxs', { name, connection })
        : api.put(`pbxs/${encodeURIComponent(row.name)}`, connection),
    );
    if (saved) {
      onClose(true);
    }
  };
  const test = () =>
    working.run(async () =>
      setResult(await api.post<TrialResult>('pbxs/test', { name, connection: wanted() })),
    );

  return (
    <Drawer
      size="md"
      title={
        row === null
          ? t('connections.add', 'Add connection')
          : t('connections.editOne', 'Edit {{name}}', { ...PLAIN, name: row.name })
      }
      onClose={() => onClose(false)}
    >
      <Stack direction="column" gap={2}>
        {row === null && (
          <>
            <Field
              label={t('connections.name', 'Name')}
              description={t(
                'connections.nameHelp',
                'Letters, digits, . _ -; the calls belong to this name for good.',
              )}
              noMargin
            >
              <Input
                id="connection-name"
                width={50}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            </Field>
            <Field label={t('connections.dialect', 'Kind of PBX')} noMargin>
              <RadioButtonGroup<Dialect>
                id="connection-dialect"
                value={settings.dialect}
                options={DIALECTS}
                onChange={(dialect) => {
                  setSettings(newSettings(dialect));
                  setJson(null);
                }}
              />
            </Field>
          </>
        )}
        {json === null ? (
          <SettingsForm settings={settings} secrets={row?.secrets ?? []} onChange={setSettings} />
        ) : (
          <Field
            label={t('connections.allSettings', 'All settings')}
            description={t(
              'connections.allSettingsHelp',
              'As under pbxs of the configuration file, as JSON.',
            )}
            invalid={jsonProblem !== null}
            error={jsonProblem}
            noMargin
          >
            <TextArea
              id="connection-json"
              rows={18}
              value={json}
              onChange={(event) => setJson(event.currentTarget.value)}
            />
          </Field>
        )}
        <div>
          <Button
            size="sm"
            fill="text"
            variant="secondary"
            disabled={jsonProblem !== null}
            onClick={() => {
              if (json === null) {
                setJson(JSON.stringify(settings, null, 2));
              } else {
                setSettings(parseSettings(json));
                setJson(null);
              }
            }}
          >
            {json === null
              ? t('connections.asJson', 'Edit all settings as JSON')
              : t('connections.asForm', 'Back to the form')}
          </Button>
        </div>
        {working.error && <ErrorState error={working.error} />}
        {result && <Findings result={result} />}
        <Stack direction="row" gap={1}>
          <Button onClick={() => void save()} disabled={!ready}>
            {t('connections.save', 'Save')}
          </Button>
          <Button variant="secondary" icon="heart-rate" onClick={() => void test()} disabled={!ready}>
            {t('connections.test', 'Test')}
          </Button>
          <Button variant="secondary" fill="text" onClick={() => onClose(false)}>
            {t('connections.cancel', 'Cancel')}
          </Button>
        </Stack>
      </Stack>
    </Drawer>
  );
}

function problemOf(text: string): string | null {
  try {
    parseSettings(text);
    return null;
  } catch (error) {
    return t('connections.noJson', 'This is not right: {{problem}}', {
      ...PLAIN,
      problem: error instanceof Error ? error.message : '',
    });
  }
}

/** Names of the products. */
const DIALECTS: Array<{ value: Dialect; label: string }> = [
  { value: 'asterisk', label: 'Asterisk' },
  { value: 'freeswitch', label: 'FreeSWITCH' },
];
