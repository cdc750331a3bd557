/** Connections to PBXs: seen, tried and changed by who runs the site. */
import { Type } from 'typebox';
import { accessOf } from '../auth.js';
import { clientGone } from '../client-gone.js';
import type { ConnectionRow as Row } from '../../connections/connections.js';
import { ReportRequestError } from '../../reports/request.js';
import type { ApiDeps } from '../deps.js';
import { Gate } from '../gate.js';
import { routeOptions } from '../route-schema.js';
import type { Api } from '../typed-app.js';
import { Connection, ConnectionRow, NameParams, NewConnection, Trial, TrialResult } from './pbxs-schema.js';

const PATH = '/api/v1/pbxs';
/** Each trial holds sockets for up to ten seconds. */
const GATE = { running: 4, waiting: 8 };

type Deps = Pick<ApiDeps, 'connections'>;

export function addPbxRoutes(app: Api, deps: Deps): void {
  addList(app, deps);
  addTrial(app, deps);
  addChanges(app, deps);
}

function addList(app: Api, { connections }: Deps): void {
  const list = routeOptions({
    tag: 'pbx',
    summary: 'Connections to PBXs and how they do',
    description: 'Those of the configuration file, those added here, and the simulators of the demo.',
    access: 'pbxs:write',
    answers: { 200: Type.Object({ rows: Type.Array(ConnectionRow, { description: 'By name' }) }) },
  });
  app.get(PATH, list, async () => ({ rows: (await connections.list()).map(shown) }));
}

function addTrial(app: Api, { connections }: Deps): void {
  const gate = new Gate(GATE);
  const test = routeOptions({
    tag: 'pbx',
    summary: 'Try a connection',
    description:
      'Connects, logs in, lists, reads files and tables, and says what is missing; ten seconds at most. Nothing is changed.',
    access: 'pbxs:write',
    body: Trial,
    answers: { 200: TrialResult },
    problems: [404],
  });
  app.post(`${PATH}/test`, test, (request, reply) => {
    const signal = clientGone(reply);
    return gate.run(signal, async () => {
      const { name, connection } = request.body;
      const entry = connection === undefined ? null : { ...connection, name };
      const { version, findings } = await inBody(connections.test(name, entry, signal));
      return { ok: findings.every(({ level }) => level !== 'failed'), version, findings };
    });
  });
}

function addChanges(app: Api, { connections }: Deps): void {
  const create = routeOptions({
    tag: 'pbx',
    summary: 'Add a connection',
    description:
      'It is read at once. Facts belong to the name: keep it. Secrets are stored encrypted and never shown.',
    access: 'pbxs:write',
    body: NewConnection,
    answers: { 201: ConnectionRow },
    problems: [409],
  });
  app.post(PATH, create, async (request, reply) => {
    const { name, connection } = request.body;
    const row = await inBody(connections.create(accessOf(request), { ...connection, name }));
    return reply.code(201).send(shown(row));
  });

  const replace = routeOptions({
    tag: 'pbx',
    summary: 'Change a connection',
    description:
      'Replaces all of it, at once; secrets left out stay as they are, unless what they were given for (host, port, TLS, user) changes.',
    access: 'pbxs:write',
    params: NameParams,
    body: Connection,
    answers: { 200: ConnectionRow },
    problems: [404, 409],
  });
  app.put(`${PATH}/:name`, replace, async (request) => {
    const entry = { ...request.body, name: request.params.name };
    return shown(await connections.replace(accessOf(request), entry));
  });

  const remove = routeOptions({
    tag: 'pbx',
    summary: 'Remove a connection',
    description: 'It is no longer read; its facts stay.',
    access: 'pbxs:write',
    params: NameParams,
    answers: { 204: Type.Null({ description: 'Removed' }) },
    problems: [404, 409],
  });
  app.delete(`${PATH}/:name`, remove, async (request, reply) => {
    await connections.remove(accessOf(request), request.params.name);
    return reply.code(204).send(null);
  });
}

/** Names fields as they stand in a body that has the connection within. */
async function inBody<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ReportRequestError)) throw error;
    const within = (field: string): string => (field === 'connection' ? field : `connection.${field}`);
    throw new ReportRequestError(
      error.errors.map(({ field, message }) => ({ field: within(field), message })),
    );
  }
}

/** The settings as a change takes them: the name is not one of them. */
function shown({ settings: { name: _name, ...settings }, ...row }: Row): ConnectionRow {
  return {
    ...row,
    settings,
    editable: row.managedBy === 'database',
    hasSecret: row.secrets.length > 0,
  };
}
