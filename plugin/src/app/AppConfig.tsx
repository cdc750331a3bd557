/**
 * Configuration of the app in Grafana: where the collector is and the token by which Grafana speaks with it.
 *
 * In: the plugin's settings. Out: saved settings, and a test of the connection. What must hold: the token is write-only;
 * a test uses what is saved, for only Grafana's proxy knows the token.
 */
import { css } from '@emotion/css';
import type { AppPluginMeta, GrafanaTheme2, PluginConfigPageProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { getBackendSrv } from '@grafana/runtime';
import { Alert, Button, Field, FieldSet, Input, SecretInput, useStyles2 } from '@grafana/ui';
import React, { useState, type ChangeEvent } from 'react';
import { lastValueFrom } from 'rxjs';
import { api } from '../api/client';
import { toApiError, type ApiError } from '../api/errors';
import type { Me } from '../api/types';
import { ErrorState } from '../components/states';
import { PLAIN } from '../i18n/plain';

/** What to type looks like this in every language. */
const EXAMPLE = { address: 'http://collector:8080', token: 'qs_…' };

interface Settings {
  apiUrl?: string;
}

type Tested =
  | { state: 'idle' | 'testing' | 'notCollector' }
  | { state: 'done'; me: Me }
  | { state: 'failed'; error: ApiError };

export default function AppConfig({ plugin }: PluginConfigPageProps<AppPluginMeta<Settings>>) {
  const styles = useStyles2(getStyles);
  const { enabled, pinned, jsonData, secureJsonFields } = plugin.meta;
  const [apiUrl, setApiUrl] = useState(jsonData?.apiUrl ?? '');
  const [token, setToken] = useState('');
  const [hasToken, setHasToken] = useState(Boolean(secureJsonFields?.apiToken));
  const [tested, setTested] = useState<Tested>({ state: 'idle' });
  const problem = addressProblem(apiUrl);
  const complete = problem === null && (hasToken || token !== '');

  const save = async () => {
    setTested({ state: 'testing' });
    try {
      await saveSettings(plugin.meta.id, {
        enabled: enabled ?? true,
        pinned: pinned ?? true,
        jsonData: { apiUrl: apiUrl.replace(/\/+$/, '') },
        ...(token !== '' && { secureJsonData: { apiToken: token } }),
      });
      setHasToken(true);
      setToken('');
      setTested(outcomeOf(await api.get<Partial<Me> | string>('me')));
    } catch (thrown) {
      const error = toApiError(thrown);
      setTested(
        error?.kind === 'notFound'
          ? { state: 'notCollector' }
          : error
            ? { state: 'failed', error }
            : { state: 'idle' },
      );
    }
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <FieldSet label={t('config.collector', 'Collector')}>
        <Field
          label={t('config.apiUrl', 'Address')}
          description={t(
            'config.apiUrlHelp',
            'Where Grafana reaches the collector’s API. Grafana adds /api/v1 itself.',
          )}
          invalid={apiUrl !== '' && problem !== null}
          error={problem}
          noMargin
          className={styles.field}
        >
          <Input
            id="config-api-url"
            width={60}
            value={apiUrl}
            placeholder={EXAMPLE.address}
            onChange={(event: ChangeEvent<HTMLInputElement>) => setApiUrl(event.target.value)}
          />
        </Field>
        <Field
          label={t('config.apiToken', 'Token')}
          description={t(
            'config.apiTokenHelp',
            'Made by “queuescope token create --name Grafana --role admin --acts-for-users”: Grafana tells the collector who asks, and each user has the rights of their Grafana role.',
          )}
          noMargin
          className={styles.field}
        >
          <SecretInput
            id="config-api-token"
            width={60}
            isConfigured={hasToken}
            value={token}
            placeholder={EXAMPLE.token}
            onChange={(event: ChangeEvent<HTMLInputElement>) => setToken(event.target.value)}
            onReset={() => setHasToken(false)}
          />
        </Field>
      </FieldSet>
      <Button type="submit" disabled={!complete || tested.state === 'testing'}>
        {enabled ? t('config.save', 'Save and test') : t('config.enable', 'Enable, save and test')}
      </Button>
      <div className={styles.result} aria-live="polite">
        {tested.state === 'done' && <Connected me={tested.me} />}
        {tested.state === 'notCollector' && (
          <Alert
            severity="error"
            title={t('config.notCollector', 'What answers there is no Queuescope collector')}
          >
            {t('config.notCollectorHint', 'Check host and port; a proxy before it must pass /api/v1 on.')}
          </Alert>
        )}
        {tested.state === 'failed' && <ErrorState error={tested.error} onRetry={() => void save()} />}
      </div>
    </form>
  );
}

function Connected({ me }: { me: Me }) {
  return (
    <>
      <Alert
        severity="success"
        title={t('config.works', 'Connected to Queuescope {{version}}', { ...PLAIN, version: me.version })}
      >
        {t('config.worksAs', 'Your role is {{role}}, your tenant “{{tenant}}”.', {
          ...PLAIN,
          role: roleText(me.role),
          tenant: me.tenant,
        })}
      </Alert>
      {me.login === null && (
        <Alert
          severity="warning"
          title={t('config.forItself', 'With this token everybody has the role {{role}}', {
            ...PLAIN,
            role: roleText(me.role),
          })}
        >
          {t('config.forItselfHint', 'It does not act for users. Make one with --acts-for-users.')}
        </Alert>
      )}
    </>
  );
}

/** Anything can answer at an address that was mistyped. */
const outcomeOf = (me: Partial<Me> | string): Tested =>
  typeof me === 'object' && me.version !== undefined && me.permissions !== undefined
    ? { state: 'done', me: me as Me }
    : { state: 'notCollector' };

const roleText = (role: Me['role']): string =>
  ({
    viewer: t('config.role.viewer', 'Viewer'),
    editor: t('config.role.editor', 'Editor'),
    admin: t('config.role.admin', 'Admin'),
  })[role];

/** @returns null when the address can be one. */
function addressProblem(address: string): string | null {
  try {
    const { protocol } = new URL(address);
    return protocol === 'http:' || protocol === 'https:'
      ? null
      : t('config.protocol', 'The address begins with http:// or https://');
  } catch {
    return t('config.noAddress', 'Not an address: write it as http://collector:8080');
  }
}

async function saveSettings(id: string, data: object): Promise<void> {
  await lastValueFrom(
    getBackendSrv().fetch({
      url: `/api/plugins/${id}/settings`,
      method: 'POST',
      data,
      showErrorAlert: false,
    }),
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({ maxWidth: 800 }),
  field: css({ marginBottom: theme.spacing(2) }),
  result: css({ marginTop: theme.spacing(2) }),
});
