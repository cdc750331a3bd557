/**
 * Call records that a PBX posts itself (FreeSWITCH: mod_json_cdr).
 *
 * In: the body as it came, and the PBX's own user and password instead of a token. Out: 200 when the record is in the
 * journal, on disk. What must hold: nothing of a body is read before the password is right; what a record looks like
 * is not known here, the PBX's driver reads it.
 */
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { MessageError } from '../../pbx/dialect.js';
import type { RecordInbox } from '../../pbx/driver.js';
import type { Api } from '../typed-app.js';
import type { ApiDeps } from '../deps.js';
import { Problem } from '../problem.js';
import { routeOptions } from '../route-schema.js';

const PATH = '/api/v1/pbxs/:pbx/call-records';
/** Of the body as it is sent: records have some 15 kB, with much in their variables a few MB. */
const BODY_LIMIT_BYTES = 10 * 1024 * 1024;
const RETRY_SECONDS = '5';

const Record = Type.Object(
  { variables: Type.Record(Type.String(), Type.String(), { description: 'Variables of the channel' }) },
  {
    description: 'One channel that ended, as the PBX writes it',
    examples: [
      {
        'core-uuid': '5d30d521-3e39-481d-bb63-17246d637fd0',
        variables: {
          uuid: '037a8e84-666d-4cbb-97ca-89eaca03be11',
          direction: 'inbound',
          start_uepoch: '1795205762155807',
          answer_uepoch: '1795205762155807',
          end_uepoch: '1795205774135806',
          hangup_cause: 'NORMAL_CLEARING',
        },
        callflow: [],
      },
    ],
  },
);
const encoded = (description: string, example: string) => ({
  schema: Type.String({ description, examples: [example] }),
});
/** Not validated: which of them it is, the contents say. */
const BODY = {
  content: {
    'application/json': { schema: Record },
    'application/x-www-form-urlencoded': encoded('The JSON, URL-encoded', 'cdr=%7B%22variables%22%3A…'),
    'application/x-www-form-base64-encoded': encoded('The JSON in base64', 'cdr=eyJ2YXJpYWJsZXMi…'),
  },
};

const ROUTE = routeOptions({
  tag: 'pbx',
  summary: 'Take a call record of a PBX',
  description:
    'For the PBX itself: basic authentication with `jsonCdr.post` of its configuration, and no rate limit. 200 means ' +
    'that the record is on disk; after any other answer the PBX has to send it again. The contents decide how the ' +
    'body is read, not its Content-Type. `?uuid=` is what mod_json_cdr adds; it only names the record in messages.',
  access: 'public',
  params: Type.Object({ pbx: Type.String({ description: 'Name of the PBX in the configuration' }) }),
  querystring: Type.Object({
    uuid: Type.Optional(Type.String({ description: 'The channel, for messages' })),
  }),
  answers: { 200: Type.Object({ kept: Type.Literal(true) }, { description: 'The record is on disk' }) },
  problems: [400, 401, 404, 413, 503],
});

type ToPbx = FastifyRequest<{ Params: { pbx: string } }>;

export function addCallRecordRoute(app: Api, { inboxOf }: Pick<ApiDeps, 'inboxOf'>): void {
  const inboxFor = ({ params }: ToPbx): RecordInbox => {
    const inbox = inboxOf(params.pbx);
    if (inbox) return inbox;
    throw new Problem(404, `No PBX "${params.pbx}" posts call records here; see jsonCdr.post.`);
  };
  const options = {
    schema: { ...ROUTE.schema, security: [{ pbxPassword: [] }], body: BODY },
    config: ROUTE.config,
    onRequest: (request: ToPbx, _reply: unknown, next: (refused?: Error) => void) =>
      next(refusal(request, inboxFor(request))),
  };
  // A scope of its own: other bodies of the API are JSON, small, and checked against a schema.
  void app.register((scope: Api, _options, done) => {
    scope.removeAllContentTypeParsers();
    const raw = { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES } as const;
    scope.addContentTypeParser('*', raw, (_request, body, next) => next(null, body));
    scope.setValidatorCompiler(() => () => true);
    scope.post(PATH, options, async (request) => {
      const { body, query, ip }: { body: unknown; query: { uuid?: unknown }; ip: string } = request;
      const uuid = typeof query.uuid === 'string' ? ` ${query.uuid}` : '';
      const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
      await keep(inboxFor(request), bytes, `the call record${uuid} posted from ${ip}`);
      return { kept: true as const };
    });
    done();
  });
}

/** What a wrong user or password is answered with. */
function refusal(request: FastifyRequest, inbox: RecordInbox): Problem | undefined {
  const encoded = /^basic +([A-Za-z0-9+/=]+)\s*$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const credentials = Buffer.from(encoded, 'base64').toString('utf8');
  const [user = ''] = credentials.split(':', 1);
  if (inbox.admits(user, credentials.slice(user.length + 1), request.ip)) return undefined;
  const message = 'send user and password of jsonCdr.post by basic authentication (json_cdr.conf.xml: cred)';
  return new Problem(401, message, {
    errors: [{ field: 'Authorization', message }],
    headers: { 'www-authenticate': 'Basic realm="call records", charset="UTF-8"' },
  });
}

async function keep(inbox: RecordInbox, body: Buffer, from: string): Promise<void> {
  try {
    await inbox.keep(body, from);
  } catch (error) {
    if (error instanceof MessageError) throw new Problem(400, error.message);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem(503, `The record cannot be kept now; send it again. ${reason}`, {
      headers: { 'retry-after': RETRY_SECONDS },
    });
  }
}
