/** Export threads of tests: the same worker, compiled once from the sources as they stand (test/support/program.ts). */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { workerRunner, type RunWorker } from '../../src/exports/run-worker.js';
import { programPath } from './program.js';

export const threadOfTests = (): RunWorker => async (input, run) => {
  const worker = path.join(path.dirname(await programPath()), 'exports', 'worker.js');
  return workerRunner({ url: pathToFileURL(worker) })(input, run);
};
