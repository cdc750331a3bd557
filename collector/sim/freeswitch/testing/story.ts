/**
 * A call told in words, so that simulated and recorded traffic can be compared: the names of its events in order, with the
 * channel they are about (M the caller, A, B … others as they appear) or the cause. In: events of one call.
 */
import type { PlainEvent } from './read-events.js';

const CHANNEL_EVENTS = new Set([
  'CHANNEL_CREATE',
  'CHANNEL_ORIGINATE',
  'CHANNEL_PROGRESS',
  'CHANNEL_ANSWER',
  'CHANNEL_BRIDGE',
  'CHANNEL_UNBRIDGE',
  'CHANNEL_HOLD',
  'CHANNEL_UNHOLD',
  'CHANNEL_HANGUP_COMPLETE',
  'DTMF',
]);
/** What tells apart events of one action. */
const DETAILS = [
  'CC-Agent-State',
  'CC-Agent-Status',
  'CC-Cause',
  'CC-Cancel-Reason',
  'CC-Hangup-Cause',
  'CC-Agent-Bridged',
];

export function story(events: readonly PlainEvent[]): string[] {
  const letters = new Map<string, string>();
  const letterOf = (uuid: string) => {
    const known = letters.get(uuid) ?? 'MABCDEFGHIJ'.charAt(letters.size);
    letters.set(uuid, known);
    return known;
  };
  const words = events.flatMap((event) => {
    if (event.get('Event-Subclass') === 'callcenter::info')
      return [
        [event.action, ...DETAILS.map((header) => event.get(header)).filter((value) => value !== '')].join(
          ' ',
        ),
      ];
    if (!CHANNEL_EVENTS.has(event.name)) return [];
    const cause = event.name === 'CHANNEL_HANGUP_COMPLETE' ? ` ${event.get('Hangup-Cause')}` : '';
    return [`${event.name.replace('CHANNEL_', '')} ${letterOf(event.get('Unique-ID'))}${cause}`];
  });
  return settled(words);
}

/** What several threads of the switch tell comes in any order (FREESWITCH-EVENTS.md §2): in one, here. */
const CONCURRENT = /^(UNBRIDGE|HANGUP_COMPLETE|members-count|bridge-agent-fail|agent-state-change Waiting)/;

function settled(words: readonly string[]): string[] {
  const result: string[] = [];
  for (let at = 0; at < words.length;) {
    let end = at + 1;
    if (CONCURRENT.test(words[at] ?? '')) while (CONCURRENT.test(words[end] ?? '')) end++;
    result.push(...words.slice(at, end).sort());
    at = end;
  }
  return result;
}
