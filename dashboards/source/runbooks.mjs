/**
 * Runbooks: what to do when an alert fires. In: docs/runbooks.md, a section per alert. Out: a text panel per section, which
 * the links in notifications open (`viewPanel`). What must hold: a section begins with its panel's number in a comment, so
 * that links stay right when sections move.
 */
import { readFileSync } from 'node:fs';
import { dashboard } from './lib/dashboard.mjs';
import { text } from './lib/panels.mjs';

const page = readFileSync(new URL('../../docs/runbooks.md', import.meta.url), 'utf8');

/** `## Callers waiting` and, below it, `<!-- panel 1 -->`. */
function sectionsOf(markdown) {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [, title, id, content] = /^(.+)\n+<!-- panel (\d+) -->\n([^]*)$/.exec(section) ?? [];
      if (id === undefined)
        throw new Error(`docs/runbooks.md: "${section.split('\n')[0]}" has no <!-- panel N -->`);
      return { id: Number(id), title, content: content.trim() };
    });
}

export const runbooks = dashboard({
  uid: 'queuescope-runbooks',
  title: 'Runbooks',
  description: 'What to do when an alert fires: docs/runbooks.md.',
  annotations: false,
  from: 'now-3h',
  sections: [{ panels: sectionsOf(page).map((section) => text({ ...section, width: 12, height: 9 })) }],
});
