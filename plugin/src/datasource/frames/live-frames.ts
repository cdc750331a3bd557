/**
 * The live state as data frames: a row per queue, agent or call, with names and figures of today beside it.
 *
 * In: live rows, what the directory calls them, the collector's figures of today. Out: one frame. What must hold: times are
 * instants, from which panels let waits tick on the collector's clock; unknown is null; 5,000 rows take milliseconds.
 */
import { FieldType, type DataFrame, type Field, type FieldConfig } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { Row } from '../../api/types';
import { memberKey, type ByMember, type Member } from '../../live/today';
import type { LiveAgent, LiveCall, LiveQueue } from '../../live/types';
import { memberLink } from './links';

type Cells<T> = (row: T) => unknown;

function field<T>(
  rows: readonly T[],
  name: string,
  type: FieldType,
  label: string,
  cell: Cells<T>,
  config: FieldConfig = {},
): Field {
  return { name, type, config: { displayNameFromDS: label, ...config }, values: rows.map(cell) };
}

const COUNT: FieldConfig = { unit: 'locale', decimals: 0 };
const SECONDS: FieldConfig = { unit: 's', decimals: 0 };
const RATIO: FieldConfig = { unit: 'percentunit', decimals: 1, min: 0, max: 1 };

/** Milliseconds measured when the row was made, as whole seconds. */
const seconds = (ms: number): number => Math.round(ms / 1_000);

export interface QueueFrameInput {
  rows: readonly LiveQueue[];
  members: ByMember<Member> | null;
  today: ByMember<Row> | null;
  /** Callers entered by hour of today; null: not known. */
  hours: ByMember<ReadonlyArray<number | null>> | null;
}

export function queueFrame({ rows, members, today, hours }: QueueFrameInput): DataFrame {
  const { string, number, time, other } = FieldType;
  const links = { links: [memberLink('queues', 'queue')] };
  const of = ({ pbx, queue }: LiveQueue): string => memberKey(pbx, queue);
  const figure =
    (key: string): Cells<LiveQueue> =>
    (row) =>
      figureOf(today, of(row), key, 0);
  const ratio =
    (key: string): Cells<LiveQueue> =>
    (row) =>
      figureOf(today, of(row), key, null);
  return frame(rows.length, [
    field(rows, 'queue', string, t('datasource.field.queue', 'Queue'), ({ queue }) => queue, links),
    field(
      rows,
      'queueName',
      string,
      t('datasource.field.queueName', 'Queue name'),
      (row) => members?.get(of(row))?.displayName ?? row.queue,
      links,
    ),
    field(rows, 'pbx', string, t('datasource.field.pbx', 'PBX'), ({ pbx }) => pbx),
    field(
      rows,
      'team',
      string,
      t('datasource.field.team', 'Team'),
      (row) => members?.get(of(row))?.team ?? null,
    ),
    field(rows, 'waiting', number, t('datasource.field.waiting', 'Waiting'), ({ waiting }) => waiting, COUNT),
    field(
      rows,
      'longestWait',
      number,
      t('datasource.field.longestWait', 'Longest wait'),
      (row) => seconds(row.longestWaitMs),
      SECONDS,
    ),
    field(
      rows,
      'oldestEnteredAt',
      time,
      t('datasource.field.oldestEnteredAt', 'Longest waiting since'),
      (row) => row.oldestEnteredAt,
    ),
    field(
      rows,
      'talking',
      number,
      t('datasource.field.talking', 'Callers talking'),
      ({ talking }) => talking,
      COUNT,
    ),
    field(
      rows,
      'loggedIn',
      number,
      t('datasource.field.loggedIn', 'Agents'),
      ({ agents }) => agents.loggedIn,
      COUNT,
    ),
    field(rows, 'ready', number, t('datasource.state.ready', 'Ready'), ({ agents }) => agents.ready, COUNT),
    field(
      rows,
      'ringing',
      number,
      t('datasource.state.ringing', 'Ringing'),
      ({ agents }) => agents.ringing,
      COUNT,
    ),
    field(
      rows,
      'onCall',
      number,
      t('datasource.state.onCall', 'On a call'),
      ({ agents }) => agents.onCall,
      COUNT,
    ),
    field(
      rows,
      'onHold',
      number,
      t('datasource.state.onHold', 'Caller on hold'),
      ({ agents }) => agents.onHold,
      COUNT,
    ),
    field(
      rows,
      'wrapUp',
      number,
      t('datasource.state.wrapUp', 'Wrap-up'),
      ({ agents }) => agents.wrapUp,
      COUNT,
    ),
    field(
      rows,
      'paused',
      number,
      t('datasource.state.paused', 'Paused'),
      ({ agents }) => agents.paused,
      COUNT,
    ),
    field(
      rows,
      'otherCall',
      number,
      t('datasource.state.otherCall', 'Other call'),
      ({ agents }) => agents.otherCall,
      COUNT,
    ),
    field(
      rows,
      'unavailable',
      number,
      t('datasource.state.unavailable', 'Unreachable'),
      ({ agents }) => agents.unavailable,
      COUNT,
    ),
    field(
      rows,
      'longestPause',
      number,
      t('datasource.field.longestPause', 'Longest pause'),
      (row) => seconds(row.longestPauseMs),
      SECONDS,
    ),
    field(
      rows,
      'maxMissesInARow',
      number,
      t('datasource.field.maxMisses', 'Most misses in a row'),
      (row) => row.maxMissesInARow,
      COUNT,
    ),
    field(
      rows,
      'enteredToday',
      number,
      t('datasource.field.enteredToday', 'Entered today'),
      figure('entered'),
      COUNT,
    ),
    field(
      rows,
      'answeredToday',
      number,
      t('datasource.field.answeredToday', 'Answered today'),
      figure('answered'),
      COUNT,
    ),
    field(
      rows,
      'abandonedToday',
      number,
      t('datasource.field.abandonedToday', 'Abandoned today'),
      figure('abandoned'),
      COUNT,
    ),
    field(
      rows,
      'serviceLevelToday',
      number,
      t('datasource.field.serviceLevelToday', 'Service level today'),
      ratio('serviceLevel'),
      RATIO,
    ),
    field(
      rows,
      'target',
      number,
      t('datasource.field.target', 'Target'),
      (row) => members?.get(of(row))?.target ?? null,
      RATIO,
    ),
    field(
      rows,
      'enteredByHour',
      other,
      t('datasource.field.enteredByHour', 'Entered by hour today'),
      (row) => hours?.get(of(row)) ?? null,
    ),
  ]);
}

