// A simulated PBX behind a wire tap: callers enter a queue nobody answers, and of each one it is printed when the event that
// says so was written into the socket: `joined <number> <epoch ms>`.
//
// `node watched-pbx.mjs asterisk|freeswitch SECRET QUEUE`; prints `pbx on <port>` first and runs until it is killed.
import { connect, createServer } from 'node:net';
import { startFreeSwitch } from '../../../collector/dist/sim/freeswitch/server.js';
import { agentConfig, queueConfig } from '../../../collector/dist/sim/model/site.js';
import { startSimulator } from '../../../collector/dist/sim/server.js';

const [, , dialect = 'asterisk', secret = '', queue = ''] = process.argv;
const evenly = (/** @type {number} */ length) => Array.from({ length }, () => 1);
const always = {
  weekdays: [0, 1, 2, 3, 4, 5, 6],
  startMinute: 0,
  endMinute: 1440,
  lunchMinute: 0,
  lunchMinutes: 0,
};
const site = {
  ...{ name: 'watched', timeZone: 'UTC', growthPerMonth: 0, dayNoise: 0, breakReasons: ['Lunch'] },
  ...{ callerNames: ['Caller'], callerNameShare: 0, numberPrefixes: ['99890'] },
  queues: [
    queueConfig({
      ...{ name: queue, did: '777', callsPerDay: 0.8 * 86_400, hours: evenly(24), weekdays: evenly(7) },
      ...{
        ringTimeoutSeconds: 30,
        retrySeconds: 30,
        maxWaitSeconds: 900,
        wrapUpSeconds: 1,
        patienceSeconds: 60,
      },
      ...{ talkMedianSeconds: 20, talkSigma: 0.5, leaveWhenEmpty: false, redialShare: 0 },
    }),
  ],
  agents: [
    agentConfig({
      ...{ name: 'Nobody', extension: '299', answerSeconds: 3, answerShare: 0, absentShare: 0, breaks: 0 },
      ...{ skills: [{ queue, penalty: 0 }], shift: always },
    }),
  ],
};

const simulator =
  dialect === 'freeswitch'
    ? await startFreeSwitch({ site, port: 0, password: secret })
    : await startSimulator({ site, port: 0, account: { username: 'queuescope', secret } });

/** Events of one protocol are separated by an empty line; the number of the caller stands in the one of the entry. */
const JOINED = {
  asterisk: /Event: QueueCallerJoin\r\n(?:[^\r\n]+\r\n)*?CallerIDNum: (\d+)/g,
  freeswitch: /"?CC-Action"?:\s*"?member-queue-start[^]*?"?CC-Member-CID-Number"?:\s*"?(\d+)/g,
}[dialect === 'freeswitch' ? 'freeswitch' : 'asterisk'];

const tap = createServer((client) => {
  const pbx = connect(simulator.port, '127.0.0.1');
  client.on('data', (data) => pbx.write(data));
  pbx.on('data', (data) => {
    const now = Date.now();
    client.write(data);
    for (const [, number] of data.toString('latin1').matchAll(JOINED)) {
      process.stdout.write(`joined ${number} ${now}\n`);
    }
  });
  for (const [one, other] of [
    [client, pbx],
    [pbx, client],
  ]) {
    one.on('close', () => other.destroy());
    one.on('error', () => other.destroy());
  }
});
tap.listen(0, '127.0.0.1', () => {
  const address = tap.address();
  process.stdout.write(`pbx on ${typeof address === 'object' && address ? address.port : 0}\n`);
});
