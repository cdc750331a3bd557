import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { MessageError, type Projection, type RawMessage } from '../../dialect.js';
import { encodeLink } from '../../link.js';
import { replayTrace } from '../ami/replay.js';
import { asteriskDialect } from '../dialect.js';

/** A manager connection whose every message comes a second after the one before. */
class Manager {
  readonly projection: Projection = asteriskDialect('UTC').projection('hq');
  connection = 'ami:1';
  #ordinal = 0;
  say(event: string, headers: Record<string, string | number>): ReturnType<Projection['apply']> {
    const lines = Object.entries(headers).map(([key, value]) => `${key}: ${value}\r\n`);
    return this.#apply('ami', Buffer.from(`Event: ${event}\r\n${lines.join('')}`));
  }
  hangsUp(): void {
    this.#apply('link', encodeLink({ type: 'down', reason: 'closed' }));
  }
  #apply(source: 'ami' | 'link', bytes: Buffer): ReturnType<Projection['apply']> {
    const ordinal = this.#ordinal++;
    const receivedUs = (1_795_200_500 + ordinal) * 1_000_000;
    const { connection } = this;
    return this.projection.apply({ pbx: 'hq', source, connection, ordinal, receivedUs, bytes });
  }
}

const ANNA = { Queue: 'sales', Interface: 'PJSIP/201', MemberName: 'Anna' };

describe('AgentComplete without any channel', () => {
  const twoTalks = (): Manager => {
    const manager = new Manager();
    for (const [caller, holdTime] of [
      ['1.1', 4],
      ['1.2', 9],
    ] as const) {
      manager.say('QueueCallerJoin', { Uniqueid: caller, Queue: 'sales', Position: 1 });
      manager.say('AgentConnect', {
        ...ANNA,
        Uniqueid: caller,
        DestUniqueid: `${caller}9`,
        HoldTime: holdTime,
        RingTime: 0,
      });
    }
    return manager;
  };

  it('belongs to the talk whose wait it states', () => {
    const [event] = twoTalks().say('AgentComplete', { ...ANNA, HoldTime: 4, TalkTime: 1, Reason: 'caller' });
    expect(event).toMatchObject({ kind: 'agent-completed', callId: '1.1', talkSeconds: 1 });
    const [other] = twoTalks().say('AgentComplete', { ...ANNA, HoldTime: 9, TalkTime: 3, Reason: 'caller' });
    expect(other).toMatchObject({ kind: 'agent-completed', callId: '1.2', talkSeconds: 3 });
  });

  it('belongs to the talk of the agent’s channel, where that is told', () => {
    const [event] = twoTalks().say('AgentComplete', {
      ...ANNA,
      DestUniqueid: '1.19',
      HoldTime: 9,
      TalkTime: 1,
      Reason: 'agent',
    });
    expect(event).toMatchObject({ callId: '1.1', endedBy: 'agent' });
  });

  it('is kept as not understood when no call of that agent is known', () => {
    const stranger = { ...ANNA, Interface: 'PJSIP/202', MemberName: 'Bob' };
    expect(() => twoTalks().say('AgentComplete', { ...stranger, HoldTime: 1, TalkTime: 1 })).toThrow(
      /AgentComplete without Uniqueid for Bob in queue sales/,
    );
  });
});

