/**
 * Commands of `api` and `bgapi` that a collector, or someone who looks in, asks; everything else is refused as FreeSWITCH
 * refuses what it does not know. In: a command. Out: its answer as text.
 */
import type { World } from '../model/world.js';
import { agentTable, memberTable, queueTable, tierTable, type TableRow } from './callcenter-tables.js';
import { callTable, channelTable, statusText } from './channel-tables.js';
import type { SwitchState } from './switch-state.js';

export function apiAnswer(world: World, state: SwitchState, command: string): string {
  const [name = '', ...words] = command.split(' ');
  const argument = words.join(' ');
  switch (name) {
    case 'callcenter_config':
      return callcenterAnswer(world, state, argument);
    case 'json':
      return jsonAnswer(world, state, argument);
    case 'show':
      return showAnswer(world, argument);
    case 'status':
      return statusText(world);
    case 'global_getvar':
      return globalVariable(state, argument);
    case 'uptime':
      return `${Math.floor((world.atUs - world.state.startedAtUs) / 1_000_000)}\n`;
    case 'version':
      return 'FreeSWITCH Version 1.10.12-simulated\n';
    default:
      return `-ERR ${name} Command not found!\n`;
  }
}

function callcenterAnswer(world: World, state: SwitchState, argument: string): string {
  const [section = '', action = '', what = '', queue = ''] = argument.split(' ');
  const ofQueue = ({ queue: name }: TableRow) => queue === '' || name === queue;
  switch (`${section} ${action} ${what}`.trim()) {
    case 'queue list':
      return tableText(queueTable(world, state, true));
    case 'agent list':
      return tableText(agentTable(world, state));
    case 'tier list':
      return tableText(tierTable(world));
    case 'queue list members':
      return tableText(memberTable(world, state).filter(ofQueue));
    case 'queue list tiers':
      return tableText(tierTable(world).filter(ofQueue));
    case 'queue list agents':
      return tableText(agentsOf(world, state, queue));
    default:
      return action === '' ? '-ERR Invalid!\n' : '';
  }
}

/** Not escaped: a `|` in a name shifts the columns, as it does there. No header line when there are no rows. */
function tableText(rows: readonly TableRow[]): string {
  const [first] = rows;
  const lines = first
    ? [Object.keys(first).join('|'), ...rows.map((row) => Object.values(row).join('|'))]
    : [];
  return [...lines, '+OK', ''].join('\n');
}

function agentsOf(world: World, state: SwitchState, queue: string): TableRow[] {
  const names = new Set(tierTable(world).flatMap((tier) => (tier.queue === queue ? [tier.agent] : [])));
  return agentTable(world, state).filter(({ name }) => queue === '' || names.has(name ?? ''));
}

/** `json {"command": "callcenter_config", "data": {"arguments": …}}`: the command comes back with its response. */
function jsonAnswer(world: World, state: SwitchState, argument: string): string {
  if (argument === '') return '-ERR No JSON supplied.\n';
  const command = parsed(argument);
  if (!command) return '-ERR Parse error.\n';
  const data = command.data as { arguments?: unknown; queue_name?: unknown } | undefined;
  if (command.command !== 'callcenter_config' || data === undefined)
    return answer(command, 'error', null, 'Invalid request or non-existant command');
  const rows = jsonRows(world, state, String(data.arguments), data.queue_name);
  return rows
    ? answer(command, 'success', rows)
    : answer(command, 'error', null, 'The command returned an error');
}

const answer = (command: object, status: string, response: TableRow[] | null, message?: string) =>
  `${JSON.stringify({ ...command, status, ...(message !== undefined && { message }), response })}\n`;

function jsonRows(
  world: World,
  state: SwitchState,
  what: string,
  queueGiven: unknown,
): TableRow[] | undefined {
  const queue = typeof queueGiven === 'string' ? queueGiven : '';
  if (/^queue list \w+$/.test(what) && queue === '') return undefined;
  const ofQueue = ({ queue: name }: TableRow) => name === queue;
  switch (what) {
    case 'queue list':
      return queueTable(world, state, false);
    case 'agent list':
      return asTexts(agentTable(world, state));
    case 'tier list':
      return asTexts(tierTable(world));
    case 'member list':
      return asTexts(memberTable(world, state));
    case 'queue list agents':
      return asTexts(agentsOf(world, state, queue));
    case 'queue list members':
      return asTexts(memberTable(world, state).filter(ofQueue));
    case 'queue list tiers':
      return asTexts(tierTable(world).filter(ofQueue));
    default:
      return undefined;
  }
}

/** Values come as text; of a missing one (an agent's channel) the key is missing. */
const asTexts = (rows: readonly TableRow[]): TableRow[] =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([column, value]) => column !== 'uuid' || value !== '')
        .map(([column, value]) => [column, String(value)]),
    ),
  );

function showAnswer(world: World, argument: string): string {
  switch (argument) {
    case 'channels as json':
      return rowsText(channelTable(world));
    case 'calls as json':
      return rowsText(callTable(world));
    // Its phones are reached without registering.
    case 'registrations as json':
      return rowsText([]);
    default:
      return '-USAGE: channels as json|calls as json|registrations as json\n';
  }
}

/** An empty list has no `rows`. */
const rowsText = (rows: readonly TableRow[]): string =>
  rows.length === 0 ? '{"row_count": 0}\n' : `${JSON.stringify({ row_count: rows.length, rows })}\n`;

const globalVariable = ({ coreUuid }: SwitchState, name: string): string =>
  ({ core_uuid: coreUuid, hostname: 'simulated', switchname: 'simulated' })[name] ?? '';

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
