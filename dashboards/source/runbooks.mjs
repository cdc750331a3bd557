/**
 * Runbooks: what to do when an alert fires. In: docs/runbooks.md, a section per alert. Out: a text panel per section, which
 * the links in notifications open (`viewPanel`). What must hold: a section begins with its panel's number in a comment, so
 * that links stay right when sections move; panels side by side are as high as the longer text needs.
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

const DASHBOARDS = {
  'NOC overview': 'noc',
  Queues: 'queues',
  Agents: 'agents',
  Traffic: 'traffic',
  'Service level': 'service-level',
  'Collector health': 'health',
};
const NAMED = new RegExp(`_((${Object.keys(DASHBOARDS).join('|')})(?: →[^_]*)?)_`, 'g');

/** Dashboards the page names, as links. */
const linked = (content) =>
  content.replace(NAMED, (_, words, name) => `[${words}](/d/queuescope-${DASHBOARDS[name]})`);

/** Of a panel half as wide as a screen of 1600 pixels. */
const CHARACTERS_PER_LINE = 80;

/** Rows of the grid, 38 pixels each: lines of 22 pixels, some space after each paragraph, the panel's head. */
function heightOf({ content }) {
  const paragraphs = content.split('\n\n');
  const blocks = paragraphs.flatMap((paragraph) => paragraph.split(/\n(?=\d+\. )/));
  const lines = blocks.map((block) => Math.ceil(block.replace(/\s+/g, ' ').length / CHARACTERS_PER_LINE));
  const height = 22 * lines.reduce((sum, count) => sum + count, 0) + 15 * paragraphs.length + 55;
  return Math.ceil(height / 38);
}

const sections = sectionsOf(page);
const heights = sections.map(heightOf);
const besides = (index) => heights.slice(index - (index % 2), index - (index % 2) + 2);

export const runbooks = dashboard({
  uid: 'queuescope-runbooks',
  title: 'Runbooks',
  description: 'What to do when an alert fires: docs/runbooks.md.',
  annotations: false,
  from: 'now-3h',
  sections: [
    {
      panels: sections.map((section, index) =>
        text({
          ...section,
          content: linked(section.content),
          width: 12,
          height: Math.max(...besides(index)),
        }),
      ),
    },
  ],
});
