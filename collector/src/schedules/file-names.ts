/** Names of delivered files: `Weekly-queues-2026-11-09_2026-11-15.xlsx`. */
import type { Format } from '../exports/spec.js';
import type { Zone } from '../time/zone.js';
import { rangeTexts, type Range } from './ranges.js';

const LENGTH = 100;

/** Safe in every file system and mail: letters, digits, `-` and `_` only. @param name of the schedule */
export function fileName(name: string, range: Range, zone: Zone, format: Format): string {
  const word = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '-')
    .slice(0, LENGTH)
    .replace(/^-+|-+$/g, '');
  const { from, to } = rangeTexts(range, zone);
  const span = (from === to ? from : `${from}_${to}`).replace(/ /g, 'T').replace(/:/g, '');
  return `${word === '' ? 'report' : word}-${span}.${format}`;
}
