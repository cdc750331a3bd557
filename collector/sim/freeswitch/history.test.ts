/** Past days of the branch: what a live simulator would have told, in messages the collector understands. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { RawMessage } from '../../src/pbx/dialect.js';
import type { PbxEvent } from '../../src/pbx/event.js';
import { freeswitchDialect } from '../../src/pbx/freeswitch/dialect.js';
import { isJournaled } from '../../src/pbx/freeswitch/esl/subscription.js';
import { SiteModel } from '../model/site-model.js';
import { scenario } from '../scenarios.js';
import { EslEvents } from './esl-events.js';
import { eventFrame } from './frame.js';
import { freeSwitchHistory } from './history.js';
import { freshSwitch, type FreeSwitchSiteState } from './switch-state.js';

const TO = new Date('2026-11-20T12:00:00Z');
const FROM = new Date(TO.getTime() - 26 * 3_600_000);
const NOON = new Date(TO.getTime() - 24 * 3_600_000);
const SEED = 4;

const begin = { seed: SEED, from: FROM };

async function read(
  given: typeof begin | FreeSwitchSiteState,
  to: Date,
): Promise<{ messages: RawMessage[]; state: FreeSwitchSiteState }> {
  const history = freeSwitchHistory({ pbx: 'branch', site: 'branch', begin: given, to });
  expect(() => history.resumeState()).toThrow('the history has not been read to its end');
  const messages: RawMessage[] = [];
  for await (const batch of history) messages.push(...batch);
  expect(history.done).toBe(1);
  return { messages, state: history.resumeState() };
}

function projected(messages: readonly RawMessage[]): PbxEvent[] {
  const projection = freeswitchDialect().projection('branch');
  return messages.flatMap((message) => projection.apply(message));
}

/** What stays the same whichever connection it came through. */
const told = (events: readonly PbxEvent[]) =>
  events.filter((event) => event.source === 'esl' && event.kind !== 'members-listed');

describe('a day of the branch', () => {
  let whole: Awaited<ReturnType<typeof read>>;
  beforeAll(async () => {
    whole = await read(begin, TO);
  });

  it('gives the events that the live simulator gives', () => {
    const model = new SiteModel(scenario('branch'), {
      seed: SEED,
      startUs: FROM.getTime() * 1000,
      referenceUs: TO.getTime() * 1000,
    });
    const teller = new EslEvents(model.world, freshSwitch(model.snapshot()));
    const listings = whole.messages.slice(1, 6);
    const live: RawMessage[] = [];
    model.run(TO.getTime() * 1000, (happening) => {
      for (const event of teller.tell(happening)) {
        const bytes = Buffer.from(eventFrame(event, 'plain'));
        const receivedUs = happening.atUs + 20_000;
        if (isJournaled(bytes))
          live.push({ pbx: 'branch', source: 'esl', connection: 'live', ordinal: 0, receivedUs, bytes });
      }
    });
    const events = told(projected([...listings, ...live]));
    expect(events.length).toBeGreaterThan(3000);
    expect(told(projected(whole.messages))).toEqual(events);
    expect(live.length).toBeGreaterThan(1.3 * whole.messages.length);
  });

  it('lists the state first, within a link', () => {
    const kinds = whole.messages.map(({ source, bytes }) =>
      source === 'link' ? bytes.toString() : (/^Queuescope-Command: .*/.exec(bytes.toString()) ?? [''])[0],
    );
    expect(kinds.slice(0, 6)).toEqual([
      '{"type":"up"}',
      'Queuescope-Command: json {"command":"callcenter_config","data":{"arguments":"queue list"}}',
      'Queuescope-Command: json {"command":"callcenter_config","data":{"arguments":"agent list"}}',
      'Queuescope-Command: json {"command":"callcenter_config","data":{"arguments":"tier list"}}',
      'Queuescope-Command: json {"command":"callcenter_config","data":{"arguments":"member list"}}',
      'Queuescope-Command: show channels as json',
    ]);
    expect(kinds.at(-1)).toBe('{"type":"down","reason":"end of recording"}');
    expect(whole.messages.map(({ ordinal }) => ordinal)).toEqual(whole.messages.map((_, index) => index + 1));
    expect(whole.messages.filter(({ bytes, source }) => source === 'esl' && !isJournaled(bytes))).toEqual([]);
  });

  it('goes on where an earlier one stopped: the same events, the same state', async () => {
    const stored = (await read(begin, NOON)).state;
    const first = await read(begin, NOON);
    expect(first.state).toEqual(stored);
    const second = await read(JSON.parse(JSON.stringify(stored)) as FreeSwitchSiteState, TO);
    const sequences = (messages: readonly RawMessage[]) =>
      projected(messages)
        .filter(({ id }) => id.startsWith(stored.switch.coreUuid))
        .map(({ id }) => Number(id.split(':')[1]));
    const last = Math.max(...sequences(first.messages));
    expect(Math.min(...sequences(second.messages))).toBeGreaterThan(last);
    expect(stored.switch.coreUuid).toBe(second.state.switch.coreUuid);
  });
});

it('refuses a span that ends before it begins, and the state of another site', async () => {
  expect(() =>
    freeSwitchHistory({ pbx: 'b', site: 'branch', begin: { seed: 1, from: TO }, to: FROM }),
  ).toThrow('history must begin before it ends: 2026-11-20T12:00:00.000Z');
  const { state } = await read(begin, new Date(FROM.getTime() + 1000));
  expect(() => freeSwitchHistory({ pbx: 'b', site: 'busy', begin: state, to: TO })).toThrow(
    'this state is of site branch, not of busy',
  );
});
