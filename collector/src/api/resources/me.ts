/** Who asks, and what he may do: what an app needs to offer nothing that would be refused. */
import { Type } from 'typebox';
import { ROLES } from '../../directory/tokens.js';
import { accessOf, seesNumbers } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { PERMISSION_NAMES, permissionsOf } from '../permissions.js';
import { routeOptions } from '../route-schema.js';
import type { Api } from '../typed-app.js';

const Me = Type.Object(
  {
    login: Type.Union([Type.String(), Type.Null()], { description: 'null: the token acts for itself' }),
    name: Type.String({ description: 'Of the user, else of the token' }),
    role: Type.Enum([...ROLES]),
    tenant: Type.String(),
    seesNumbers: Type.Boolean({ description: "Callers' numbers are shown" }),
    permissions: Type.Array(Type.Enum([...PERMISSION_NAMES]), { description: 'What is allowed' }),
    zones: Type.Array(Type.String(), {
      description: 'IANA zones of the site: daily reports in these are fastest',
    }),
    defaultZone: Type.String({ description: 'The first of them' }),
    version: Type.String({ description: 'Of the collector' }),
  },
  { description: 'Who asks' },
);

export function addMeRoute(app: Api, { settings, zones }: Pick<ApiDeps, 'settings' | 'zones'>): void {
  const options = routeOptions({
    tag: 'me',
    summary: 'Who you are and what you may do',
    access: 'viewer',
    answers: { 200: Me },
  });
  app.get('/api/v1/me', options, (request) => {
    const access = accessOf(request);
    return {
      login: access.user?.login ?? null,
      name: access.user?.name ?? access.tokenName,
      role: access.role,
      tenant: access.tenant,
      seesNumbers: seesNumbers(access),
      permissions: permissionsOf(access),
      zones: [...zones],
      defaultZone: zones[0],
      version: settings.version,
    };
  });
}
