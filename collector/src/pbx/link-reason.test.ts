/** Codes of reasons: from what the parts that make the sentences really say. */
import { expect, test } from '@jest/globals';
import { farewellOf } from './freeswitch/esl/replies.js';
import { codedReason, REASON_CODES } from './link-reason.js';
import { END_OF_RECORDING, TRUNCATED_RECORDING } from './link.js';
import { linkError } from './socket.js';

const endpoint = { name: 'AMI', host: 'pbx.example.org', port: 5038, fixes: {} };
const address = 'pbx.example.org:5038';
const failure = (code: string, message: string) =>
  linkError(endpoint, Object.assign(new Error(message), { code })).message;

test.each([
  ['stopped', {}, 'stopped'],
  ['collectorAway', {}, 'the collector was not running'],
  ['journalBehind', {}, 'the journal does not keep up'],
  ['silent', { seconds: '95' }, 'nothing received for 95 s'],
  ['closed', { system: 'Asterisk' }, 'closed by Asterisk'],
  ['closed', { system: 'FreeSWITCH' }, farewellOf(Buffer.from('Content-Type: x\n\n')).reason],
  [
    'closedSaying',
    { system: 'FreeSWITCH', words: 'Disconnected, goodbye.' },
    farewellOf(Buffer.from('Content-Type: text/disconnect-notice\n\nDisconnected,\ngoodbye.\n')).reason,
  ],
  ['bytesLost', {}, 'bytes were passed over while answers were to come'],
  ['noEvents', {}, 'it gives no events'],
  ['recordingEnded', {}, END_OF_RECORDING],
  ['recordingTruncated', {}, TRUNCATED_RECORDING],
  ['notTriedYet', {}, 'not connected yet'],
  ['refused', { address }, failure('ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.5:5038')],
  ['refused', { address }, failure('ECONNREFUSED', '')],
  ['broken', { address }, failure('ECONNRESET', 'read ECONNRESET')],
  ['unknownHost', { address }, failure('ENOTFOUND', 'getaddrinfo ENOTFOUND pbx.example.org')],
  ['noRoute', { address }, failure('EHOSTUNREACH', 'connect EHOSTUNREACH 10.0.0.5:5038')],
  ['noConnection', { address }, 'AMI pbx.example.org:5038: no connection within 10000 ms'],
  ['noConnection', { address }, failure('ETIMEDOUT', 'read ETIMEDOUT')],
  ['noLogin', { address }, 'AMI pbx.example.org:5038: no login within 10000 ms'],
  [
    'certificate',
    { address, words: 'certificate has expired. The certificate of the PBX has expired: renew it.' },
    failure('CERT_HAS_EXPIRED', 'certificate has expired'),
  ],
  [
    'loginRefused',
    { account: `queuescope@${address}`, words: 'Authentication failed' },
    `AMI refused the login of queuescope@${address}: Authentication failed. Check user, secret.`,
  ],
  [
    'loginRefused',
    { account: '10.0.0.6:8021', words: '-ERR invalid' },
    'FreeSWITCH 10.0.0.6:8021 refused the password: -ERR invalid. Check that it is the one of event_socket.conf.xml.',
  ],
  [
    'addressRefused',
    { address: '10.0.0.6:8021' },
    "FreeSWITCH 10.0.0.6:8021 refuses this machine's address. Check apply-inbound-acl of event_socket.conf.xml.",
  ],
  [
    'otherService',
    { address, words: '"SSH-2.0-OpenSSH_9.2"' },
    `AMI ${address}: this is no Asterisk manager interface, it says "SSH-2.0-OpenSSH_9.2". Check host and port.`,
  ],
  [
    'unreadable',
    { place: '/var/log/asterisk/queue_log', words: 'it is not there yet' },
    'cannot read /var/log/asterisk/queue_log: it is not there yet',
  ],
])('%s %j', (reasonCode, reasonParams, sentence) => {
  expect(codedReason(sentence)).toEqual({ reasonCode, reasonParams });
});

test('what nobody has a code for has none', () => {
  for (const sentence of ['', 'timed out', 'the cat ate the cable', 'not stopped']) {
    expect(codedReason(sentence)).toEqual({ reasonCode: null, reasonParams: {} });
  }
});

test('codes are told once each', () => {
  expect(new Set(REASON_CODES).size).toBe(REASON_CODES.length);
});
