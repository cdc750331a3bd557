/**
 * Shapes of connections to PBXs. In: the schema of the configuration file. Out: the same for the API, secrets write-only.
 *
 * What must hold: an entry of the API is an entry of `pbxs` of the file, but for secrets in files and variables of the server.
 */
import { Type, type Static, type TSchema } from 'typebox';
import { DIALECT_NAMES } from '../../config/dialects.js';
import { Pbx } from '../../config/schema.js';
import type { PbxEntry } from '../../connections/entry.js';

/** What would make the server read a secret from somewhere else. */
const INDIRECT = /^(secret|password|url|authorization)(File|Env)$/;

/** The schema without indirect secrets, and without what `leftOut` names at its top. */
function forApi(schema: object, leftOut: readonly string[] = []): TSchema {
  const copy = JSON.parse(JSON.stringify(schema), (_key, value: unknown) =>
    isGroup(value) && isGroup(value['properties'])
      ? { ...value, properties: without(value['properties'], (name) => INDIRECT.test(name)) }
      : value,
  ) as { properties: Record<string, unknown>; required: string[] };
  return Type.Unsafe<unknown>({
    ...copy,
    properties: without(copy.properties, (name) => leftOut.includes(name)),
    required: copy.required.filter((name) => !leftOut.includes(name)),
  });
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const without = (group: Record<string, unknown>, isOut: (name: string) => boolean): Record<string, unknown> =>
  Object.fromEntries(Object.entries(group).filter(([name]) => !isOut(name)));

/** An entry without its name, which the path or `name` beside it says. */
export const Connection = Type.Unsafe<Omit<PbxEntry, 'name'>>(forApi(Pbx, ['name']));
const name = Pbx.properties.name;

export const NameParams = Type.Object({ name });

export const NewConnection = Type.Object(
  { name, connection: Connection },
  { additionalProperties: false, description: 'A connection under a name of its own' },
);

export const Trial = Type.Object(
  { name, connection: Type.Optional(Connection) },
  {
    additionalProperties: false,
    description:
      'Without connection the one of this name is tried as it is; with it, secrets it leaves out are those of that one, as ' +
      'long as they are for the same host',
  },
);

const Source = Type.Object(
  {
    source: Type.String({ description: 'Kind of source', examples: ['ami', 'queue_log', 'esl'] }),
    place: Type.String({ description: 'Where it is read', examples: ['asterisk.example.org:5039 (TLS)'] }),
    link: Type.Enum(['up', 'down']),
    since: Type.Union([Type.Integer(), Type.Null()], { description: 'UTC ms' }),
    reason: Type.String({ description: 'Why it is down; empty when up' }),
  },
  { description: 'One source of a PBX' },
);

export const ConnectionRow = Type.Object(
  {
    name: Type.String(),
    dialect: Type.Enum([...DIALECT_NAMES]),
    managedBy: Type.Enum(['file', 'database', 'demo'], {
      description: 'file: by the configuration file, read-only here; demo: a simulator, read-only here',
    }),
    editable: Type.Boolean(),
    sources: Type.Array(Source),
    hasSecret: Type.Boolean({ description: 'Some secret is set; secrets are never shown' }),
    secrets: Type.Array(Type.String(), { description: 'Which are set', examples: [['ami.secret']] }),
    settings: Type.Unsafe<object>({
      type: 'object',
      additionalProperties: true,
      description: 'The connection as PUT takes it, without secrets',
    }),
    trouble: Type.String({ description: 'Why it cannot be used at all; empty: it can' }),
  },
  { description: 'A connection to a PBX' },
);
export type ConnectionRow = Static<typeof ConnectionRow>;

const Finding = Type.Object({
  source: Type.String({ description: 'Kind of source' }),
  level: Type.Enum(['ok', 'warning', 'failed', 'unknown'], {
    description: 'unknown: it could not be seen, which is no fault',
  }),
  message: Type.String({ description: 'What was found, and what to do about it' }),
});

export const TrialResult = Type.Object(
  {
    ok: Type.Boolean({ description: 'Nothing failed' }),
    version: Type.Union([Type.String(), Type.Null()], { description: 'In the words of the PBX' }),
    findings: Type.Array(Finding),
  },
  { description: 'What a trial found' },
);
