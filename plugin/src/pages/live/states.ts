/** Words and colours of the states of agents and calls. */
import { t } from '@grafana/i18n';
import type { AgentState, LiveCall } from '../../live/types';

export const agentStateText = (state: AgentState): string =>
  ({
    onCall: t('live.state.onCall', 'On call'),
    onHold: t('live.state.onHold', 'Holding'),
    ringing: t('live.state.ringing', 'Ringing'),
    wrapUp: t('live.state.wrapUp', 'Wrap-up'),
    paused: t('live.state.paused', 'Paused'),
    otherCall: t('live.state.otherCall', 'Other call'),
    unavailable: t('live.state.unavailable', 'Phone unreachable'),
    ready: t('live.state.ready', 'Ready'),
    loggedOut: t('live.state.loggedOut', 'Logged out'),
  })[state];

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

export const callStateText = (state: LiveCall['state']): string =>
  ({
    waiting: t('live.call.waiting', 'Waiting'),
    ringing: t('live.call.ringing', 'Rings agents'),
    talking: t('live.call.talking', 'Talking'),
    hold: t('live.call.hold', 'On hold'),
  })[state];
