/** Options of the agent board, as dashboards store them. */
export interface AgentBoardOptions {
  layout: 'tiles' | 'table';
  groupBy: 'none' | 'queue' | 'team' | 'penalty' | 'state';
  sortBy: 'state' | 'time' | 'name';
  density: 'comfortable' | 'compact';
  /** Agents who are nobody's member any more. */
  showLoggedOut: boolean;
  showCaller: boolean;
  showToday: boolean;
  /** Seconds. */
  pauseWarning?: number;
  pauseCritical?: number;
  talkWarning?: number;
  talkCritical?: number;
  /** Offers missed in a row. */
  missesWarning?: number;
  missesCritical?: number;
}

export const DEFAULTS: AgentBoardOptions = {
  layout: 'tiles',
  groupBy: 'none',
  sortBy: 'state',
  density: 'comfortable',
  showLoggedOut: false,
  showCaller: true,
  showToday: true,
  pauseWarning: 600,
  pauseCritical: 1_200,
  talkWarning: 600,
  talkCritical: 1_800,
  missesWarning: 2,
  missesCritical: 3,
};
