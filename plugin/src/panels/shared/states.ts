/** Colours of what agents do: names of Grafana's palette, the same as on the Live page. */
import type { AgentState } from '../../live/types';

export const STATE_COLORS: Readonly<Record<AgentState, string>> = {
  ready: 'semi-dark-green',
  ringing: 'semi-dark-yellow',
  onCall: 'semi-dark-blue',
  onHold: 'light-blue',
  wrapUp: 'semi-dark-purple',
  paused: 'semi-dark-orange',
  otherCall: 'light-purple',
  unavailable: 'semi-dark-red',
  loggedOut: 'gray',
};
