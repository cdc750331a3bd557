/** Draws the page into the document: theme, router, shell. */
import { createTheme, getThemeById, ThemeContext } from '@grafana/data';
import { config } from '@grafana/runtime';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import React from 'react';
import { createRoot } from 'react-dom/client';
import { HistoryRouter } from './HistoryRouter';
import { Shell } from './Shell';

export function renderShell(): void {
  const root = document.getElementById('host');
  if (root === null) {
    throw new Error('The page has no element #host');
  }
  const theme = config.theme2 ?? getThemeById(config.bootData.user.theme) ?? createTheme();
  createRoot(root).render(
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <HistoryRouter>
        <Shell />
      </HistoryRouter>
      <PortalContainer />
    </ThemeContext.Provider>,
  );
}
