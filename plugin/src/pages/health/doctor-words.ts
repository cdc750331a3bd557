/**
 * Words of what a comparison with the PBX's own record found.
 *
 * In: its codes. Out: the words in the active language. What must hold: what has no word here (a name, a number, a field of a
 * later collector) is shown as it is.
 */
import { t } from '@grafana/i18n';
import { PLAIN } from '../../i18n/plain';
import { outcomeText } from '../journey/words';
import type { Diagnosis } from './types';

export function fieldText(field: string): string {
  switch (field) {
    case 'visit':
      return t('health.differs.visit', 'The visit itself');
    case 'outcome':
      return t('health.differs.outcome', 'Outcome');
    case 'agent':
      return t('health.differs.agent', 'Agent');
    case 'waitSeconds':
      return t('health.differs.waitSeconds', 'Wait, s');
    case 'ringSeconds':
      return t('health.differs.ringSeconds', 'Ringing, s');
    case 'talkSeconds':
      return t('health.differs.talkSeconds', 'Talk, s');
    case 'endedBy':
      return t('health.differs.endedBy', 'Ended by');
    case 'transferKind':
      return t('health.differs.transferKind', 'Transfer');
    case 'exitKey':
      return t('health.differs.exitKey', 'Key pressed');
    case 'misses':
      return t('health.differs.misses', 'Missed rings');
    default:
      return field;
  }
}

type Value = Diagnosis['rows'][number]['facts'];

/** @returns null where that side has nothing */
export function valueText(field: string, value: Value): string | null {
  if (value === null) {
    return null;
  }
  const code = String(value);
  switch (field) {
    case 'visit':
    case 'outcome':
      return outcomeText(code);
    case 'endedBy':
    case 'transferKind':
      return endText(code);
    default:
      return code;
  }
}

function endText(code: string): string {
  switch (code) {
    case 'agent':
      return t('health.value.agent', 'Agent');
    case 'caller':
      return t('health.value.caller', 'Caller');
    case 'transfer':
      return t('health.value.transfer', 'Transfer');
    case 'unknown':
      return t('health.value.unknown', 'Unknown');
    case 'blind':
      return t('health.value.blind', 'Blind');
    case 'attended':
      return t('health.value.attended', 'Attended');
    default:
      return code;
  }
}

export function pbxErrorText({ what, code, params }: Diagnosis['pbxErrors'][number]): string {
  const values = { ...PLAIN, ...params };
  switch (code) {
    case 'transferUnseen':
      return t(
        'health.pbxSaid.transferUnseen',
        'The agent transferred the caller on and the queue did not see it: {{seconds}} s of its talk time are not the agent’s',
        values,
      );
    case 'cancelReasonLeft':
      return t(
        'health.pbxSaid.cancelReasonLeft',
        'cc_cancel_reason {{cancelReason}} is left over of an earlier visit: this one was answered',
        values,
      );
    case 'noAgentJoined':
      return t(
        'health.pbxSaid.noAgentJoined',
        'cc_cause is answered, but the record knows of no agent who was joined in this visit',
        values,
      );
    case 'joinedThoughCanceled':
      return t(
        'health.pbxSaid.joinedThoughCanceled',
        'cc_cause is cancel ({{cancelReason}}), but {{agent}} was joined with the caller',
        values,
      );
    case 'endOfEarlierVisit':
      return t(
        'health.pbxSaid.endOfEarlierVisit',
        'cc_queue_terminated_epoch is of an earlier visit: by it the talk lasted {{seconds}} s',
        values,
      );
    default:
      return what;
  }
}