export interface AgentFrameInput {
  rows: readonly LiveAgent[];
  members: ByMember<Member> | null;
  queues: ByMember<Member> | null;
  today: ByMember<Row> | null;
}

export function agentFrame({ rows, members, queues, today }: AgentFrameInput): DataFrame {
  const { string, number, time, other } = FieldType;
  const links = { links: [memberLink('agents', 'agent')] };
  const of = ({ pbx, agent }: LiveAgent): string => memberKey(pbx, agent);
  const queueName = (pbx: string, queue: string): string =>
    queues?.get(memberKey(pbx, queue))?.displayName ?? queue;
  const figure =
    (key: string): Cells<LiveAgent> =>
    (row) =>
      figureOf(today, of(row), key, 0);
  return frame(rows.length, [
    field(rows, 'agent', string, t('datasource.field.agent', 'Agent'), ({ agent }) => agent, links),
    field(
      rows,
      'agentName',
      string,
      t('datasource.field.agentName', 'Agent name'),
      (row) => members?.get(of(row))?.displayName ?? row.agent,
      links,
    ),
    field(rows, 'pbx', string, t('datasource.field.pbx', 'PBX'), ({ pbx }) => pbx),
    field(
      rows,
      'team',
      string,
      t('datasource.field.team', 'Team'),
      (row) => members?.get(of(row))?.team ?? null,
    ),
    field(rows, 'state', string, t('datasource.field.state', 'State'), ({ state }) => state),
    field(rows, 'reason', string, t('datasource.field.reason', 'Reason'), ({ reason }) => reason),
    field(rows, 'since', time, t('datasource.field.since', 'In this state since'), ({ since }) => since),
    field(rows, 'queue', string, t('datasource.field.callQueue', 'Queue of the call'), ({ queue }) => queue),
    field(
      rows,
      'queueName',
      string,
      t('datasource.field.callQueueName', 'Queue name of the call'),
      ({ pbx, queue }) => (queue === null ? null : queueName(pbx, queue)),
    ),
    field(
      rows,
      'callerNumber',
      string,
      t('datasource.field.callerNumber', 'Caller number'),
      (row) => row.callerNumber,
    ),
    field(
      rows,
      'callerName',
      string,
      t('datasource.field.callerName', 'Caller name'),
      (row) => row.callerName,
    ),
    field(rows, 'callId', string, t('datasource.field.callId', 'Call'), ({ callId }) => callId),
    field(
      rows,
      'missesInARow',
      number,
      t('datasource.field.missesInARow', 'Misses in a row'),
      (row) => row.missesInARow,
      COUNT,
    ),
    field(
      rows,
      'answeredToday',
      number,
      t('datasource.field.callsToday', 'Calls today'),
      figure('answered'),
      COUNT,
    ),
    field(
      rows,
      'missedToday',
      number,
      t('datasource.field.missedToday', 'Missed today'),
      figure('ringNoAnswers'),
      COUNT,
    ),
    field(rows, 'queues', other, t('datasource.field.queues', 'Queues'), ({ pbx, queues: memberships }) =>
      memberships.map(({ queue }) => queueName(pbx, queue)),
    ),
    field(rows, 'penalties', other, t('datasource.field.penalties', 'Penalties'), ({ queues: memberships }) =>
      memberships.map(({ penalty }) => penalty),
    ),
    field(
      rows,
      'interfaces',
      other,
      t('datasource.field.interfaces', 'Phones'),
      ({ interfaces }) => interfaces,
    ),
  ]);
}

