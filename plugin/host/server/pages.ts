/**
 * The two HTML pages of the host: the one in which everything runs, and the one that applies a visitor's choices.
 *
 * What must hold: nothing taken from a request or a file can end a script element early.
 */
import type { Choices } from './choices';

export const appPage = (boot: Record<string, unknown>, { lang }: Choices): string => `<!doctype html>
<html lang="${lang}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Queuescope preview</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/public/host/app.css" />
    <script>
      window.__grafana_public_path__ = '/public/';
      window.grafanaBootData = ${scriptJson(boot)};
    </script>
  </head>
  <body>
    <div id="host"></div>
    <script src="/public/host/app.js"></script>
  </body>
</html>
`;

/** The app keeps the language in the browser: only a script can set that. */
export const choicePage = ({ lang }: Choices, to: string): string => `<!doctype html>
<meta charset="utf-8" />
<title>Queuescope preview</title>
<script>
  localStorage.setItem('queuescope.lang', ${scriptJson(lang)});
  location.replace(${scriptJson(to)});
</script>
`;

const scriptJson = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');
