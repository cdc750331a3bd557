/** Settings of the data source: there are none; says where they are. */
import { t } from '@grafana/i18n';
import { Alert, LinkButton } from '@grafana/ui';
import React from 'react';
import { PLUGIN_ID } from '../../constants';

export function ConfigEditor() {
  return (
    <Alert severity="info" title={t('datasource.config.title', 'Nothing to set here')}>
      <p>
        {t(
          'datasource.config.text',
          'This data source asks the collector through the Queuescope app, whose configuration has its address and token.',
        )}
      </p>
      <LinkButton variant="secondary" size="sm" icon="cog" href={`/plugins/${PLUGIN_ID}`}>
        {t('datasource.config.open', 'Open the configuration')}
      </LinkButton>
    </Alert>
  );
}
