/**
 * Answers to the actions a collector asks, from the site's state: CoreSettings, CoreStatus, QueueStatus, QueueSummary,
 * CoreShowChannels. Fields and order as recorded (trace small60, late1). Pure: state in, frames out.
 */
import type { Call } from '../model/state.js';
import { wholeSeconds, type World } from '../model/world.js';
import { agentChannel, callerChannel, channelHeaders, type Channel } from './channel.js';
import { listItem, response, type Header } from './frame.js';
import { memberItem } from './member.js';

/** AMI's version of Asterisk 22. */
export const AMI_VERSION = '11.0.0';

export function coreSettings(actionId: string): string {
  return response('Success', actionId, [
    ['AMIversion', AMI_VERSION],
    ['AsteriskVersion', '22.10.1-simulated'],
    ['SystemName', ''],
    ['CoreMaxCalls', 0],
    ['CoreMaxLoadAvg', '0.000000'],
    ['CoreRunUser', ''],
    ['CoreRunGroup', ''],
    ['CoreMaxFilehandles', 65_000],
    ['CoreRealTimeEnabled', 'Yes'],
    ['CoreCDRenabled', 'Yes'],
    ['CoreHTTPenabled', 'Yes'],
    ['SoundsSearchCustomDir', 'No'],
  ]);
}

export function coreStatus(world: World, actionId: string): string {
  const started = new Date(world.state.startedAtUs / 1000).toISOString();
  const [date, time] = [started.slice(0, 10), started.slice(11, 19)];
  return response('Success', actionId, [
    ['CoreStartupDate', date],
    ['CoreStartupTime', time],
    ['CoreReloadDate', date],
    ['CoreReloadTime', time],
    ['CoreCurrentCalls', world.calls.size],
    ['CoreProcessedCalls', world.state.callsProcessed],
  ]);
}

/** @param only the one queue asked for, or '' for all */
export function queueStatus(world: World, actionId: string, only: string): string {
  const items: string[] = [];
  const add = (name: string, headers: Header[]) =>
    items.push(listItem(name, [...headers, ...idHeader(actionId)]));
  world.site.queues.forEach((config, index) => {
    if (only !== '' && config.name !== only) return;
    add('QueueParams', queueParams(world, index));
    for (const agent of world.agentsOf(index)) {
      const member = world.member(agent, index);
      if (member?.in) add('QueueMember', memberItem(world, agent, member));
    }
    world.queue(index).waiting.forEach((serial, place) => {
      const call = world.calls.get(serial);
      if (call) add('QueueEntry', queueEntry(world, call, place + 1));
    });
  });
  return list(actionId, 'Queue status will follow', 'QueueStatusComplete', items);
}

export function queueSummary(world: World, actionId: string, only: string): string {
  const items = world.site.queues.flatMap((config, index) => {
    if (only !== '' && config.name !== only) return [];
    const { waiting, holdSeconds, talkSeconds } = world.queue(index);
    const members = world.agentsOf(index).filter((agent) => world.member(agent, index)?.in);
    const available = members.filter(
      (agent) => world.agent(agent).phone === 'free' && !world.member(agent, index)?.paused,
    );
    const longest = Math.max(0, ...waiting.map((serial) => waitSeconds(world, world.calls.get(serial))));
    return listItem('QueueSummary', [
      ['Queue', config.name],
      ['LoggedIn', members.length],
      ['Available', available.length],
      ['Callers', waiting.length],
      ['HoldTime', holdSeconds],
      ['TalkTime', talkSeconds],
      ['LongestHoldTime', longest],
      ...idHeader(actionId),
    ]);
  });
  return list(actionId, 'Queue summary will follow', 'QueueSummaryComplete', items);
}

export function coreShowChannels(world: World, actionId: string): string {
  const items = [...world.calls.values()].flatMap((call) => {
    const bridge = call.phase === 'talking' ? call.bridge : '';
    const agent = call.taken && call.phase === 'talking' ? world.agentConfig(call.taken.agent) : undefined;
    const queue = world.queueConfig(call.queue);
    const [application, data] = {
      arriving: ['Playback', 'welcome'],
      waiting: ['Queue', `${queue.name},,,,${queue.maxWaitSeconds}`],
      talking: ['Queue', `${queue.name},,,,${queue.maxWaitSeconds}`],
      elsewhere: ['Playback', 'goodbye'],
    }[call.phase] as [string, string];
    const phones = call.phase === 'talking' && call.taken ? [call.taken] : call.offers;
    const state = call.phase === 'talking' ? 'Up' : 'Ringing';
    return [
      shown(world, actionId, callerChannel(call, agent), application, data, call.startedAtUs, bridge),
      ...phones.map((offer) => {
        const channel = agentChannel(world, call, offer, state);
        return shown(world, actionId, channel, 'AppQueue', '(Outgoing Line)', offer.startedAtUs, bridge);
      }),
    ];
  });
  return list(actionId, 'Channels will follow', 'CoreShowChannelsComplete', items);
}

function queueParams(world: World, index: number): Header[] {
  const config = world.queueConfig(index);
  const state = world.queue(index);
  const share = (part: number, whole: number) => (whole === 0 ? '0.0' : ((100 * part) / whole).toFixed(1));
  return [
    ['Queue', config.name],
    ['Max', 0],
    ['Strategy', config.strategy],
    ['Calls', state.waiting.length],
    ['Holdtime', state.holdSeconds],
    ['TalkTime', state.talkSeconds],
    ['Completed', state.completed],
    ['Abandoned', state.abandoned],
    ['ServiceLevel', config.serviceLevelSeconds],
    ['ServicelevelPerf', share(state.answeredInTime, state.completed)],
    ['ServicelevelPerf2', share(state.answeredInTime, state.completed + state.abandoned)],
    ['Weight', config.weight],
  ];
}

/** QueueEntry writes `unknown` where channel events write `<unknown>`, and the name as it is, without C escapes. */
function queueEntry(world: World, call: Call, position: number): Header[] {
  const channel = callerChannel(call);
  return [
    ['Queue', world.queueConfig(call.queue).name],
    ['Position', position],
    ['Channel', channel.name],
    ['Uniqueid', channel.uniqueid],
    ['CallerIDNum', call.number || 'unknown'],
    ['CallerIDName', call.name || 'unknown'],
    ['ConnectedLineNum', 'unknown'],
    ['ConnectedLineName', 'unknown'],
    ['Wait', waitSeconds(world, call)],
    ['Priority', 0],
  ];
}

function shown(
  world: World,
  actionId: string,
  channel: Channel,
  application: string,
  data: string,
  sinceUs: number,
  bridge: string,
): string {
  return listItem('CoreShowChannel', [
    ...idHeader(actionId),
    ...channelHeaders(channel),
    ['Application', application],
    ['ApplicationData', data],
    ['Duration', clock(wholeSeconds(sinceUs, world.atUs))],
    ['BridgeId', bridge],
  ]);
}

function list(actionId: string, message: string, end: string, items: readonly string[]): string {
  const start = response('Success', actionId, [
    ['EventList', 'start'],
    ['Message', message],
  ]);
  const complete = listItem(end, [
    ...idHeader(actionId),
    ['EventList', 'Complete'],
    ['ListItems', items.length],
  ]);
  return `${start}${items.join('')}${complete}`;
}

const idHeader = (actionId: string): Header[] => (actionId === '' ? [] : [['ActionID', actionId]]);

const waitSeconds = (world: World, call: Call | undefined) =>
  call ? wholeSeconds(call.enteredAtUs, world.atUs) : 0;

function clock(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}
