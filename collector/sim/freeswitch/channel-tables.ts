/**
 * What the core lists of its channels: `show channels`, `show calls`, `status`. Columns as recorded (fs-medium, snapshots).
 */
import type { Call } from '../model/state.js';
import type { World } from '../model/world.js';
import type { TableRow } from './callcenter-tables.js';
import { CallLegs } from './call-legs.js';
import { upTime } from './heartbeat.js';
import { type Leg, stageOf } from './leg.js';
import { seconds } from './naming.js';

export function channelTable(world: World): TableRow[] {
  return allLegs(world).flatMap(([first, second]) =>
    (second ? [first, second] : [first]).map((leg) => channelRow(world, leg)),
  );
}

/** Two channels that are bridged are one call, any other channel is one of its own. */
export function callTable(world: World): TableRow[] {
  const alone = prefixed(Object.fromEntries(PARTNER_COLUMNS.map((column) => [column, ''])));
  return allLegs(world).map(([first, second]) => ({
    ...pick(channelRow(world, first), CALL_COLUMNS),
    ...(second ? prefixed(pick(channelRow(world, second), PARTNER_COLUMNS)) : alone),
    call_created_epoch: second ? seconds(second.bridgedUs) : '',
  }));
}

export function statusText(world: World): string {
  const upMs = Math.floor((world.atUs - world.state.startedAtUs) / 1000);
  const sessions = channelTable(world).length;
  return [
    `UP ${upTime(upMs)}`,
    'FreeSWITCH (Version 1.10.12-simulated) is ready',
    `${world.state.callsProcessed} session(s) since startup`,
    `${sessions} session(s) - peak ${sessions}, last 5min ${sessions} `,
    '0 session(s) per Sec out of max 200, peak 20, last 5min 2 ',
    '10000 session(s) max',
    'min idle cpu 0.00/96.50',
    'Current Stack Size/Max 240K/8192K',
    '',
  ].join('\n');
}

/** Channels that are up, those that talk with each other in pairs. */
function allLegs(world: World): [Leg, Leg?][] {
  const legs = new CallLegs(world);
  return [...world.calls.values()].flatMap((call) => legsOf(legs, call));
}

function legsOf(legs: CallLegs, call: Call): [Leg, Leg?][] {
  if (call.phase === 'talking' && call.taken) {
    const { caller, agent } = legs.talking(call, call.taken);
    const pair: [Leg, Leg] = [caller, { ...agent, stage: call.onHold ? 'held' : 'talks' }];
    if (!call.consult) return [pair];
    const { phone, colleague } = legs.consultation(call, call.taken);
    return [
      pair,
      [
        { ...phone, stage: 'inDialplan' },
        { ...colleague, stage: 'talks' },
      ],
    ];
  }
  const talk = legs.passedOn(call);
  if (talk) return [[talk.caller, talk.colleague]];
  const phones = call.offers.map((offer): [Leg] => [{ ...legs.agent(call, offer), stage: 'pickedUp' }]);
  return [[legs.caller(call)], ...phones];
}

const CALL_COLUMNS = [
  'uuid',
  'direction',
  'created',
  'created_epoch',
  'name',
  'state',
  'cid_name',
  'cid_num',
  'ip_addr',
  'dest',
  'presence_id',
  'presence_data',
  'accountcode',
  'callstate',
  'callee_name',
  'callee_num',
  'callee_direction',
  'call_uuid',
  'hostname',
  'sent_callee_name',
  'sent_callee_num',
];
const PARTNER_COLUMNS = CALL_COLUMNS.filter((column) => column !== 'call_uuid' && column !== 'hostname');

const pick = (row: TableRow, columns: readonly string[]): TableRow =>
  Object.fromEntries(columns.map((column) => [column, row[column] ?? '']));

const prefixed = (row: TableRow): TableRow =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [`b_${column}`, value]));

function channelRow(world: World, leg: Leg): TableRow {
  const { state, callState } = stageOf(leg);
  const created = new Date(seconds(leg.createdUs) * 1000 + world.local.offsetMs(leg.createdUs / 1000));
  const isInbound = leg.direction === 'inbound';
  const codec = leg.answeredUs > 0 ? ['PCMA', '8000', '64000'] : ['', '', ''];
  const [name = '', rate = '', bitRate = ''] = codec;
  const address = isInbound ? '10.20.0.1' : '';
  const dialplan = isInbound ? 'XML' : '';
  return {
    uuid: leg.uuid,
    direction: leg.direction,
    created: created.toISOString().slice(0, 19).replace('T', ' '),
    created_epoch: String(seconds(leg.createdUs)),
    name: leg.name,
    state,
    cid_name: leg.callerName,
    cid_num: leg.callerNumber,
    ip_addr: address,
    dest: leg.destination,
    application: leg.other ? 'uuid_bridge' : isInbound ? 'callcenter' : '',
    application_data: leg.other?.uuid ?? '',
    dialplan,
    context: leg.context,
    read_codec: name,
    read_rate: rate,
    read_bit_rate: bitRate,
    write_codec: name,
    write_rate: rate,
    write_bit_rate: bitRate,
    secure: '',
    hostname: 'simulated',
    presence_id: leg.presenceId ?? '',
    presence_data: '',
    accountcode: '',
    callstate: callState,
    callee_name: leg.callee,
    callee_num: leg.callee,
    callee_direction: '',
    call_uuid: leg.callUuid,
    sent_callee_name: '',
    sent_callee_num: '',
    initial_cid_name: leg.callerName,
    initial_cid_num: leg.callerNumber,
    initial_ip_addr: address,
    initial_dest: leg.destination,
    initial_dialplan: dialplan,
    initial_context: leg.context,
  };
}
