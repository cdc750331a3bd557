/** The app's texts in one language: a file for each area, named by the first part of its keys. */
import app from './app.json';
import live from './live.json';
import reports from './reports.json';
import params from './params.json';
import reasons from './reasons.json';
import heatmap from './heatmap.json';
import journey from './journey.json';
import schedules from './schedules.json';
import directory from './directory.json';
import targets from './targets.json';
import payouts from './payouts.json';
import health from './health.json';
import connections from './connections.json';
import config from './config.json';
import type { Texts } from '../../i18n/setup';

const texts: Texts = {
  ...app,
  ...live,
  ...reports,
  ...params,
  ...reasons,
  ...heatmap,
  ...journey,
  ...schedules,
  ...directory,
  ...targets,
  ...payouts,
  ...health,
  ...connections,
  ...config,
};

export default texts;
