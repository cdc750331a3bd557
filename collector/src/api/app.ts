/**
 * The API as one Fastify app.
 *
 * In: `ApiDeps`. Out: an app ready to `listen` (or `inject`). What must hold: every answer that is an error is a
 * problem document; every request has an id; nothing a client sends is trusted before it is validated; `close` ends
 * live streams and returns.
 */
import { randomUUID } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import fastify, { LogController, type FastifyInstance } from 'fastify';
import { addAuth } from './auth.js';
import type { ApiDeps } from './deps.js';
import { addErrorAnswers, answerBrokenRequest } from './error-answers.js';
import { addOpenApi } from './openapi.js';
import { addAnnotationRoutes } from './resources/annotations.js';
import { addAuditRoute } from './resources/audit.js';
import { addCallRecordRoute } from './resources/call-records.js';
import { addCallRoutes } from './resources/calls.js';
import { addAliasRoutes } from './resources/directory-aliases.js';
import { addDirectoryCsvRoutes } from './resources/directory-csv.js';
import { addHolidayRoutes } from './resources/directory-holidays.js';
import { addDirectoryRoutes } from './resources/directory.js';
import { addDoctorRoute } from './resources/doctor.js';
import { addExportRoutes } from './resources/exports.js';
import { addHealthRoutes } from './resources/health.js';
import { addJournalRoutes } from './resources/journal.js';
import { addLiveRoutes } from './resources/live.js';
import { addMeRoute } from './resources/me.js';
import { addMetricsRoute } from './resources/metrics.js';
import { addPbxRoutes } from './resources/pbxs.js';
import { addPayoutRoutes } from './resources/payouts.js';
import { addPreferenceRoutes } from './resources/preferences.js';
import { addRecordingRoutes } from './resources/recordings.js';
import { addReportRoutes } from './resources/reports.js';
import { addSavedReportRoutes } from './resources/saved-reports.js';
import { addScheduleRoutes } from './resources/schedules.js';
import { addTenantRoutes } from './resources/tenants.js';
import { addTokenRoutes } from './resources/tokens.js';
import { typed } from './typed-app.js';

/** Largest body: the API takes small JSON objects only. */
const BODY_LIMIT_BYTES = 64 * 1024;
/** Time for a request to arrive: who sends slower only holds a socket. */
const REQUEST_TIMEOUT_MS = 30_000;

/** @returns an app on which `listen({ host, port })` and later `close()` are to be called. */
export async function buildApi(deps: ApiDeps): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: deps.logger,
    // Wallboards ask all day; what goes wrong is logged by error-answers.ts.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: deps.settings.trustProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    exposeHeadRoutes: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    genReqId: () => randomUUID(),
    // The text of an error is made from the failing schema, see validation.ts.
    ajv: { customOptions: { allErrors: true, verbose: true, coerceTypes: 'array', removeAdditional: false } },
    clientErrorHandler: answerBrokenRequest,
  });
  // Bodies are JSON; text would reach the schemas as a string.
  app.removeContentTypeParser('text/plain');
  addErrorAnswers(app);
  await app.register(rateLimit, { global: false });
  addAuth(app, {
    authenticate: (token) => deps.tokens.authenticate(token),
    verifyUser: deps.verifyUser,
    masking: deps.masking,
    rateLimitPerMinute: deps.settings.rateLimitPerMinute,
  });
  await addOpenApi(app, deps.settings.version);
  const api = typed(app);
  addMeRoute(api, deps);
  addPreferenceRoutes(api, deps);
  addAnnotationRoutes(api, deps);
  addDoctorRoute(api, deps);
  addAuditRoute(api, deps);
  addRecordingRoutes(api, deps);
  addPbxRoutes(api, deps);
  addReportRoutes(api, deps);
  addExportRoutes(api, deps);
  addCallRoutes(api, deps);
  addLiveRoutes(api, deps);
  addHealthRoutes(api, deps);
  addJournalRoutes(api, deps);
  addCallRecordRoute(api, deps);
  addMetricsRoute(api, deps);
  addTokenRoutes(api, deps);
  addTenantRoutes(api, deps);
  addDirectoryRoutes(api, deps);
  addAliasRoutes(api, deps);
  addHolidayRoutes(api, deps);
  addDirectoryCsvRoutes(api, deps);
  addPayoutRoutes(api, deps);
  addSavedReportRoutes(api, deps);
  addScheduleRoutes(api, deps);
  await app.ready();
  return app;
}
