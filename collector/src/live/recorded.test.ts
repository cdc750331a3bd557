import { describe, expect, it } from '@jest/globals';
import { asteriskDialect } from '../pbx/asterisk/dialect.js';
import { replayTrace } from '../pbx/asterisk/ami/replay.js';
import type { PbxEvent } from '../pbx/event.js';
import { LivePbx } from './live-pbx.js';

const read = new Map<string, Promise<PbxEvent[]>>();

/** The events of one recorded connection. */
function recorded(trace: string, name: string): Promise<PbxEvent[]> {
  const key = `${trace}/${name}`;
  const events = read.get(key) ?? readRecorded(trace, name);
  read.set(key, events);
  return events;
}

async function readRecorded(trace: string, name: string): Promise<PbxEvent[]> {
  const projection = asteriskDialect('UTC').projection('pbx');
  const file = (end: string) =>
    decodeURIComponent(new URL(`../../test/traces/${trace}/${name}.${end}.gz`, import.meta.url).pathname);
  const events: PbxEvent[] = [];
  for await (const batch of replayTrace({ pbx: 'pbx', stream: file('ami'), chunks: file('chunks') })) {
    for (const message of batch) events.push(...projection.apply(message));
  }
  return events;
}

const follow = (pbx: LivePbx, events: PbxEvent[]) =>
  events.forEach((event) => pbx.apply(event, event.atUs / 1000));

const talks = (pbx: LivePbx) =>
  [...pbx.floor.calls.values()].map(({ callId, queue, agent }) => `${callId} ${queue} ${agent}`).sort();

const members = (pbx: LivePbx) =>
  [...pbx.floor.agents.values()]
    .flatMap((agent) =>
      [...agent.memberships.values()].map(
        ({ queue, pausedSince, reason }) =>
          `${queue} ${agent.name} ${pausedSince === null ? 'available' : `paused ${reason}`} ${pbx.floor.deviceOf(agent)?.state ?? 'free'}`,
      ),
    )
    .sort();

describe('a recorded Asterisk', () => {
  it('followed by its events shows what its own listing shows to one who connects in the middle', async () => {
    const late = await recorded('small60', 'late1');
    const listed = late.findLastIndex(({ kind }) => kind === 'call-listed');
    const listedAtUs = late[listed]?.atUs ?? 0;
    const newcomer = new LivePbx('pbx');
    follow(newcomer, late.slice(0, listed + 1));

    const pbx = new LivePbx('pbx');
    const passive = await recorded('small60', 'passive');
    follow(
      pbx,
      passive.filter(({ atUs }) => atUs <= listedAtUs),
    );
    // Two callers' agents are consulting for a transfer: the callers are alone in their bridges, with nobody to name.
    const consulting = ['1795201155.106 sales Chloé D’Arc', '1795201155.114 sales Мария Иванова'];
    expect(talks(newcomer)).toHaveLength(5);
    expect(talks(pbx)).toEqual([...talks(newcomer), ...consulting].sort());
    // Static members of the configuration are in listings only: no event ever says that they are members.
    const configured = ['Anna Alvarez', "Sean O'Brien", 'Łukasz Wójcik'];
    const dynamic = (rows: string[]) => rows.filter((row) => !configured.some((name) => row.includes(name)));
    expect(dynamic(members(newcomer))).toHaveLength(17);
    expect(dynamic(members(pbx))).toEqual(dynamic(members(newcomer)));
  });

  it.each(['tiny', 'small60', 'heavy'])(
    '%s: nobody is left waiting, ringing or talking at the end',
    async (trace) => {
      const pbx = new LivePbx('pbx');
      const events = await recorded(trace, 'passive');
      const entered = events.filter(({ kind }) => kind === 'caller-entered').length;
      follow(pbx, events);
      expect(entered).toBeGreaterThan(0);
      expect([...pbx.floor.calls.keys()]).toEqual([]);
      expect([...pbx.floor.agents.values()].flatMap(({ talks, offers }) => [...talks, ...offers])).toEqual(
        [],
      );
      for (const queue of pbx.floor.queues.values()) {
        expect([...queue.counts.values()].reduce((a, b) => a + b, 0)).toBe(queue.members.size);
      }
    },
  );

  it('heavy: the places of those who gave up are those Asterisk states', async () => {
    const pbx = new LivePbx('pbx');
    const places: { ours: number | null | undefined; stated: number }[] = [];
    for (const event of await recorded('heavy', 'passive')) {
      if (event.kind === 'caller-left' && event.position !== undefined) {
        places.push({ ours: pbx.floor.calls.get(event.callId)?.position, stated: event.position });
      }
      pbx.apply(event, event.atUs / 1000);
    }
    expect(places.length).toBeGreaterThan(100);
    expect(Math.max(...places.map(({ stated }) => stated))).toBeGreaterThan(3);
    // Two left within 3 ms of another: Asterisk wrote their places before it moved them up.
    const differing = places.filter(({ ours, stated }) => ours !== stated);
    expect(differing).toEqual([
      { ours: 1, stated: 2 },
      { ours: 6, stated: 7 },
    ]);
  });
});
