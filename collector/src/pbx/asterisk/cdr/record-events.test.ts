import { expect, it } from '@jest/globals';
import type { LegEvent } from '../../event.js';
import { recordEvents } from './record-events.js';

const LEG: LegEvent = {
  ...{ kind: 'leg-recorded', id: 'cdr:1.1:0', source: 'cdr', atUs: 9, connection: 'cdr', ordinal: 1 },
  ...{ legId: '1.1', sequence: 0, linkedId: '1.1', channel: '', destinationChannel: '', callerNumber: '' },
  ...{ callerName: '', destination: '', context: '', lastApp: 'Queue', lastData: '', startedAtMs: 0 },
  ...{
    answeredAtMs: null,
    endedAtMs: 0,
    durationSeconds: 0,
    billSeconds: 0,
    disposition: '',
    accountCode: '',
  },
  userField: 'refund',
};

it('the userfield of a caller in a queue is a remark on his call', () => {
  const note = { kind: 'call-note', callId: '1.1', name: 'CDR(userfield)', data: ['refund'], source: 'cdr' };
  expect(recordEvents(LEG)).toMatchObject([LEG, note]);
});

it('other records state their leg only', () => {
  expect(recordEvents({ ...LEG, userField: '' })).toHaveLength(1);
  expect(recordEvents({ ...LEG, lastApp: 'Dial' })).toHaveLength(1);
});
