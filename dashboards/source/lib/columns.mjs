/**
 * How single fields of a table are shown: unit, colour, link, hidden. In: the field's name. Out: an override.
 */
const of = (name, ...properties) => ({
  matcher: { id: 'byName', options: name },
  properties: properties.map(([id, value]) => ({ id, value })),
});

export const unit = (name, value, title) => of(name, ['unit', value], ...titled(title));
export const titleOf = (name, title) => of(name, ...titled(title));
/** For links, which take its text: a number must not read 48,357. */
export const hidden = (name) => of(name, ['custom.hidden', true], ['unit', 'none']);

/** An average: one decimal says enough. */
export const rounded = (name) => of(name, ['decimals', 1]);

/** A share from 0 to 1, coloured as text by thresholds. */
export const share = (name, thresholds, title) =>
  of(
    name,
    ['unit', 'percentunit'],
    ['decimals', 1],
    ...(thresholds
      ? [
          ['thresholds', thresholds],
          ['custom.cellOptions', { type: 'color-text' }],
        ]
      : []),
    ...titled(title),
  );

/** Opens `url`; `\${__data.fields.name}` is a value of the row. */
export const link = (name, title, url) => of(name, ['links', [{ title, url, targetBlank: false }]]);

export const coloured = (name, thresholds, ...more) =>
  of(name, ['thresholds', thresholds], ['custom.cellOptions', { type: 'color-text' }], ...more);

/** Lines that mean the same everywhere: the name in the data → the name shown and its colour. */
export const lines = (byName) =>
  Object.entries(byName).map(([name, [title, color]]) =>
    of(name, ['displayName', title], ['color', { mode: 'fixed', fixedColor: color }]),
  );

/** A column of codes, shown as words. */
export const words = (name, title, byCode) =>
  of(
    name,
    ['displayName', title],
    [
      'mappings',
      [
        {
          type: 'value',
          options: Object.fromEntries(Object.entries(byCode).map(([code, text]) => [code, { text }])),
        },
      ],
    ],
  );

/** A time and the link it carries, in full. */
export const when = (name, title) => of(name, ['custom.width', 175], ...titled(title));

/** A day, or an hour of it: without the time that is not meant. */
export const day = (name, title) =>
  of(name, ['unit', 'time:YYYY-MM-DD'], ['custom.width', 110], ...titled(title));
export const hourOf = (name, title) =>
  of(name, ['unit', 'time:YYYY-MM-DD HH:mm'], ['custom.width', 150], ...titled(title));

/**
 * Widths of columns that many tables have, in pixels; the others share what is left. The PBX's name is short, those of people and
 * queues are not, and the longest word of a head has to fit.
 */
export const WIDTHS = Object.entries({
  pbx: 90,
  queueName: 170,
  agentName: 160,
  agent: 160,
  queue_name: 140,
  agent_name: 140,
  abandonmentRate: 124,
}).map(([name, pixels]) => of(name, ['custom.width', pixels]));

export const width = (name, pixels, title) => of(name, ['custom.width', pixels], ...titled(title));

const titled = (title) => (title === undefined ? [] : [['displayName', title]]);
