/** The panels, shown alone with the data of our data source. In a real Grafana they are parts of dashboards. */
import { content, hasNames } from './support/checks';
import { expect, test } from './support/test';

const PANELS = [
  { id: 'queuescope-queueboard-panel', shows: /sales/ },
  { id: 'queuescope-agentboard-panel', shows: /Anna Alvarez/ },
  { id: 'queuescope-heatmap-panel', shows: /Mon|пн/i },
];

for (const { id, shows } of PANELS) {
  for (const { lang, theme } of [
    { lang: 'en', theme: 'light' },
    { lang: 'ru', theme: 'dark' },
  ] as const) {
    test(`${id} ${lang} ${theme} draws its data`, async ({ open, environment }) => {
      test.skip(environment.isGrafana, 'the gallery is of the preview host');
      const page = await open(`/preview/panels/${id}`, { lang, theme });
      const panel = page.getByTestId(id);
      await expect(panel).toContainText(shows);
      await expect(content(page).getByText(/could not be loaded/)).toHaveCount(0);
      await hasNames(page);
    });
  }
}
