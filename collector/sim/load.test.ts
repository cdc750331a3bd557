/** The load stream: as many calls as asked, the same bytes for the same seed. */
import { expect, it } from '@jest/globals';
import { loadStream, type LoadOptions } from './load.js';
import { scenario } from './scenarios.js';

async function bytes(options: Omit<LoadOptions, 'site'>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // The demo site: 5,000 agents logging in would be most of the bytes.
  for await (const chunk of loadStream({ site: scenario('demo'), ...options })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const count = (text: string, event: string) => text.split(`\r\n\r\nEvent: ${event}\r\n`).length - 1;

it('holds the calls asked for, each with its end', async () => {
  const text = (await bytes({ calls: 120, seed: 9, callsPerSecond: 0.3 })).toString('utf8');
  expect(text.startsWith('Asterisk Call Manager/11.0.0\r\nResponse: Success\r\n')).toBe(true);
  expect(text.endsWith('\r\n\r\n')).toBe(true);
  const callers = new Set(
    text
      .split('\r\n\r\n')
      .flatMap((frame) => /^Event: Newchannel\r\n[^]*\r\nChannel: (PJSIP\/trunk-\w+)/.exec(frame)?.[1] ?? []),
  );
  expect(callers.size).toBe(120);
  expect(count(text, 'Newchannel')).toBe(count(text, 'Hangup'));
  expect(count(text, 'AgentConnect')).toBeGreaterThan(60);
  expect(count(text, 'AgentConnect')).toBe(count(text, 'AgentComplete'));
});

it('gives the same bytes for the same seed', async () => {
  const first = await bytes({ calls: 30, seed: 5 });
  expect((await bytes({ calls: 30, seed: 5 })).equals(first)).toBe(true);
  expect((await bytes({ calls: 30, seed: 6 })).equals(first)).toBe(false);
});