describe('the caller’s way out', () => {
  const waiting = (): Manager => {
    const manager = new Manager();
    manager.say('Newchannel', { Uniqueid: '1.1', Exten: '600' });
    manager.say('QueueCallerJoin', { Uniqueid: '1.1', Queue: 'sales', Position: 3 });
    return manager;
  };
  const abandon = { Uniqueid: '1.1', Queue: 'sales', Position: 1, OriginalPosition: 3, HoldTime: 12 };

  it('is an abandon when the hang-up was asked for before', () => {
    const manager = waiting();
    manager.say('HangupRequest', { Uniqueid: '1.1' });
    expect(manager.say('QueueCallerAbandon', abandon)).toEqual([]);
    expect(manager.say('QueueCallerLeave', { Uniqueid: '1.1', Queue: 'sales' })).toMatchObject([
      {
        kind: 'caller-left',
        outcome: 'abandoned',
        certainty: 'stated',
        waitSeconds: 12,
        originalPosition: 3,
      },
    ]);
  });

  it('is a timeout, assumed, when the channel goes on and nobody says why', () => {
    const manager = waiting();
    manager.say('QueueCallerAbandon', abandon);
    const [left] = manager.say('QueueCallerLeave', { Uniqueid: '1.1', Queue: 'sales' });
    expect(left).toMatchObject({ outcome: 'timedOut', certainty: 'assumed' });
    expect(manager.say('Hangup', { Uniqueid: '1.1', 'Cause-txt': 'Normal Clearing' })).toMatchObject([
      { kind: 'caller-hung-up', cause: 'Normal Clearing' },
    ]);
  });

  it.each([
    ['TIMEOUT', 'timedOut'],
    ['LEAVEEMPTY', 'exitedEmpty'],
    ['LEAVEUNAVAIL', 'exitedEmpty'],
    ['WITHDRAW', 'withdrawn'],
  ])('is what QUEUESTATUS=%s says', (value, outcome) => {
    const manager = waiting();
    manager.say('QueueCallerAbandon', abandon);
    manager.say('QueueCallerLeave', { Uniqueid: '1.1', Queue: 'sales' });
    expect(manager.say('VarSet', { Uniqueid: '1.1', Variable: 'QUEUESTATUS', Value: value })).toMatchObject([
      { kind: 'left-reason', outcome },
    ]);
  });

  it('is also what channelvars say of QUEUESTATUS at the hang-up', () => {
    const manager = waiting();
    manager.say('QueueCallerAbandon', abandon);
    manager.say('QueueCallerLeave', { Uniqueid: '1.1', Queue: 'sales' });
    const events = manager.say('Hangup', { Uniqueid: '1.1', ChanVariable: 'QUEUESTATUS=LEAVEEMPTY' });
    expect(events).toMatchObject([
      { kind: 'left-reason', outcome: 'exitedEmpty' },
      { kind: 'caller-hung-up' },
    ]);
    expect(new Set(events.map((event) => event.id)).size).toBe(2);
  });

  it('is no exit by key when an agent is about to be connected', () => {
    const manager = waiting();
    manager.say('AgentCalled', { ...ANNA, Uniqueid: '1.1', DestUniqueid: '1.9' });
    manager.say('DialEnd', { Uniqueid: '1.1', DestUniqueid: '1.9', DialStatus: 'ANSWER' });
    expect(manager.say('QueueCallerLeave', { Uniqueid: '1.1', Queue: 'sales' })).toEqual([]);
  });
});

it('forgets a call that is over', () => {
  const manager = new Manager();
  const before = JSON.stringify(manager.projection.snapshot());
  manager.say('Newchannel', { Uniqueid: '1.1', Exten: '600' });
  manager.say('QueueCallerJoin', { Uniqueid: '1.1', Queue: 'sales' });
  manager.say('Newchannel', { Uniqueid: '1.9' });
  manager.say('AgentCalled', { ...ANNA, Uniqueid: '1.1', DestUniqueid: '1.9' });
  manager.say('AgentConnect', { ...ANNA, Uniqueid: '1.1', DestUniqueid: '1.9', HoldTime: 2 });
  manager.say('AgentComplete', { ...ANNA, Uniqueid: '1.1', DestUniqueid: '1.9', HoldTime: 2, TalkTime: 5 });
  manager.say('Hangup', { Uniqueid: '1.9' });
  manager.say('Hangup', { Uniqueid: '1.1' });
  expect(JSON.stringify(manager.projection.snapshot())).toBe(before);
});

it('one change of a phone is told once, not once per queue', () => {
  const manager = new Manager();
  const status = { Interface: 'PJSIP/201', MemberName: 'Anna' };
  expect(manager.say('QueueMemberStatus', { ...status, Queue: 'sales', Status: 2 })).toHaveLength(1);
  expect(manager.say('QueueMemberStatus', { ...status, Queue: 'support', Status: 2 })).toHaveLength(0);
  expect(manager.say('QueueMemberStatus', { ...status, Queue: 'support', Status: 5 })).toMatchObject([
    { state: 'unavailable' },
  ]);
});

