// A small simulated Asterisk with a few calls a minute, so that live pages have something to show at any hour. Prints its
// port and runs until it is killed. Names are as people have them; an argument is put before them, for a second PBX whose
// queues and agents are not those of the first.
import { startSimulator } from '../../../collector/dist/sim/server.js';
import { agentConfig, queueConfig } from '../../../collector/dist/sim/model/site.js';

const evenly = (/** @type {number} */ length) => Array.from({ length }, () => 1);
const queue = (/** @type {string} */ name, /** @type {string} */ did) =>
  queueConfig({
    ...{ name, did, callsPerDay: 0.12 * 86_400, hours: evenly(24), weekdays: evenly(7) },
    ...{ ringTimeoutSeconds: 8, retrySeconds: 2, maxWaitSeconds: 60, wrapUpSeconds: 5, patienceSeconds: 30 },
    ...{ talkMedianSeconds: 20, talkSigma: 0.5, leaveWhenEmpty: false, redialShare: 0 },
  });
const [, , prefix = ''] = process.argv;
const skills = ['sales', 'поддержка'].map((name) => prefix + name);
const names = ['Anna Alvarez', 'Ольга Каримова', "G'ayrat O'tkirov", 'Zoë "Zed" Dubois'];

const { port } = await startSimulator({
  site: {
    ...{ name: 'browser', timeZone: 'UTC', growthPerMonth: 0, dayNoise: 0 },
    ...{ callerNames: ['Müller & Söhne', '<b>Bold</b>'], callerNameShare: 0.5 },
    ...{ breakReasons: ['Обед', 'Training'], numberPrefixes: ['99890'] },
    queues: skills.map((name, index) => queue(name, String(600 + index))),
    agents: names.map((name, index) =>
      agentConfig({
        ...{
          name: prefix + name,
          extension: String(201 + index),
          answerSeconds: 3,
          answerShare: 0.9,
          absentShare: 0,
          breaks: 0,
        },
        skills: skills.map((skill, penalty) => ({ queue: skill, penalty })),
        shift: {
          ...{ weekdays: [0, 1, 2, 3, 4, 5, 6], startMinute: 0, endMinute: 1440 },
          ...{ lunchMinute: 0, lunchMinutes: 0 },
        },
      }),
    ),
  },
  port: 0,
  account: { username: 'queuescope', secret: 'browser-tests' },
});
process.stdout.write(`simulator on ${port}\n`);
