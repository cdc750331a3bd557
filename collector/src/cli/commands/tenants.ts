/** `tenant` and `token`: who may see what. */
import type { Kysely } from 'kysely';
import { TenantStore } from '../../directory/tenants.js';
import {
  ROLES,
  type Role,
  TokenRefusedError,
  TokenStore,
  UnknownTenantError,
} from '../../directory/tokens.js';
import type { Database } from '../../storage/schema.js';
import { type Call, type Command, UsageError } from '../command.js';
import { withInstance } from '../session.js';

/** @throws UsageError naming the tenants there are */
export async function tenantIdOf(db: Kysely<Database>, name: string): Promise<number> {
  const tenants = await new TenantStore(db).list();
  const found = tenants.find((tenant) => tenant.name === name);
  if (!found)
    throw new UsageError(`there is no tenant "${name}"; there is ${tenants.map((t) => t.name).join(', ')}`);
  return found.id;
}

export const tenant: Command = {
  name: 'tenant',
  summary: 'creates and lists tenants',
  words: [{ name: 'action', help: 'create or list', choices: ['create', 'list'] }],
  options: { name: { value: 'NAME', help: 'create: name of the tenant' } },
  details:
    'Which queues belong to a tenant is said by rules: `tenants:` in the configuration, or POST /api/v1/tenants.',
  async run(call) {
    return withInstance(call, async ({ db }) => {
      const store = new TenantStore(db);
      if (call.words[0] === 'list') {
        for (const { id, name } of await store.list()) call.print(`${id}\t${name}\n`);
        return 0;
      }
      const name = call.required('name');
      if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name)) {
        throw new UsageError(
          `--name ${name}: letters, digits, ".", "_" and "-", beginning with a letter or digit`,
        );
      }
      const made = await store.create(name);
      if (!made) throw new UsageError(`there is a tenant "${name}" already`);
      call.print(`${made.id}\t${made.name}\n`);
      return 0;
    });
  },
};

export const token: Command = {
  name: 'token',
  summary: 'creates, lists and revokes API tokens',
  words: [{ name: 'action', help: 'create, list or revoke', choices: ['create', 'list', 'revoke'] }],
  options: {
    name: { value: 'TEXT', help: 'create: what it is for' },
    role: { value: 'ROLE', help: `create: ${ROLES.join(', ')} (default viewer)` },
    tenant: { value: 'NAME', help: 'create: whose data it sees (default: default)' },
    'acts-for-users': { help: "create: for Grafana; it takes each user's name and role from Grafana" },
    'token-env': {
      value: 'VARIABLE',
      help: 'create: environment variable with the token to accept (default: one is made and shown once)',
    },
    id: { value: 'ID', help: 'revoke: which one (see list)' },
  },
  details: 'A token is shown once, when it is created; only its hash is kept.',
  async run(call) {
    return withInstance(call, async ({ db }) => {
      const store = new TokenStore(db);
      switch (call.words[0]) {
        case 'list':
          for (const row of await store.list(null)) {
            const state = row.revokedAt === null ? 'active' : `revoked ${day(row.revokedAt)}`;
            const used = row.lastUsedAt === null ? 'never used' : `last used ${day(row.lastUsedAt)}`;
            const users = row.actsForUsers ? '\tacts for users' : '';
            call.print(`${row.id}\t${row.name}\t${row.role}\t${row.tenant}\t${state}\t${used}${users}\n`);
          }
          return 0;
        case 'revoke':
          return revoke(call, store);
        default:
          return create(call, store);
      }
    });
  },
};

async function create(call: Call, store: TokenStore): Promise<number> {
  const role = call.value('role') ?? 'viewer';
  if (!isRole(role)) throw new UsageError(`--role ${role}: write ${ROLES.join(', ')}`);
  const wanted = {
    name: call.required('name'),
    role,
    tenant: call.value('tenant') ?? 'default',
    actsForUsers: call.has('acts-for-users'),
  };
  const variable = call.value('token-env');
  const given = variable === undefined ? undefined : process.env[variable];
  if (variable !== undefined && !given)
    throw new UsageError(`--token-env ${variable}: that variable is empty`);
  try {
    if (given === undefined) {
      const made = await store.create(wanted);
      call.print(`${made.token}\n`);
    } else {
      await store.accept(given, wanted);
      call.say(`The token of ${variable} is accepted.`);
    }
    return 0;
  } catch (error) {
    if (error instanceof UnknownTenantError || error instanceof TokenRefusedError)
      throw new UsageError(error.message);
    throw error;
  }
}

async function revoke(call: Call, store: TokenStore): Promise<number> {
  const id = Number(call.required('id'));
  if (!Number.isInteger(id) || !(await store.revoke(id, null))) {
    throw new UsageError(`--id ${call.required('id')}: there is no such token`);
  }
  call.say(`token ${id} is revoked`);
  return 0;
}

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
