/**
 * What a page or a part of it shows when there is nothing to show: loading, empty, an error, no permission.
 *
 * What must hold: each says what is so, in a sentence, and offers a way on.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, EmptyState, LinkButton, Spinner, useStyles2 } from '@grafana/ui';
import React, { type ReactNode } from 'react';
import type { ApiError } from '../api/errors';
import { PLUGIN_ID } from '../constants';
import { PLAIN } from '../i18n/plain';

export function LoadingState() {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.loading} role="status" aria-label={t('app.states.loading', 'Loading')}>
      <Spinner size="xl" />
    </div>
  );
}

interface EmptyProps {
  /** What is not there: "No calls in this time". */
  message: string;
  /** Why, or what to do about it. */
  children?: ReactNode;
  button?: ReactNode;
  variant?: 'call-to-action' | 'not-found' | 'completed';
}

/** Nothing there, and that is no error. */
export function NothingHere({ message, children, button, variant = 'not-found' }: EmptyProps) {
  return (
    <EmptyState variant={variant} message={message} button={button} hideImage={variant === 'completed'}>
      {children}
    </EmptyState>
  );
}

export function NoPermission({ needed }: { needed: string }) {
  return (
    <EmptyState
      variant="not-found"
      hideImage
      message={t('app.states.noPermission', 'You may not see this page')}
    >
      {t('app.states.noPermissionWhy', 'It needs: {{needed}}. Ask an administrator of your organization.', {
        ...PLAIN,
        needed,
      })}
    </EmptyState>
  );
}

interface ErrorProps {
  error: ApiError;
  onRetry?: () => void;
  /** Something was to be changed, not only asked. */
  isChange?: boolean;
}

/** An error of the API, with what it names and a way on. */
export function ErrorState({ error, onRetry, isChange = false }: ErrorProps) {
  const styles = useStyles2(getStyles);
  return (
    <Alert
      severity={error.kind === 'invalid' ? 'warning' : 'error'}
      title={
        isChange && error.kind === 'invalid'
          ? t('app.error.refused', 'This was not accepted')
          : titleOf(error)
      }
      className={styles.error}
    >
      <div>{hintOf(error)}</div>
      {error.errors.length > 0 ? (
        <ul className={styles.fields}>
          {error.errors.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              <code>{field}</code> {message}
            </li>
          ))}
        </ul>
      ) : (
        error.message !== '' && <div className={styles.detail}>{error.message}</div>
      )}
      <div className={styles.actions}>
        {onRetry && (
          <Button variant="secondary" size="sm" icon="sync" onClick={onRetry}>
            {t('app.states.retry', 'Try again')}
          </Button>
        )}
        {(error.kind === 'unreachable' || error.kind === 'token') && (
          <LinkButton variant="secondary" size="sm" icon="cog" href={`/plugins/${PLUGIN_ID}`}>
            {t('app.states.toConfiguration', 'Open the configuration')}
          </LinkButton>
        )}
      </div>
    </Alert>
  );
}

function titleOf({ kind }: ApiError): string {
  switch (kind) {
    case 'unreachable':
      return t('app.error.unreachable', 'The collector does not answer');
    case 'token':
      return t('app.error.token', 'The collector does not accept the token');
    case 'forbidden':
      return t('app.error.forbidden', 'You may not do this');
    case 'notFound':
      return t('app.error.notFound', 'Not found');
    case 'invalid':
      return t('app.error.invalid', 'This cannot be answered');
    case 'busy':
      return t('app.error.busy', 'The collector is busy');
    case 'failed':
      return t('app.error.failed', 'Something went wrong');
  }
}

function hintOf({ kind }: ApiError): ReactNode {
  switch (kind) {
    case 'unreachable':
      return t(
        'app.error.unreachableHint',
        'Check that it runs and that its address in the configuration is right.',
      );
    case 'token':
      return t('app.error.tokenHint', 'Make a new token on the collector and put it into the configuration.');
    case 'forbidden':
      return t('app.error.forbiddenHint', 'Your role in Grafana does not allow it.');
    case 'busy':
      return t('app.error.busyHint', 'It has too much to do right now. Try again in a moment.');
    case 'notFound':
    case 'invalid':
    case 'failed':
      return null;
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  loading: css({ display: 'flex', justifyContent: 'center', padding: theme.spacing(8) }),
  error: css({ maxWidth: 800 }),
  fields: css({ margin: theme.spacing(1, 0, 0, 2) }),
  detail: css({ marginTop: theme.spacing(1), color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
  actions: css({ display: 'flex', gap: theme.spacing(1), marginTop: theme.spacing(1) }),
});
