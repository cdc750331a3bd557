/** One client of the simulated event socket, without a socket: password, commands, subscriptions. */
import { describe, expect, it } from '@jest/globals';
import type { Peer } from '../clients.js';
import { SiteModel } from '../model/site-model.js';
import { scenario } from '../scenarios.js';
import { EslSession } from './esl-session.js';
import type { EslEvent, Header } from './event.js';
import { Subscription } from './subscription.js';

const { world } = new SiteModel(scenario('branch'), { seed: 1, startUs: 0 });

function connect(): { session: EslSession; sent: () => string; ended: () => boolean } {
  let text = '';
  let isEnded = false;
  const peer: Peer = {
    world: () => world,
    send: (more) => (text += more),
    end: () => (isEnded = true),
  };
  const core = {
    answer: (_: unknown, command: string) => `answer to ${command}`,
    runInBackground: (_: unknown, command: string, job = 'made-up') => `${job} for ${command}`,
  };
  const session = new EslSession(peer, core, 'ClueCon');
  const sent = () => {
    const all = text;
    text = '';
    return all;
  };
  return { session, sent, ended: () => isEnded };
}

function loggedIn() {
  const client = connect();
  client.session.feed('auth ClueCon\n\n');
  client.sent();
  return client;
}

describe('password', () => {
  it('is asked for, and accepted', () => {
    const { session, sent, ended } = connect();
    expect(sent()).toBe('Content-Type: auth/request\n\n');
    session.feed('auth Clue');
    expect(sent()).toBe('');
    session.feed('Con\r\n\r\n');
    expect(sent()).toBe('Content-Type: command/reply\nReply-Text: +OK accepted\n\n');
    expect(ended()).toBe(false);
  });

  it('that is wrong ends the connection; what follows is not heard', () => {
    const { session, sent, ended } = connect();
    sent();
    session.feed('auth guess\n\nauth ClueCon\n\n');
    expect(sent()).toMatch(
      /^Content-Type: command\/reply\nReply-Text: -ERR invalid\n\nContent-Type: text\/disconnect-notice\nContent-Length: 67\n\nDisconnected, goodbye\.\n/,
    );
    expect(ended()).toBe(true);
    expect(session.listening).toBe(false);
  });

  it('comes before everything else', () => {
    const { session, sent } = connect();
    sent();
    session.feed('api status\n\nevent plain ALL\n\n');
    expect(sent().match(/Reply-Text: .*/g)).toEqual([
      'Reply-Text: -ERR command not found',
      'Reply-Text: -ERR command not found',
    ]);
    expect(session.listening).toBe(false);
  });
});

describe('commands', () => {
  it('are answered in their order', () => {
    const { session, sent } = loggedIn();
    session.feed('api one two\n\nnolinger\n\nbgapi three\nJob-UUID: j1\n\nbgapi four\n\nsendmsg\n\n');
    expect(sent()).toBe(
      'Content-Type: api/response\nContent-Length: 17\n\nanswer to one two' +
        'Content-Type: command/reply\nReply-Text: -ERR not controlling a session\n\n' +
        'Content-Type: command/reply\nReply-Text: +OK Job-UUID: j1 for three\nJob-UUID: j1 for three\n\n' +
        'Content-Type: command/reply\nReply-Text: +OK Job-UUID: made-up for four\nJob-UUID: made-up for four\n\n' +
        'Content-Type: command/reply\nReply-Text: -ERR command not found\n\n',
    );
  });

  it('exit ends the connection politely', () => {
    const { session, sent, ended } = loggedIn();
    session.feed('event plain ALL\n\nexit\n\n');
    expect(sent()).toContain('Reply-Text: +OK bye\n\nContent-Type: text/disconnect-notice\n');
    expect([ended(), session.listening]).toEqual([true, false]);
  });

  it('that never end cost the connection', () => {
    const { session, ended } = loggedIn();
    session.feed('x'.repeat(70_000));
    expect(ended()).toBe(true);
  });

  it('a client listens as soon as it subscribed', () => {
    const { session, sent } = loggedIn();
    expect(session.listening).toBe(false);
    session.feed('event json CHANNEL_CREATE CUSTOM callcenter::info\n\n');
    expect(sent()).toContain('+OK event listener enabled json\n');
    expect(session.listening).toBe(true);
    session.feed('noevents\n\n');
    expect(sent()).toContain('+OK no longer listening for events\n');
    expect(session.listening).toBe(false);
  });
});

