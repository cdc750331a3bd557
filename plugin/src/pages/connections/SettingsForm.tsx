/** The usual settings of a connection. In: settings, which secrets are set. Out: the changed settings. */
import { t } from '@grafana/i18n';
import { Field, FieldSet, Input, SecretInput, Stack, Switch } from '@grafana/ui';
import React, { useState } from 'react';
import { fieldOf, withField } from './settings';
import type { Settings } from './types';

interface Props {
  settings: Settings;
  secrets: string[];
  onChange: (settings: Settings) => void;
}

export function SettingsForm(props: Props) {
  return props.settings.dialect === 'asterisk' ? <Asterisk {...props} /> : <FreeSwitch {...props} />;
}

function Asterisk(props: Props) {
  return (
    <>
      <FieldSet label={t('connections.ami', 'Manager interface (AMI)')}>
        <Stack direction="column" gap={2}>
          <Text {...props} path="ami.host" label={t('connections.host', 'Host')} />
          <Text
            {...props}
            path="ami.port"
            label={t('connections.port', 'Port')}
            placeholder={PORTS.ami}
            isNumber
          />
          <Text {...props} path="ami.user" label={t('connections.user', 'User')} />
          <Secret {...props} path="ami.secret" label={t('connections.secret', 'Secret')} />
          <YesNo {...props} path="ami.tls" label={t('connections.tls', 'Encrypted (TLS)')} />
        </Stack>
      </FieldSet>
      <FieldSet label={t('connections.queueLog', 'Queue log')}>
        <Text
          {...props}
          path="queueLog.file"
          label={t('connections.file', 'File on the collector’s machine')}
          description={t(
            'connections.queueLogHelp',
            'With it the numbers are Asterisk’s own, to the second.',
          )}
          placeholder={FILES.queueLog}
        />
      </FieldSet>
      <FieldSet label={t('connections.cdr', 'Call records')}>
        <Stack direction="column" gap={2}>
          <Text
            {...props}
            path="cdr.file"
            label={t('connections.file', 'File on the collector’s machine')}
            placeholder={FILES.cdr}
          />
          <Text
            {...props}
            path="cdr.zone"
            label={t('connections.zone', 'Time zone of its times')}
            placeholder={ZONE}
          />
        </Stack>
      </FieldSet>
    </>
  );
}

function FreeSwitch(props: Props) {
  return (
    <>
      <FieldSet label={t('connections.esl', 'Event socket')}>
        <Stack direction="column" gap={2}>
          <Text {...props} path="esl.host" label={t('connections.host', 'Host')} />
          <Text
            {...props}
            path="esl.port"
            label={t('connections.port', 'Port')}
            placeholder={PORTS.esl}
            isNumber
          />
          <Secret {...props} path="esl.password" label={t('connections.password', 'Password')} />
          <YesNo {...props} path="esl.fifo" label={t('connections.fifo', 'Also the queues of mod_fifo')} />
        </Stack>
      </FieldSet>
      <FieldSet label={t('connections.cdr', 'Call records')}>
        <Text
          {...props}
          path="jsonCdr.folder"
          label={t('connections.folder', 'Folder on the collector’s machine')}
          placeholder={FILES.jsonCdr}
        />
      </FieldSet>
    </>
  );
}

/** The same in every language. */
const PORTS = { ami: '5038', esl: '8021' };
const FILES = {
  queueLog: '/var/log/asterisk/queue_log',
  cdr: '/var/log/asterisk/cdr-csv/Master.csv',
  jsonCdr: '/var/log/freeswitch/json_cdr',
};
const ZONE = 'Europe/Berlin';

interface FieldProps extends Props {
  path: string;
  label: string;
  description?: string;
  placeholder?: string;
  isNumber?: boolean;
}

function Text({ settings, onChange, path, label, description, placeholder, isNumber }: FieldProps) {
  return (
    <Field label={label} description={description} noMargin>
      <Input
        id={`connection-${path}`}
        width={50}
        value={fieldOf(settings, path)}
        placeholder={placeholder}
        onChange={({ currentTarget: { value } }) =>
          onChange(withField(settings, path, isNumber && /^\d+$/.test(value) ? Number(value) : value))
        }
      />
    </Field>
  );
}

function YesNo({ settings, onChange, path, label }: FieldProps) {
  return (
    <Field label={label} noMargin>
      <Switch
        id={`connection-${path}`}
        value={fieldOf(settings, path) === 'true'}
        onChange={(event) => onChange(withField(settings, path, event.currentTarget.checked || undefined))}
      />
    </Field>
  );
}

function Secret({ settings, secrets, onChange, path, label }: FieldProps) {
  const [replaced, setReplaced] = useState(!secrets.includes(path));
  return (
    <Field
      label={label}
      description={
        secrets.includes(path)
          ? t('connections.secretHelp', 'Stored encrypted, never shown. Left alone it stays as it is.')
          : t('connections.newSecretHelp', 'Stored encrypted, never shown again.')
      }
      noMargin
    >
      <SecretInput
        id={`connection-${path}`}
        width={50}
        isConfigured={!replaced}
        value={fieldOf(settings, path)}
        onReset={() => setReplaced(true)}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
          onChange(withField(settings, path, event.currentTarget.value))
        }
      />
    </Field>
  );
}
