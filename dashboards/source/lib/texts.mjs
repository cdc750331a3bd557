/** What several dashboards say and colour alike. */
import { lines, link, words } from './columns.mjs';
import { APP } from './dashboard.mjs';
import { steps } from './panels.mjs';

/** Share of calls answered in time: below 80 % is to be seen, below 70 % is bad. Change them to your targets. */
export const SERVICE_LEVEL_STEPS = steps('red', [0.7, 'orange'], [0.8, 'green']);
export const ABANDONMENT_STEPS = steps('green', [0.05, 'orange'], [0.1, 'red']);
export const WAIT_STEPS = steps('green', [60, 'orange'], [180, 'red']);
export const WAITING_STEPS = steps('green', [3, 'orange'], [6, 'red']);

const OUTCOMES = {
  answered: ['answered', 'green'],
  abandoned: ['abandoned', 'red'],
  timedOut: ['timed out', 'orange'],
  exitedByKey: ['left by key', 'blue'],
  exitedEmpty: ['queue empty', 'purple'],
  withdrawn: ['withdrawn', 'yellow'],
  pulledOut: ['pulled out', 'super-light-orange'],
  canceledAtConnect: ['gone at once', 'super-light-red'],
  interrupted: ['interrupted', 'text'],
  waiting: ['waiting', 'super-light-blue'],
};
export const OUTCOME_LINES = lines(OUTCOMES);
export const outcomeColumn = (name) =>
  words(
    name,
    'Outcome',
    Object.fromEntries(Object.entries(OUTCOMES).map(([code, [title]]) => [code, title])),
  );

export const STATE_LINES = lines({
  ready: ['ready', 'green'],
  ringing: ['ringing', 'yellow'],
  onCall: ['on a call', 'blue'],
  onHold: ['holding', 'super-light-blue'],
  wrapUp: ['wrap-up', 'purple'],
  otherCall: ['other call', 'super-light-purple'],
  paused: ['paused', 'orange'],
  unavailable: ['unreachable', 'red'],
});

export const LIVE_NOTE =
  'While “Live data out of date” is above zero this may be wrong: it is what was known last.';
export const SL_NOTE =
  'Formula B with 20 s: visits answered within 20 seconds / visits that ended. The collector’s own service level knows the ' +
  'threshold and formula of each queue; see the dashboard Service level.';

export const toJourney = (field) =>
  link(field, 'Journey of this call', `${APP}/journey/\${__data.fields.contactId}`);