export interface CallFrameInput {
  rows: readonly LiveCall[];
  /** The collector's clock, UTC ms. */
  now: number;
  queues: ByMember<Member> | null;
  agents: ByMember<Member> | null;
}

export function callFrame({ rows, now, queues, agents }: CallFrameInput): DataFrame {
  const { string, number, time } = FieldType;
  const agentName = (pbx: string, agent: string): string =>
    agents?.get(memberKey(pbx, agent))?.displayName ?? agent;
  return frame(rows.length, [
    field(rows, 'queue', string, t('datasource.field.queue', 'Queue'), ({ queue }) => queue, {
      links: [memberLink('queues', 'queue')],
    }),
    field(
      rows,
      'queueName',
      string,
      t('datasource.field.queueName', 'Queue name'),
      ({ pbx, queue }) => queues?.get(memberKey(pbx, queue))?.displayName ?? queue,
    ),
    field(rows, 'pbx', string, t('datasource.field.pbx', 'PBX'), ({ pbx }) => pbx),
    field(rows, 'state', string, t('datasource.field.state', 'State'), ({ state }) => state),
    field(
      rows,
      'callerNumber',
      string,
      t('datasource.field.callerNumber', 'Caller number'),
      (row) => row.callerNumber,
    ),
    field(
      rows,
      'callerName',
      string,
      t('datasource.field.callerName', 'Caller name'),
      (row) => row.callerName,
    ),
    field(rows, 'did', string, t('datasource.field.did', 'Number dialled'), ({ did }) => did),
    field(rows, 'enteredAt', time, t('datasource.field.enteredAt', 'Entered'), (row) => row.enteredAt),
    field(
      rows,
      'wait',
      number,
      t('datasource.field.wait', 'Wait'),
      (row) => Math.max(0, seconds((row.answeredAt ?? now) - row.enteredAt)),
      SECONDS,
    ),
    field(
      rows,
      'position',
      number,
      t('datasource.field.position', 'Position'),
      ({ position }) => position,
      COUNT,
    ),
    field(rows, 'offeredTo', string, t('datasource.field.offeredTo', 'Rings'), ({ pbx, offeredTo }) =>
      offeredTo.map((agent) => agentName(pbx, agent)).join(', '),
    ),
    field(rows, 'agent', string, t('datasource.field.agent', 'Agent'), ({ agent }) => agent),
    field(rows, 'agentName', string, t('datasource.field.agentName', 'Agent name'), ({ pbx, agent }) =>
      agent === null ? null : agentName(pbx, agent),
    ),
    field(rows, 'answeredAt', time, t('datasource.field.answeredAt', 'Answered'), (row) => row.answeredAt),
    field(rows, 'holdSince', time, t('datasource.field.holdSince', 'On hold since'), (row) => row.holdSince),
    field(rows, 'callId', string, t('datasource.field.callId', 'Call'), ({ callId }) => callId),
  ]);
}

const frame = (length: number, fields: Field[]): DataFrame => ({ length, fields });

/** @param missing what a member without a row of today has: counts are 0, what divides by them is unknown. */
function figureOf(today: ByMember<Row> | null, key: string, column: string, missing: 0 | null): unknown {
  if (today === null) {
    return null;
  }
  const row = today.get(key);
  return row === undefined ? missing : (row[column] ?? null);
}
