/** Exports as metrics. In: a reading of the exporter. Out: text. What must hold: every result has its series from the start. */
import type { ExporterReading } from '../exports/exporter.js';
import { familyText } from './exposition.js';
import { EXPORTS } from './families.js';

export const exportsText = ({ waiting, running, ended }: ExporterReading): string =>
  familyText(EXPORTS.jobs, [
    { labels: ['queued'], value: waiting },
    { labels: ['running'], value: running },
  ]) +
  familyText(
    EXPORTS.ended,
    Object.entries(ended).map(([result, value]) => ({ labels: [result], value })),
  );
