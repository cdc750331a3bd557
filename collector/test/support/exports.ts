/** Export threads of tests: the same worker, from its TypeScript. */
import { workerRunner, type RunWorker } from '../../src/exports/run-worker.js';

const LOADER = new URL('./typescript-loader.mjs', import.meta.url).href;
const REGISTER = `data:text/javascript,import { register } from 'node:module'; register('${LOADER}');`;

export const threadOfTests = (): RunWorker =>
  workerRunner({
    url: new URL('../../src/exports/worker.ts', import.meta.url),
    execArgv: ['--import', REGISTER, '--no-warnings'],
  });
