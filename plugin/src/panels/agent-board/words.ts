/** Words of the agent board. */
import { t } from '@grafana/i18n';
import type { AgentState } from '../../live/types';
import type { Group } from './rows';
import type { AgentBoardOptions } from './types';

export const stateText = (state: AgentState): string =>
  ({
    ready: t('agentBoard.state.ready', 'Ready'),
    ringing: t('agentBoard.state.ringing', 'Ringing'),
    onCall: t('agentBoard.state.onCall', 'On call'),
    onHold: t('agentBoard.state.onHold', 'Holding'),
    wrapUp: t('agentBoard.state.wrapUp', 'Wrap-up'),
    paused: t('agentBoard.state.paused', 'Paused'),
    otherCall: t('agentBoard.state.otherCall', 'Other call'),
    unavailable: t('agentBoard.state.unavailable', 'Phone unreachable'),
    loggedOut: t('agentBoard.state.loggedOut', 'Logged out'),
  })[state];

const STATES = new Set<string>([
  'ready',
  'ringing',
  'onCall',
  'onHold',
  'wrapUp',
  'paused',
  'otherCall',
  'unavailable',
  'loggedOut',
]);
const isState = (text: string): text is AgentState => STATES.has(text);

export function groupText({ name }: Group, by: AgentBoardOptions['groupBy']): string {
  if (name === null) {
    switch (by) {
      case 'queue':
        return t('agentBoard.noQueue', 'In no queue');
      case 'penalty':
        return t('agentBoard.noPenalty', 'Penalty not known');
      default:
        return t('agentBoard.noTeam', 'Without a team');
    }
  }
  if (by === 'penalty') {
    return t('agentBoard.penalty', 'Penalty {{penalty}}', { penalty: name });
  }
  return by === 'state' && isState(name) ? stateText(name) : name;
}
