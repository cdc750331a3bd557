import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { metricsDocument } from './document.js';

it('docs/metrics.md lists every metric as it is defined', () => {
  expect(readFileSync(new URL('../../../docs/metrics.md', import.meta.url), 'utf8')).toBe(metricsDocument());
});
