/**
 * Why a source of a PBX was not heard, in the active language.
 *
 * In: the collector's sentence and its code. Out: the words. What must hold: a sentence without a code, or with one of a later
 * collector, is shown as it is.
 */
import { t } from '@grafana/i18n';
import { PLAIN } from './plain';

export interface Reason {
  /** In English. */
  reason: string;
  reasonCode: string | null;
  reasonParams: Readonly<Record<string, string>>;
}

export function reasonText({ reason, reasonCode, reasonParams }: Reason): string {
  const values = { ...PLAIN, ...reasonParams };
  switch (reasonCode) {
    case 'stopped':
      return t('reasons.stopped', 'Reading was stopped');
    case 'collectorAway':
      return t('reasons.collectorAway', 'The collector was not running');
    case 'journalBehind':
      return t('reasons.journalBehind', 'The journal does not keep up');
    case 'silent':
      return t('reasons.silent', 'Nothing received for {{seconds}} s', values);
    case 'closed':
      return t('reasons.closed', 'Closed by {{system}}', values);
    case 'closedSaying':
      return t('reasons.closedSaying', 'Closed by {{system}}: {{words}}', values);
    case 'bytesLost':
      return t('reasons.bytesLost', 'A part of what was sent was lost');
    case 'noEvents':
      return t('reasons.noEvents', 'The PBX sends no events');
    case 'recordingEnded':
      return t('reasons.recordingEnded', 'The recorded traffic ends here');
    case 'recordingTruncated':
      return t('reasons.recordingTruncated', 'The recorded traffic is cut off');
    case 'notTriedYet':
      return t('reasons.notTriedYet', 'Not connected yet');
    case 'refused':
      return t(
        'reasons.refused',
        '{{address}} refuses the connection: is the PBX running, and is this its port?',
        values,
      );
    case 'broken':
      return t('reasons.broken', 'The connection to {{address}} broke', values);
    case 'unknownHost':
      return t('reasons.unknownHost', 'The name in {{address}} is not known: check spelling and DNS', values);
    case 'noRoute':
      return t('reasons.noRoute', 'No route to {{address}}: check network and firewall', values);
    case 'noConnection':
      return t('reasons.noConnection', '{{address}} does not answer: check address and firewall', values);
    case 'noLogin':
      return t('reasons.noLogin', '{{address}} does not let us log in: is this the right port?', values);
    case 'certificate':
      return t('reasons.certificate', 'The certificate of {{address}} is not accepted: {{words}}', values);
    case 'loginRefused':
      return t(
        'reasons.loginRefused',
        '{{account}} was not let in ({{words}}): check user, password and allowed addresses',
        values,
      );
    case 'addressRefused':
      return t(
        'reasons.addressRefused',
        '{{address}} does not accept the address of this machine: check its access list',
        values,
      );
    case 'otherService':
      return t(
        'reasons.otherService',
        'Something else answers at {{address}}: {{words}}. Check address and port',
        values,
      );
    case 'unreadable':
      return t('reasons.unreadable', '{{place}} cannot be read: {{words}}', values);
    default:
      return reason;
  }
}

/** Kinds of sources that are told apart in gaps; others have names of their own, as `ami`. */
export function sourceText(source: string): string {
  switch (source) {
    case 'stream':
      return t('reasons.source.stream', 'event stream');
    case 'log':
      return t('reasons.source.log', 'queue log');
    case 'record':
      return t('reasons.source.record', 'call records');
    default:
      return source;
  }
}
