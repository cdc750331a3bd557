/** The panels, shown alone with the data of our data source. In a real Grafana they are parts of dashboards. */
import { content, hasNames } from './support/checks';
import { expect, test } from './support/test';

const PANELS = ['queuescope-queueboard-panel', 'queuescope-agentboard-panel', 'queuescope-heatmap-panel'];

for (const id of PANELS) {
  for (const { lang, theme } of [
    { lang: 'en', theme: 'light' },
    { lang: 'ru', theme: 'dark' },
  ] as const) {
    test(`${id} ${lang} ${theme} draws its data`, async ({ open, environment }) => {
      test.skip(environment.isGrafana, 'the gallery is of the preview host');
      const page = await open(`/preview/panels/${id}`, { lang, theme });
      const panel = page.getByTestId(id);
      await expect(panel).toContainText(/sales|Alvarez/);
      await expect(content(page).getByText(/could not be loaded/)).toHaveCount(0);
      await hasNames(page);
    });
  }
}
