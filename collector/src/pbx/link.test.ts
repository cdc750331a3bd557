import { describe, expect, it } from '@jest/globals';
import { MessageError, type RawMessage } from './dialect.js';
import type { EventBase } from './event.js';
import { encodeLink, linkEvent } from './link.js';

const base: EventBase = { id: 'ami:1:0', source: 'link', atUs: 5_000_000, connection: 'ami:1', ordinal: 0 };
const message = (bytes: Buffer): RawMessage => ({
  pbx: 'hq',
  source: 'link',
  connection: 'ami:1',
  ordinal: 0,
  receivedUs: 5_000_000,
  bytes,
});

describe('link messages', () => {
  it('are up or down, with the reason, at the moment of writing', () => {
    expect(linkEvent(message(encodeLink({ type: 'up' })), base)).toEqual({ ...base, kind: 'link-up' });
    expect(linkEvent(message(encodeLink({ type: 'down', reason: 'closed by the PBX' })), base)).toEqual({
      ...base,
      kind: 'link-down',
      reason: 'closed by the PBX',
    });
  });

  it('can tell of an earlier moment: until when a collector that was killed had listened', () => {
    const bytes = encodeLink({ type: 'down', reason: 'the collector stopped', atUs: 3_000_000 });
    expect(linkEvent(message(bytes), base)).toMatchObject({ kind: 'link-down', atUs: 3_000_000 });
  });

  it.each(['', 'up', '{"type":"sideways"}', 'null', '"up"'])('refuses %j', (text) => {
    expect(() => linkEvent(message(Buffer.from(text)), base)).toThrow(MessageError);
  });
});
