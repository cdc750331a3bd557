/**
 * A small simulated site whose calls last seconds, for tests that break something while calls are up.
 *
 * What must hold: it runs in real time (its times are those of the collector's clock), and after `closeLines` every call
 * comes to its own end.
 */
import { agentConfig, queueConfig, type SiteConfig } from '../../sim/model/site.js';
import type { Simulator } from '../../sim/server.js';

const EVENLY: number[] = Array.from({ length: 24 }, () => 1);

export const AMI_ACCOUNT = { username: 'queuescope', secret: 'only-for-tests-3f9a' };

export function callCenter(): SiteConfig {
  const queue = (name: string, did: string, callsPerSecond: number) =>
    queueConfig({
      name,
      did,
      callsPerDay: callsPerSecond * 86_400,
      hours: EVENLY,
      weekdays: EVENLY.slice(0, 7),
      ringTimeoutSeconds: 3,
      retrySeconds: 1,
      maxWaitSeconds: 6,
      wrapUpSeconds: 1,
      patienceSeconds: 5,
      talkMedianSeconds: 2.5,
      talkSigma: 0.4,
      leaveWhenEmpty: false,
      redialShare: 0,
    });
  return {
    name: 'test',
    timeZone: 'UTC',
    growthPerMonth: 0,
    dayNoise: 0,
    callerNames: ['Müller & Söhne', "O'Neill"],
    callerNameShare: 0.5,
    breakReasons: ['Break'],
    numberPrefixes: ['99890'],
    queues: [queue('sales', '600', 1), queue('support', '601', 0.7)],
    agents: ['Anna Alvarez', 'Łukasz Wójcik', "Sean O'Brien", 'Zoë Dubois', '王芳'].map((name, index) =>
      agentConfig({
        name,
        extension: String(201 + index),
        skills: ['sales', 'support'].map((skill, penalty) => ({ queue: skill, penalty })),
        shift: {
          weekdays: [0, 1, 2, 3, 4, 5, 6],
          startMinute: 0,
          endMinute: 1440,
          lunchMinute: 0,
          lunchMinutes: 0,
        },
        answerSeconds: 0.8,
        answerShare: 0.9,
        absentShare: 0,
        breaks: 0,
      }),
    ),
  };
}

/** No new calls; those that are up go on to their end. */
export function closeLines(site: SiteConfig): void {
  for (const queue of site.queues) queue.callsPerDay = 0;
}

/** Callers in a queue or with an agent. Those sent on to voicemail or a colleague are no longer the queue's matter. */
export const callsInQueues = (simulator: Simulator): number =>
  simulator.state().calls.filter(({ phase }) => phase !== 'elsewhere').length;
