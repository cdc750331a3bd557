/**
 * Happenings as rows of queue_log, in the order and with the columns app_queue.c writes (recorded rows: the traces'
 * queue_log files): second|callid|queue|agent|event|data…
 *
 * In: a happening. Out: its rows, without line ends. Whole seconds are differences of `time_t`, RINGNOANSWER and
 * RINGCANCELED are milliseconds.
 */
import type { Happening, LeftHow } from '../model/happening.js';
import type { Call, Offer } from '../model/state.js';
import type { World } from '../model/world.js';
import { uniqueid } from './channel.js';
import { memberInterface } from './member.js';

export function queueLogRows(world: World, happening: Happening): string[] {
  const second = Math.floor(happening.atUs / 1_000_000);
  const row = (callId: string, queue: string, agent: string, event: string, ...data: (string | number)[]) =>
    [second, callId, queue, agent, event, data.join('|')].join('|');
  const ofCall = (call: Call, agent: string, event: string, ...data: (string | number)[]) =>
    row(uniqueid(call.serial, call.startedAtUs), queueName(world, call.queue), agent, event, ...data);
  const name = (offer: Offer) => world.agentConfig(offer.agent).name;

  switch (happening.kind) {
    case 'pbx-started':
      return [row('NONE', 'NONE', 'NONE', 'QUEUESTART')];
    case 'entered':
      return [
        ofCall(
          happening.call,
          'NONE',
          'ENTERQUEUE',
          '',
          happening.call.number,
          happening.call.originalPosition,
        ),
      ];
    case 'not-answered':
    case 'refused':
      return [ofCall(happening.call, name(happening.offer), 'RINGNOANSWER', happening.ringMs)];
    case 'connected': {
      const { call, offer, holdSeconds, ringSeconds } = happening;
      const agentId = uniqueid(offer.serial, offer.startedAtUs);
      return [ofCall(call, name(offer), 'CONNECT', holdSeconds, agentId, ringSeconds)];
    }
    case 'left': {
      const { call, how, canceled, position, waitSeconds, atUs } = happening;
      const places = [position, call.originalPosition, waitSeconds];
      // The exit key cancels those who ring as a hang-up does (tiny/queue_log, 1795200528.18).
      const rows = canceled.map((offer) =>
        ofCall(call, name(offer), 'RINGCANCELED', Math.floor((atUs - offer.startedAtUs) / 1000)),
      );
      const data = how.kind === 'exitedByKey' ? [how.key, ...places] : places;
      return [...rows, ofCall(call, 'NONE', LEFT_EVENT[how.kind], ...data)];
    }
    case 'completed': {
      const { call, offer, by, holdSeconds, talkSeconds } = happening;
      const event = by === 'agent' ? 'COMPLETEAGENT' : 'COMPLETECALLER';
      return [ofCall(call, name(offer), event, holdSeconds, talkSeconds, call.originalPosition)];
    }
    case 'transferred': {
      const { call, offer, attended, extension, context, holdSeconds, talkSeconds } = happening;
      const [event, ...where] = attended
        ? ['ATTENDEDTRANSFER', 'BRIDGE', call.bridge]
        : ['BLINDTRANSFER', extension, context];
      return [
        ofCall(call, name(offer), event ?? '', ...where, holdSeconds, talkSeconds, call.originalPosition),
      ];
    }
    case 'member-added':
    case 'member-removed': {
      const event = happening.kind === 'member-added' ? 'ADDMEMBER' : 'REMOVEMEMBER';
      return [
        row('MANAGER', queueName(world, happening.queue), memberInterface(world, happening.agent), event),
      ];
    }
    case 'paused':
    case 'unpaused': {
      const { agent, queues, every, reason, kind } = happening;
      const event = kind === 'paused' ? 'PAUSE' : 'UNPAUSE';
      const member = world.agentConfig(agent).name;
      const rows = queues.map((queue) => row('NONE', queueName(world, queue), member, event, reason));
      return every ? [row('NONE', 'NONE', member, `${event}ALL`, reason), ...rows] : rows;
    }
    case 'call-started':
    case 'call-ended':
    case 'offered':
    case 'held':
    case 'resumed':
    case 'consulted':
      return [];
  }
}

const LEFT_EVENT = {
  abandoned: 'ABANDON',
  timedOut: 'EXITWITHTIMEOUT',
  exitedEmpty: 'EXITEMPTY',
  exitedByKey: 'EXITWITHKEY',
} as const satisfies Record<LeftHow['kind'], string>;

const queueName = (world: World, queue: number) => world.queueConfig(queue).name;