it('the penalty of a member is told when he comes, when it changes, and in the list', () => {
  const manager = new Manager();
  expect(manager.say('QueueMemberAdded', { ...ANNA, Penalty: 3 })).toMatchObject([
    { kind: 'member-added', penalty: 3 },
  ]);
  expect(manager.say('QueueMemberPenalty', { ...ANNA, Penalty: 7 })).toMatchObject([
    { kind: 'member-penalty', agentName: 'Anna', queue: 'sales', penalty: 7 },
  ]);
  manager.say('QueueParams', { Queue: 'sales' });
  manager.say('QueueMember', { Queue: 'sales', Name: 'Anna', Location: 'PJSIP/201', Penalty: 7 });
  expect(manager.say('QueueStatusComplete', {})).toMatchObject([
    { kind: 'members-listed', members: [{ agentName: 'Anna', penalty: 7 }] },
  ]);
});

describe('a listing cut off by the end of its session', () => {
  const member = { ...ANNA, Name: 'Anna', Location: 'PJSIP/201', ActionID: 'qs-2-QueueStatus' };

  it.each([true, false])(
    'does not go on in the next one, which counts its actions anew (told: %s)',
    (told) => {
      const manager = new Manager();
      manager.say('QueueParams', { Queue: 'sales', ActionID: 'qs-2-QueueStatus' });
      manager.say('QueueMember', member);
      if (told) manager.hangsUp();
      manager.connection = 'ami:2';
      manager.say('QueueParams', { Queue: 'sales', ActionID: 'qs-2-QueueStatus' });
      const [listed] = manager.say('QueueStatusComplete', { ActionID: 'qs-2-QueueStatus' });
      expect(listed).toMatchObject({ kind: 'members-listed', queues: ['sales'], members: [] });
    },
  );

  it('is forgotten', () => {
    const manager = new Manager();
    const before = JSON.stringify(manager.projection.snapshot());
    manager.say('QueueMember', member);
    manager.hangsUp();
    expect(JSON.stringify(manager.projection.snapshot())).toBe(before);
  });
});

describe('recorded messages with one header broken', () => {
  const folder = fileURLToPath(new URL('../testcases/', import.meta.url));
  const recordings = readdirSync(folder).filter((name) => !name.startsWith('log-'));

  const brokenIn = (message: RawMessage): Buffer[] => {
    const [first = '', ...lines] = message.bytes.toString().trimEnd().split('\r\n');
    return lines.flatMap((line, index) => {
      const without = lines.filter((_, other) => other !== index);
      const wrong = lines.map((other, at) =>
        at === index ? `${line.slice(0, line.indexOf(':'))}: 4.5 apples` : other,
      );
      return [without, wrong].map((rest) => Buffer.from([first, ...rest].join('\r\n')));
    });
  };

  it.each(recordings)('%s: understood, or refused with nothing remembered', async (name) => {
    const file = (input: string): string => path.join(folder, name, input);
    const projection = asteriskDialect('UTC').projection('hq');
    let refused = 0;
    for await (const batch of replayTrace({
      pbx: 'hq',
      stream: file('input.ami'),
      chunks: file('input.chunks'),
    })) {
      for (const message of batch.filter(({ source }) => source === 'ami')) {
        const before = JSON.stringify(projection.snapshot());
        for (const bytes of brokenIn(message)) {
          const damaged = asteriskDialect('UTC').projection('hq', JSON.parse(before));
          try {
            damaged.apply({ ...message, bytes });
          } catch (error) {
            expect(error).toBeInstanceOf(MessageError);
            expect(JSON.stringify(damaged.snapshot())).toBe(before);
            refused++;
          }
        }
        projection.apply(message);
      }
    }
    expect(refused).toBeGreaterThan(10);
  });
});

describe('UserEvent', () => {
  const note = { kind: 'call-note', callId: '1.1', name: 'TAG', data: ['refund'] };

  it('with a Tag is a remark on the call whose channel it names', () => {
    const event = { UserEvent: 'TAG', Uniqueid: '1.1', Tag: 'refund' };
    expect(new Manager().say('UserEvent', { ...event, Queue: 'sales' })).toMatchObject([
      { ...note, queue: 'sales' },
    ]);
    expect(new Manager().say('UserEvent', event)).toMatchObject([note]);
  });

  it('without one, or of no channel, says nothing', () => {
    expect(new Manager().say('UserEvent', { UserEvent: 'Survey', Uniqueid: '1.1', Score: 2 })).toEqual([]);
    expect(new Manager().say('UserEvent', { UserEvent: 'TAG', Tag: 'refund' })).toEqual([]);
  });
});
