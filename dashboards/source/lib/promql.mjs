/**
 * PromQL that several dashboards share, with the filters of `$pbx` and `$queue`. Alert rules say the same for all queues
 * (provisioning/alerting).
 */
export const QUEUE = 'pbx=~"$pbx", queue=~"$queue"';
export const PBX = 'pbx=~"$pbx"';

/** Visits answered within 20 s / visits that ended (formula B), of the last `range`. `by`: labels, or none for all. */
export const serviceLevel = (range, by) =>
  `${sum(by)} (increase(queuescope_queue_wait_seconds_bucket{${QUEUE}, outcome="answered", le=~"20|20.0"}[${range}]))
   / ${sum(by)} (increase(queuescope_queue_visits_total{${QUEUE}}[${range}]))`;

/** Visits abandoned / visits that ended. */
export const abandonment = (range, by) =>
  `${sum(by)} (increase(queuescope_queue_visits_total{${QUEUE}, outcome="abandoned"}[${range}]))
   / ${sum(by)} (increase(queuescope_queue_visits_total{${QUEUE}}[${range}]))`;

const sum = (by) => (by ? `sum by (${by})` : 'sum');
