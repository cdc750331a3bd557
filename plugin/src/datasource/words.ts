/** Errors of the API in one sentence, for the corner of a panel. */
import { t } from '@grafana/i18n';
import { toApiError, type ApiError } from '../api/errors';

export function errorText({ kind, message, errors }: ApiError): string {
  switch (kind) {
    case 'unreachable':
      return t(
        'datasource.error.unreachable',
        'The collector does not answer. Check that it runs and that its address in the app’s configuration is right.',
      );
    case 'token':
      return t(
        'datasource.error.token',
        'The collector does not accept the token. Make a new one and put it into the app’s configuration.',
      );
    case 'forbidden':
      return message || t('datasource.error.forbidden', 'Your role does not allow this.');
    case 'busy':
      return message || t('datasource.error.busy', 'The collector is busy. Try again in a moment.');
    case 'notFound':
    case 'invalid':
    case 'failed':
      return errors.length > 0 ? errors.map((one) => `${one.field}: ${one.message}`).join('; ') : message;
  }
}

/** @returns null for a request that was cancelled. */
export function textOfThrown(thrown: unknown): string | null {
  const error = toApiError(thrown);
  return error && errorText(error);
}
