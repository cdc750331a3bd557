/**
 * What a row of Asterisk's queue_log means.
 *
 * In: one parsed row. Out: the events it states (none for rows that say nothing about calls or presence). Pure and
 * without memory: a row is complete in itself. Field positions: app_queue.c, every `ast_queue_log` call (DOMAIN.md §4.1).
 */
import type { CallEventBody, EventBase, MemberEventBody, PbxEvent, UnansweredOutcome } from '../../event.js';
import { MessageError } from '../../dialect.js';
import type { QueueLogRow } from '../queue-log/row.js';

/** callid values that are not a channel. */
const NO_CALL = new Set(['NONE', 'MANAGER', 'CLI', 'REALTIME', '']);

const none = (value: string): boolean => value === '' || value === 'NONE';

/**
 * @param base identity and time of the events of this row
 * @throws MessageError when a number the row must have is not one
 */
export function queueLogEvents(row: QueueLogRow, base: EventBase): PbxEvent[] {
  const { queue, agent, data } = row;

  const number = (index: number, what: string): number => {
    const text = data[index] ?? '';
    const value = Number(text);
    if (text === '' || !Number.isFinite(value)) {
      throw new MessageError(`queue_log ${row.event}: ${what} (data${index + 1}) is "${text}", not a number`);
    }
    return value;
  };
  const optional = (index: number): { value: number } | undefined => {
    const text = data[index] ?? '';
    const value = Number(text);
    return text !== '' && Number.isFinite(value) ? { value } : undefined;
  };
  const call = (body: CallEventBody): PbxEvent[] => [{ ...base, callId: row.callId, ...body }];
  const member = (body: MemberEventBody): PbxEvent[] =>
    none(queue) || none(agent) ? [] : [{ ...base, member: agent, ...body }];
  const left = (outcome: UnansweredOutcome, waitAt: number, extra: { key?: string } = {}): PbxEvent[] => {
    const position = optional(waitAt - 2);
    const original = optional(waitAt - 1);
    return call({
      kind: 'caller-left',
      queue,
      outcome,
      certainty: 'stated',
      waitSeconds: number(waitAt, 'wait'),
      ...(position && { position: position.value }),
      ...(original && { originalPosition: original.value }),
      ...(none(agent) ? {} : { agent }),
      ...extra,
    });
  };

  switch (row.event) {
    case 'ENTERQUEUE': {
      const position = optional(2);
      return call({
        kind: 'caller-entered',
        queue,
        ...(position && { position: position.value }),
        ...(data[1] && { callerNumber: data[1] }),
        ...(data[3] && { callerName: data[3] }),
      });
    }
    case 'CONNECT': {
      const ring = optional(2);
      return call({
        kind: 'agent-connected',
        queue,
        agent,
        waitSeconds: number(0, 'hold time'),
        ...(data[1] && { offerId: data[1] }),
        ...(ring && { ringSeconds: ring.value }),
      });
    }
    case 'COMPLETEAGENT':
    case 'COMPLETECALLER':
      return call({
        kind: 'agent-completed',
        queue,
        agent,
        waitSeconds: number(0, 'hold time'),
        talkSeconds: number(1, 'talk time'),
        endedBy: row.event === 'COMPLETEAGENT' ? 'agent' : 'caller',
      });
    case 'BLINDTRANSFER':
    case 'TRANSFER':
      return call({
        kind: 'agent-completed',
        queue,
        agent,
        waitSeconds: number(2, 'hold time'),
        talkSeconds: number(3, 'talk time'),
        endedBy: 'transfer',
        transferKind: 'blind',
        ...(data[0] && { transferTo: data[1] ? `${data[0]}@${data[1]}` : data[0] }),
      });
    case 'ATTENDEDTRANSFER': {
      // LINK names two channels where BRIDGE and APP name one thing: its numbers stand one field further.
      const at = data[0] === 'LINK' ? 3 : 2;
      return call({
        kind: 'agent-completed',
        queue,
        agent,
        waitSeconds: number(at, 'hold time'),
        talkSeconds: number(at + 1, 'talk time'),
        endedBy: 'transfer',
        transferKind: 'attended',
        ...(data[0] !== 'BRIDGE' && data[1] && { transferTo: data[1] }),
      });
    }
    case 'ABANDON':
      return left('abandoned', 2);
    case 'EXITWITHTIMEOUT':
      return left('timedOut', 2);
    case 'EXITEMPTY':
      return left('exitedEmpty', 2);
    case 'WITHDRAW':
      return left('withdrawn', 2);
    case 'EXITWITHKEY':
      return left('exitedByKey', 3, data[0] ? { key: data[0] } : {});
    case 'SYSCOMPAT':
      // The channels could not be made compatible; app_queue counts the caller as abandoned (record_abandoned()).
      return call({ kind: 'caller-left', queue, outcome: 'abandoned', certainty: 'assumed' });
    case 'RINGNOANSWER':
      return call({ kind: 'offer-ended', queue, agent, result: 'noAnswer', ringMs: optional(0)?.value ?? 0 });
    case 'RINGCANCELED':
      return call({ kind: 'offer-ended', queue, agent, result: 'canceled', ringMs: optional(0)?.value ?? 0 });
    case 'AGENTDUMP':
      return call({ kind: 'agent-dumped', queue, agent });
    case 'ADDMEMBER':
      return member({ kind: 'member-added', queue, ...(data[0] === 'PAUSED' && { paused: true }) });
    case 'REMOVEMEMBER':
      return member({ kind: 'member-removed', queue });
    case 'PAUSE':
      return member({ kind: 'member-paused', queue, reason: data[0] ?? '' });
    case 'UNPAUSE':
      return member({ kind: 'member-unpaused', queue });
    case 'QUEUESTART':
      return [{ ...base, kind: 'pbx-started' }];
    // PAUSEALL and UNPAUSEALL only announce the PAUSE and UNPAUSE rows that follow, one per queue; AGENTLOGIN is the
    // presence of a pool agent's desk, not membership of a queue.
    case 'PAUSEALL':
    case 'UNPAUSEALL':
    case 'AGENTLOGIN':
    case 'AGENTLOGOFF':
    case 'PENALTY':
    case 'RINGINUSE':
    case 'CONFIGRELOAD':
      return [];
    default:
      // The vocabulary is open: the dialplan writes what it likes with QueueLog().
      return NO_CALL.has(row.callId)
        ? []
        : call({ kind: 'call-note', name: row.event, data: [...data], ...(!none(queue) && { queue }) });
  }
}
