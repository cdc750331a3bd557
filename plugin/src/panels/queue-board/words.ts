/** Words of the queue board. */
import { t } from '@grafana/i18n';
import type { CountedState } from './rows';

export const stateText = (state: CountedState): string =>
  ({
    ready: t('queueBoard.state.ready', 'Ready'),
    ringing: t('queueBoard.state.ringing', 'Ringing'),
    onCall: t('queueBoard.state.onCall', 'On call'),
    onHold: t('queueBoard.state.onHold', 'Holding'),
    wrapUp: t('queueBoard.state.wrapUp', 'Wrap-up'),
    paused: t('queueBoard.state.paused', 'Paused'),
    otherCall: t('queueBoard.state.otherCall', 'Other call'),
    unavailable: t('queueBoard.state.unavailable', 'Phone unreachable'),
  })[state];
