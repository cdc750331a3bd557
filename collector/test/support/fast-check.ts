/**
 * fast-check, with the same cases in every `npm test`, so that what fails is what was changed; `npm run test:long` tries
 * others each time and names the seed of what failed.
 */
import fc from 'fast-check';
import { isLong } from './rounds.js';

const SEED = 20261121;

if (!isLong) fc.configureGlobal({ seed: SEED });

export { default } from 'fast-check';
