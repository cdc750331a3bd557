/**
 * Which messages of AMI are kept (DECISIONS.md 17): the documented allow-list at the edge.
 *
 * In: a frame. Out: whether the journal gets it. Everything else is dropped unread: with all rights a queue call makes
 * 270 to 450 events, half of them VarSet and Newexten, of which facts and the live model use about a fifth.
 * A new event here reaches only what is received from then on; the journal holds no others to project again.
 */
import { peekEventName } from './codec.js';

export const JOURNALED_EVENTS: ReadonlySet<string> = new Set([
  // The caller's way through a queue: entry, exit, abandon.
  'QueueCallerJoin',
  'QueueCallerLeave',
  'QueueCallerAbandon',
  // Offers to agents and what became of them; AgentLogin and AgentLogoff are app_agent_pool's.
  'AgentCalled',
  'AgentConnect',
  'AgentComplete',
  'AgentDump',
  'AgentRingNoAnswer',
  'AgentLogin',
  'AgentLogoff',
  // Members: presence, pause, reason, state of the phone.
  'QueueMemberAdded',
  'QueueMemberRemoved',
  'QueueMemberPause',
  'QueueMemberPenalty',
  'QueueMemberRinginuse',
  'QueueMemberStatus',
  // Answers to QueueStatus and CoreShowChannels after each connect.
  'QueueParams',
  'QueueMember',
  'QueueEntry',
  'QueueStatusComplete',
  'CoreShowChannel',
  'CoreShowChannelsComplete',
  // Channels: when a caller's began, which channel is which, who really talks to whom and until when.
  'Newchannel',
  'Rename',
  'Hangup',
  'HangupRequest',
  'SoftHangupRequest',
  'BridgeEnter',
  'BridgeLeave',
  'LocalBridge',
  'LocalOptimizationEnd',
  'DialBegin',
  'DialEnd',
  // What agents do with a call.
  'Hold',
  'Unhold',
  'BlindTransfer',
  'AttendedTransfer',
  'ParkedCall',
  'UnParkedCall',
  'ParkedCallTimeOut',
  'ParkedCallGiveUp',
  // The PBX as a whole.
  'FullyBooted',
  'Shutdown',
  // Call records over AMI (cdr_manager), and what dialplans say about calls (surveys, notes).
  'Cdr',
  'UserEvent',
]);

const VARIABLE_QUEUESTATUS = Buffer.from('\r\nVariable: QUEUESTATUS\r\n');
const LIST_BEGINS = Buffer.from('\r\nEventList: start');
const CORE_STARTUP = Buffer.from('\r\nCoreStartupDate: ');

/**
 * True when the message is to be kept. Of VarSet only QUEUESTATUS, which tells a timeout from an abandon; of the answers
 * to actions only CoreStatus (since when Asterisk runs) and the beginning of lists.
 *
 * @param name of the event, if the caller has peeked already
 */
export function isJournaled(frame: Buffer, name: string | undefined = peekEventName(frame)): boolean {
  if (name === 'VarSet') return frame.includes(VARIABLE_QUEUESTATUS);
  if (name !== undefined) return JOURNALED_EVENTS.has(name);
  return frame.includes(CORE_STARTUP) || frame.includes(LIST_BEGINS);
}
