import { beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { RawMessage } from '../pbx/dialect.js';
import { SourceStates } from './source-states.js';

let lines: string[];
let states: SourceStates;
beforeEach(() => {
  lines = [];
  const destination = { write: (line: string) => void lines.push(/"msg":"([^"]*)"/.exec(line)?.[1] ?? line) };
  const logger = pino({ level: 'info' }, destination);
  states = new SourceStates(logger);
});
const message = (source: RawMessage['source']): RawMessage => ({
  pbx: 'hq',
  source,
  connection: 'c',
  ordinal: 1,
  receivedUs: 0,
  bytes: Buffer.from(''),
});

describe('the state of a source', () => {
  it('goes up and down, each change logged once with its reason', () => {
    states.link('hq', 'ami', 'up', '');
    states.link('hq', 'ami', 'up', '');
    expect(states.of('hq', 'ami')).toMatchObject({ up: true, connects: 1, reason: '' });
    states.link('hq', 'ami', 'down', 'closed by Asterisk');
    states.link('hq', 'ami', 'down', 'closed by Asterisk');
    expect(states.of('hq', 'ami')).toMatchObject({ up: false, connects: 1, reason: 'closed by Asterisk' });
    states.link('hq', 'ami', 'up', '');
    expect(states.of('hq', 'ami')).toMatchObject({ up: true, connects: 2, reason: '' });
    expect(lines).toEqual([
      'ami of hq is being read',
      'ami of hq is down: closed by Asterisk',
      'ami of hq is back',
    ]);
  });

  it('trouble before the first connection is the reason it is not up, and says when the next try is', () => {
    states.trouble('hq', 'ami', new Error('cannot reach 10.0.0.9:5038'), 1500);
    expect(states.of('hq', 'ami')).toMatchObject({ up: false, reason: 'cannot reach 10.0.0.9:5038' });
    expect(lines).toEqual(['cannot reach 10.0.0.9:5038; next try in 2 s']);
    states.link('hq', 'ami', 'up', '');
    states.trouble('hq', 'ami', new Error('a bad frame'));
    expect(states.of('hq', 'ami')).toMatchObject({ up: true, reason: '' });
  });

  it('counts what was accepted and what failed, by source; links are no messages', () => {
    states.accepted([message('ami'), message('ami'), message('link'), message('queue_log')]);
    states.failed('hq', 'queue_log');
    expect(states.all.map(({ source, accepted, failed }) => [source, accepted, failed])).toEqual([
      ['ami', 2, 0],
      ['queue_log', 1, 1],
    ]);
  });
});
