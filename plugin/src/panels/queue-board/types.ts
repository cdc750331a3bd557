/** Options of the queue board, as dashboards store them. */
export interface QueueBoardOptions {
  layout: 'cards' | 'rows';
  /** Large type for a screen on the wall: no scrolling, pages that turn by themselves. */
  bigScreen: boolean;
  pageSeconds: number;
  density: 'comfortable' | 'compact';
  sortBy: 'longestWait' | 'waiting' | 'serviceLevel' | 'name';
  /** Queues with nobody waiting and no agents are not shown. */
  hideQuiet: boolean;
  showAgents: boolean;
  showToday: boolean;
  showSparkline: boolean;
  /** Seconds the longest waiting caller waits. */
  waitWarning?: number;
  waitCritical?: number;
  /** Callers who wait. */
  waitingWarning?: number;
  waitingCritical?: number;
  /** Ratio 0–1 of queues without a target; with one, below it is a warning and 10 points below it critical. */
  serviceLevelWarning?: number;
  serviceLevelCritical?: number;
  /** Callers wait and no agent is ready: critical. */
  alarmNoReady: boolean;
}

export const DEFAULTS: QueueBoardOptions = {
  layout: 'cards',
  bigScreen: false,
  pageSeconds: 10,
  density: 'comfortable',
  sortBy: 'longestWait',
  hideQuiet: false,
  showAgents: true,
  showToday: true,
  showSparkline: true,
  waitWarning: 60,
  waitCritical: 120,
  waitingWarning: 5,
  waitingCritical: 10,
  serviceLevelWarning: 0.8,
  serviceLevelCritical: 0.7,
  alarmNoReady: true,
};
