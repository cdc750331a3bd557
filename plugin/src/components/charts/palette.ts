/**
 * Colours of charts, from the theme. What must hold: good and bad outcomes have the same colour in every chart; the
 * colours of a heatmap grow in lightness alone, so that they are read without telling hues apart.
 */
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';

/** Outcomes that have a colour people expect. */
const BY_KEY: Record<string, string> = {
  answered: 'green',
  abandoned: 'red',
  timedOut: 'orange',
  lostShare: 'red',
  answeredShare: 'green',
  target: 'text',
  agentsOnDuty: 'green',
};

const OTHERS = [
  'blue',
  'purple',
  'orange',
  'yellow',
  'super-light-blue',
  'light-purple',
  'dark-green',
  'dark-red',
];

/** One colour for each series. */
export function seriesColors(keys: readonly string[], theme: GrafanaTheme2): string[] {
  const free = OTHERS.filter((name) => !keys.some((key) => BY_KEY[key] === name));
  return keys.map((key) => theme.visualization.getColorByName(BY_KEY[key] ?? free.shift() ?? 'blue'));
}

/** @param share 0–1 of the greatest value */
export function heatColor(share: number, theme: GrafanaTheme2): string {
  const strength = 0.08 + 0.92 * Math.min(1, Math.max(0, share));
  return colorManipulator.alpha(
    theme.visualization.getColorByName(theme.isDark ? 'blue' : 'dark-blue'),
    strength,
  );
}
