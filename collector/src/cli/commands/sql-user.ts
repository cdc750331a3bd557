/** `sql-user`: a database account for SQL panels, which sees the views of one tenant and nothing else. */
import { randomBytes } from 'node:crypto';
import { ReadOnlyUserError, ensureReadOnlyUser } from '../../storage/read-only-user.js';
import { type Command, UsageError } from '../command.js';
import { withInstance } from '../session.js';
import { tenantIdOf } from './tenants.js';

export const sqlUser: Command = {
  name: 'sql-user',
  summary: 'makes a read-only database user for SQL panels (views only, one tenant)',
  options: {
    user: { value: 'NAME', help: 'name of the account (default queuescope_reader)' },
    tenant: { value: 'NAME', help: 'whose rows it sees (default: default)' },
    'all-tenants': { help: 'it sees the rows of all tenants' },
    'password-env': {
      value: 'VARIABLE',
      help: 'environment variable with its password (default: one is made and shown once)',
    },
  },
  details:
    'Doing it again for the same account sets its password and tenant anew. docs/sql-views.md lists the views.',
  async run(call) {
    const user = call.value('user') ?? 'queuescope_reader';
    const variable = call.value('password-env');
    const given = variable === undefined ? undefined : process.env[variable];
    if (variable !== undefined && !given)
      throw new UsageError(`--password-env ${variable}: that variable is empty`);
    if (call.has('all-tenants') && call.has('tenant'))
      throw new UsageError('give --tenant or --all-tenants, not both');
    const password = given ?? randomBytes(18).toString('base64url');
    return withInstance(call, async ({ db }) => {
      const tenantId = call.has('all-tenants')
        ? null
        : await tenantIdOf(db, call.value('tenant') ?? 'default');
      try {
        await ensureReadOnlyUser(db, { user, password, tenantId });
      } catch (error) {
        if (error instanceof ReadOnlyUserError) throw new UsageError(error.message);
        throw error;
      }
      call.say(
        `${user} may read the views of ${tenantId === null ? 'all tenants' : (call.value('tenant') ?? 'default')}.`,
      );
      if (given === undefined) call.print(`${password}\n`);
      return 0;
    });
  },
};
