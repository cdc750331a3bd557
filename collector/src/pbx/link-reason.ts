/**
 * Why a source is not heard, as a code beside its sentence: for those who speak other languages than English.
 *
 * In: the sentence, as links, sources and gaps keep it. Out: a code that stays the same in later versions, and what varies in
 * the sentence. What must hold: pure; a sentence that nobody has a code for (words of a PBX, an error of the system) has
 * none, and is then shown as it is; gaps of earlier versions have their codes, too, for only sentences are stored.
 */

export const REASON_CODES = [
  'stopped',
  'collectorAway',
  'journalBehind',
  'silent',
  'closed',
  'closedSaying',
  'bytesLost',
  'noEvents',
  'recordingEnded',
  'recordingTruncated',
  'notTriedYet',
  'refused',
  'broken',
  'unknownHost',
  'noRoute',
  'noConnection',
  'noLogin',
  'certificate',
  'loginRefused',
  'addressRefused',
  'otherService',
  'unreadable',
] as const;

export type ReasonCode = (typeof REASON_CODES)[number];

export interface CodedReason {
  reasonCode: ReasonCode | null;
  /** What varies in the sentence, by its name: `{ address: 'pbx.example.org:5038' }`. */
  reasonParams: Record<string, string>;
}

const AT = String.raw`^(?:AMI|FreeSWITCH) (?<address>\S+:\d+)`;

/** The sentence of each code; named groups are its parameters. The first that fits decides. */
const SENTENCES: ReadonlyArray<readonly [ReasonCode, RegExp]> = [
  ['stopped', /^stopped$/],
  ['collectorAway', /^the collector was not running$/],
  ['journalBehind', /^the journal does not keep up$/],
  ['silent', /^nothing received for (?<seconds>\d+) s$/],
  ['closed', /^closed by (?<system>Asterisk|FreeSWITCH)$/],
  ['closedSaying', /^(?<system>FreeSWITCH) says: (?<words>.+)$/],
  ['bytesLost', /^bytes were passed over while answers were to come$/],
  ['noEvents', /^it gives no events$/],
  ['recordingEnded', /^end of recording$/],
  ['recordingTruncated', /^recording is truncated$/],
  ['notTriedYet', /^not connected yet$/],
  ['loginRefused', /^AMI refused the login of (?<account>\S+): (?<words>.*?)\. Check /],
  ['loginRefused', /^FreeSWITCH (?<account>\S+:\d+) refused the password: (?<words>.*?)\. Check /],
  ['addressRefused', new RegExp(`${AT} refuses this machine's address`)],
  ['otherService', new RegExp(`${AT}: this is no .*, it says (?<words>.*)\\. Check host and port\\.$`)],
  ['noConnection', new RegExp(`${AT}: (?:no connection within |.*ETIMEDOUT)`)],
  ['noLogin', new RegExp(`${AT}: no login within `)],
  ['refused', new RegExp(`${AT}: .*ECONNREFUSED`)],
  ['broken', new RegExp(`${AT}: .*(?:ECONNRESET|EPIPE|ECONNABORTED)`)],
  ['unknownHost', new RegExp(`${AT}: .*(?:ENOTFOUND|EAI_AGAIN)`)],
  ['noRoute', new RegExp(`${AT}: .*(?:EHOSTUNREACH|ENETUNREACH)`)],
  ['certificate', new RegExp(`${AT}: (?<words>.*certificate.*)$`, 'i')],
  ['unreadable', /^cannot read (?:table )?(?<place>.+?): (?<words>.+)$/],
];

export function codedReason(sentence: string): CodedReason {
  for (const [reasonCode, pattern] of SENTENCES) {
    const found = pattern.exec(sentence);
    if (found) return { reasonCode, reasonParams: { ...found.groups } };
  }
  return { reasonCode: null, reasonParams: {} };
}
