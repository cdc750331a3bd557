/** Words and colours of the states of agents and calls. */
import { t } from '@grafana/i18n';
import type { AgentState, LiveCall } from '../../live/types';

export function agentStateText(state: AgentState): string {
  switch (state) {
    case 'onCall':
      return t('live.state.onCall', 'On call');
    case 'onHold':
      return t('live.state.onHold', 'Holding');
    case 'ringing':
      return t('live.state.ringing', 'Ringing');
    case 'wrapUp':
      return t('live.state.wrapUp', 'Wrap-up');
    case 'paused':
      return t('live.state.paused', 'Paused');
    case 'otherCall':
      return t('live.state.otherCall', 'Other call');
    case 'unavailable':
      return t('live.state.unavailable', 'Phone unreachable');
    case 'ready':
      return t('live.state.ready', 'Ready');
    case 'loggedOut':
      return t('live.state.loggedOut', 'Logged out');
  }
}

/** Names of Grafana's visualization colours. */
export const agentStateColor: Record<AgentState, string> = {
  onCall: 'semi-dark-blue',
  onHold: 'light-blue',
  ringing: 'semi-dark-yellow',
  wrapUp: 'semi-dark-purple',
  paused: 'semi-dark-orange',
  otherCall: 'light-purple',
  unavailable: 'semi-dark-red',
  ready: 'semi-dark-green',
  loggedOut: 'gray',
};

export function callStateText(state: LiveCall['state']): string {
  switch (state) {
    case 'waiting':
      return t('live.call.waiting', 'Waiting');
    case 'ringing':
      return t('live.call.ringing', 'Rings agents');
    case 'talking':
      return t('live.call.talking', 'Talking');
    case 'hold':
      return t('live.call.hold', 'On hold');
  }
}
