/**
 * A thread of reports for tests: what it does is said by the `queues` of the question.
 *
 * In: `flags` besides the settings, shared with the test. Out: a table, when the test wants it. What must hold: nothing here takes
 * time by itself; whoever waits waits for the test.
 */
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { ReportRequestError } from '../../reports/request.js';
import type { ReportCall } from '../../reports/report.js';
import type { ReportTable } from '../../reports/table.js';
import { serveAnswers } from '../serve-answers.js';
import { FLAG, type Behaviour } from './held-flags.js';

const flags = new Int32Array((workerData as { flags: SharedArrayBuffer }).flags);

const behaviours: Record<Behaviour, (signal: AbortSignal | undefined) => Promise<ReportTable> | ReportTable> =
  {
    short: () => tableOf(1),
    long: () => tableOf(20_000),
    // As a computation without end: the whole thread stands still.
    held: () => {
      const releases = Atomics.load(flags, FLAG.released);
      Atomics.add(flags, FLAG.held, 1);
      Atomics.wait(flags, FLAG.released, releases);
      return tableOf(1);
    },
    endless: async (signal) => {
      Atomics.add(flags, FLAG.endless, 1);
      while (!signal?.aborted) await setImmediate();
      Atomics.add(flags, FLAG.stopped, 1);
      throw new Error('stopped');
    },
    broken: () => {
      throw new Error('secret detail');
    },
    wrong: () => {
      throw new ReportRequestError([{ field: 'to', message: 'is too late' }]);
    },
    away: () => {
      throw Object.assign(new Error('connect ECONNREFUSED 10.1.2.3'), { code: 'ECONNREFUSED' });
    },
    crash: () => process.exit(3),
  };

const make = async (_name: string, { params, signal }: ReportCall): Promise<ReportTable> =>
  behaviours[String(params['queues']) as Behaviour](signal);

const tableOf = (length: number): ReportTable => ({
  meta: {
    ...{ report: 'queues', from: '2026-11-01T00:00:00.000+00:00', to: '2026-11-02T00:00:00.000+00:00' },
    ...{ tz: 'UTC', granularity: 'total', notes: [] },
    completeness: { horizons: [], gaps: [], openCalls: 0, pendingBuckets: 0 },
  },
  columns: [],
  rows: Array.from({ length }, (_, entered) => ({
    queue: `a queue with quite a long name ${entered}`,
    entered,
  })),
  totals: null,
});

if (parentPort !== null) serveAnswers(parentPort, { reports: { make }, maskSecret: null });
