/** The load stream: as many calls as asked, what was subscribed to, the same bytes for the same seed. */
import { describe, expect, it } from '@jest/globals';
import { scenario } from '../scenarios.js';
import { eslLoadStream, freeSwitchLoadSite, type EslLoadOptions } from './load.js';
import { readEvents, readFrames } from './testing/read-events.js';

async function bytes(options: Omit<EslLoadOptions, 'site'>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // The site `branch`: 5,000 agents logging in would be most of the bytes.
  for await (const chunk of eslLoadStream({ site: scenario('branch'), ...options })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('the load stream', () => {
  it('holds the calls asked for, each with its end', async () => {
    const stream = await bytes({ calls: 60, seed: 9, callsPerSecond: 0.05 });
    const kinds = readFrames(stream).map(({ headers }) => headers.get('Content-Type'));
    expect(kinds.slice(0, 3)).toEqual(['auth/request', 'command/reply', 'command/reply']);
    const events = readEvents(stream);
    expect(events.length).toBe(kinds.length - 3);
    const of = (name: string) => events.filter((event) => event.name === name || event.action === name);
    const callers = of('CHANNEL_CREATE').filter((event) =>
      event.get('Channel-Name').startsWith('sofia/external'),
    );
    expect(callers.length).toBe(60);
    expect(of('CHANNEL_CREATE').length).toBe(of('CHANNEL_HANGUP_COMPLETE').length);
    expect(of('bridge-agent-start').length).toBeGreaterThan(30);
    expect(of('bridge-agent-start').length).toBe(of('bridge-agent-end').length);
    expect(of('member-queue-start').length).toBe(of('member-queue-end').length);
    expect(of('CHANNEL_BRIDGE')).toEqual([]);
  });

  it('gives all events, or JSON, where asked', async () => {
    const all = readEvents(await bytes({ calls: 10, seed: 5, subscription: 'ALL' }));
    expect(all.filter(({ name }) => name === 'CHANNEL_BRIDGE').length).toBeGreaterThan(0);
    const json = readFrames(await bytes({ calls: 10, seed: 5, format: 'json', subscription: 'ALL' }))
      .filter(({ headers }) => headers.get('Content-Type') === 'text/event-json')
      .map(({ body }) => JSON.parse(body.toString('utf8')) as Record<string, string>);
    expect(json.map((event) => event['Event-Sequence'])).toEqual(
      all.map((event) => event.get('Event-Sequence')),
    );
  });

  it('gives the same bytes for the same seed', async () => {
    const first = await bytes({ calls: 20, seed: 5 });
    expect((await bytes({ calls: 20, seed: 5 })).equals(first)).toBe(true);
    expect((await bytes({ calls: 20, seed: 6 })).equals(first)).toBe(false);
  });
});

it('the site of the load has 500 queues and 5,000 agents, all with a domain', () => {
  const { queues, agents } = freeSwitchLoadSite();
  expect([queues.length, agents.length]).toEqual([500, 5000]);
  expect([...queues, ...agents].filter(({ name }) => !/^[\w-]+@load\.example$/.test(name))).toEqual([]);
});
