/** An address that the preview does not have. */
import { EmptyState, LinkButton } from '@grafana/ui';
import React from 'react';
import { APP } from './navigation';
import { PluginPageView } from './PluginPageView';

export function NotFound() {
  return (
    <PluginPageView pageNav={{ text: 'Page not found' }}>
      <EmptyState
        variant="not-found"
        message="The preview has no such page"
        button={<LinkButton href={`/a/${APP.id}`}>Open the app</LinkButton>}
      >
        Dashboards, Explore and alerting need Grafana.
      </EmptyState>
    </PluginPageView>
  );
}