describe('a subscription', () => {
  const event = (name: string, subclass?: string, headers: Header[] = []): EslEvent => ({
    name,
    subclass,
    headers,
  });
  const wanted = (subscription: Subscription) =>
    [
      event('HEARTBEAT'),
      event('CHANNEL_CREATE'),
      event('CUSTOM', 'callcenter::info'),
      event('CUSTOM', 'fifo::info'),
    ]
      .filter((each) => subscription.wants(each))
      .map(({ name, subclass }) => subclass ?? name);
  const after = (words: string) => {
    const subscription = new Subscription();
    subscription.add(words.split(' '));
    return subscription;
  };

  it.each([
    ['plain HEARTBEAT', ['HEARTBEAT']],
    ['heartbeat', ['HEARTBEAT']],
    ['plain CUSTOM callcenter::info', ['callcenter::info']],
    ['plain CHANNEL_CREATE CUSTOM fifo::info HEARTBEAT', ['CHANNEL_CREATE', 'fifo::info']],
    ['plain CUSTOM', []],
    ['json ALL', ['HEARTBEAT', 'CHANNEL_CREATE', 'callcenter::info', 'fifo::info']],
  ])('to "%s"', (words, names) => {
    expect(wanted(after(words))).toEqual(names);
  });

  it('grows with each command, and keeps the last format', () => {
    const subscription = after('json HEARTBEAT');
    expect(subscription.add(['CHANNEL_CREATE'])).toBe('+OK event listener enabled json');
    expect(subscription.add(['plain', 'CUSTOM', 'fifo::info'])).toBe('+OK event listener enabled plain');
    expect(wanted(subscription)).toEqual(['HEARTBEAT', 'CHANNEL_CREATE', 'fifo::info']);
    expect(subscription.add(['json'])).toBe('-ERR no keywords supplied');
  });

  it('shrinks', () => {
    const subscription = after('plain ALL');
    expect(subscription.remove(['HEARTBEAT'])).toBe('+OK events nixed');
    expect(wanted(subscription)).toEqual(['CHANNEL_CREATE', 'callcenter::info', 'fifo::info']);
    subscription.remove(['ALL']);
    expect([wanted(subscription), subscription.isEmpty]).toEqual([[], true]);
    expect(subscription.remove([])).toBe('-ERR no keywords supplied');
    expect(subscription.clear()).toBe('-ERR not listening for events');
    const custom = after('plain CUSTOM callcenter::info fifo::info');
    custom.remove(['CUSTOM', 'fifo::info']);
    expect(wanted(custom)).toEqual(['callcenter::info']);
  });

  it('lets pass what one of its filters names', () => {
    const subscription = after('plain ALL');
    const call = (uuid: string) => event('CHANNEL_CREATE', undefined, [['Unique-ID', uuid]]);
    expect(subscription.filter(['Unique-ID', 'A1'])).toBe('+OK filter added. [Unique-ID]=[A1]');
    subscription.filter(['add', 'Unique-ID', 'b2']);
    expect(['a1', 'b2', 'c3'].filter((uuid) => subscription.wants(call(uuid)))).toEqual(['a1', 'b2']);
    expect(subscription.filter(['delete', 'Unique-ID', 'a1'])).toBe('+OK filter deleted. [Unique-ID][a1]');
    expect(['a1', 'b2', 'c3'].filter((uuid) => subscription.wants(call(uuid)))).toEqual(['b2']);
    subscription.filter(['delete', 'all']);
    expect(subscription.wants(call('c3'))).toBe(true);
    expect(subscription.filter(['Unique-ID'])).toBe('-ERR invalid syntax');
  });
});
