/**
 * The thread reports are made in, so that neither the pipeline nor live boards wait for them.
 *
 * In: `AnswerSettings` as worker data, asks as messages (serve-answers.ts). Out: answers. What must hold: it has its own connections;
 * a database that is away is asked again the next time.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { pino } from 'pino';
import { queueSettings, type QueueSettingRule } from '../config/queue-settings.js';
import { createReports, type Reports } from '../reports/reports.js';
import type { DatabaseAddress } from '../storage/database-address.js';
import { openDatabase } from '../storage/database.js';
import { serveAnswers } from './serve-answers.js';

export interface AnswerSettings {
  database: string | DatabaseAddress;
  queueRules: readonly QueueSettingRule[];
  maskSecret: string | null;
}

/** Connections of one thread: reports it works on at once take turns with them. */
const POOL_SIZE = 4;

function reportsOf({ database, queueRules }: AnswerSettings): Reports {
  const settings = queueSettings(queueRules);
  const logger = pino({ level: 'warn' }, pino.destination(2));
  const open = async (): Promise<Reports> =>
    createReports({ db: await openDatabase(database, { logger, poolSize: POOL_SIZE }), settings });
  let opened: Promise<Reports> | null = null;
  return {
    make: async (name, call) => {
      opened ??= open();
      const reports = await opened.catch((error: unknown) => {
        opened = null;
        throw error;
      });
      return reports.make(name, call);
    },
  };
}

if (parentPort !== null) {
  const settings = workerData as AnswerSettings;
  serveAnswers(parentPort, { reports: reportsOf(settings), maskSecret: settings.maskSecret });
}
