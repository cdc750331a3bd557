/**
 * The description of the API: `/openapi.json`, and `/docs` to read and try it.
 *
 * In: the app before its routes. Out: the same, its routes collected. What must hold: the description is made from the
 * schemas that validate requests and serialise answers, so that it cannot say anything else than they do.
 */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

const DESCRIPTION = `Exact queue and agent numbers of call centers on Asterisk and FreeSWITCH.

**Tokens.** Send \`Authorization: Bearer qs_…\`. A token belongs to one tenant and sees its rows only. Roles: *viewer*
reads reports and live state, callers' numbers masked; *editor* sees the numbers (what each role sees is configured);
*admin* also looks after tokens. An admin of the tenant \`default\` runs the site: journal and tenants. A token made for Grafana
(\`actsForUsers\`) acts for the user named by \`X-Grafana-Context\`, with the lower of both roles.

**Times.** \`from\` and \`to\` are ISO 8601 with offset, a date (then \`tz\` is needed) or epoch milliseconds; \`to\` is
exclusive. Numbers that are times are UTC milliseconds. Units are in the names: \`…Seconds\` are whole seconds as the PBX
states them, \`…Ms\` were measured between events. Ratios are 0–1; null is unknown, never zero.

**Errors** are problem details (RFC 9457, \`application/problem+json\`); \`errors\` names each wrong field. Every answer
carries \`X-Request-Id\`, which the collector's log repeats.`;

const TAGS = [
  { name: 'me', description: 'Who asks, and what he prefers' },
  { name: 'reports', description: 'Numbers of the past, as JSON or CSV' },
  { name: 'exports', description: 'Files made of reports in the background: JSON, CSV, XLSX, PDF' },
  {
    name: 'schedules',
    description: 'Saved reports, and schedules that send them by mail, webhook or to a folder',
  },
  { name: 'calls', description: 'Single calls' },
  { name: 'directory', description: 'Names, teams, goals, hours and aliases of queues and agents' },
  { name: 'payouts', description: 'What agents are paid; the numbers are the reports payout-…' },
  { name: 'live', description: 'What is going on now' },
  { name: 'health', description: 'How the collector does' },
  { name: 'journal', description: 'The durable log, and messages that could not be understood' },
  { name: 'pbx', description: 'For the PBXs themselves' },
  { name: 'admin', description: 'Tokens and tenants' },
];

export async function addOpenApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Queuescope',
        version,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: TAGS,
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'Token qs_… of this API' },
          pbxPassword: {
            type: 'http',
            scheme: 'basic',
            description: 'User and password of jsonCdr.post of the PBX',
          },
          metricsToken: {
            type: 'http',
            scheme: 'bearer',
            description: 'metrics.token of the configuration, if set',
          },
        },
      },
    },
  });
  await app.register(swaggerUi, { routePrefix: '/docs', uiConfig: { displayRequestDuration: true } });
  app.get('/openapi.json', { schema: { hide: true }, config: { access: 'public' } }, () => app.swagger());
}
