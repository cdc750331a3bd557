/**
 * What may stand in `queuescope.yaml`: the one description that validates the file, names the environment variables
 * and types the rest of `config/`.
 *
 * In: nothing. Out: the TypeBox schema `ConfigFile`. What must hold: unknown keys are refused everywhere; every key
 * has a description; a default stands here and nowhere else.
 */
import { Type, type Static, type TProperties } from 'typebox';
import { SL_FORMULAS } from '../kpi/service-level.js';
import { DEFAULT_PRIVACY, MASK_MODES } from '../directory/masking.js';
import { DIALECT_NAMES } from './dialects.js';

const object = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });

/** An object that may be left out: its own defaults apply then. */
const section = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description, default: {} });

const text = (description: string) => Type.String({ minLength: 1, description });
const optionalText = (description: string) => Type.Optional(text(description));
const port = (value: number, description: string) =>
  Type.Integer({ minimum: 1, maximum: 65_535, default: value, description });
const pattern = (description: string) =>
  Type.String({ minLength: 1, default: '*', description: `${description} (* any text, ? one character)` });

export const DIRECTIONS = ['inbound', 'outbound', 'internal'] as const;

const TableUrl = {
  url: optionalText('mysql://user:password@host:3306/database of the table'),
  urlFile: optionalText('File that holds the URL, instead of url'),
  urlEnv: optionalText('Environment variable that holds the URL, instead of url'),
};

const Ami = object(
  {
    host: text('Host name or address of the Asterisk'),
    port: port(5038, 'Port of the manager interface (TLS: usually 5039)'),
    user: text('Name of the account in manager.conf'),
    secret: optionalText('Its secret; prefer secretFile or secretEnv'),
    secretFile: optionalText('File that holds the secret, instead of secret'),
    secretEnv: optionalText('Environment variable that holds the secret, instead of secret'),
    auth: Type.Enum(['md5', 'plain'], {
      default: 'md5',
      description:
        'md5: challenge, the secret does not cross the wire; plain: needed where Asterisk has no MD5',
    }),
    tls: Type.Boolean({ default: false, description: 'Connect over TLS' }),
    tlsCaFile: optionalText('PEM file of the authority that signed the certificate of the PBX'),
    tlsServerName: optionalText('Name the certificate must carry, when it is not host'),
    tlsVerify: Type.Boolean({ default: true, description: 'false accepts any certificate: for tests only' }),
    keepaliveSeconds: Type.Integer({
      minimum: 1,
      maximum: 3_600,
      default: 30,
      description: 'Ping after this silence; the link is down after three times as long',
    }),
  },
  'Asterisk manager interface: live state, and outcomes where no queue_log is read',
);

const QueueLog = object(
  {
    file: optionalText('Path of queue_log'),
    table: Type.Optional(
      object(
        {
          ...TableUrl,
          name: Type.String({ minLength: 1, default: 'queue_log', description: 'Name of the table' }),
          zone: Type.String({
            minLength: 1,
            default: 'UTC',
            description: 'IANA zone of its time column; UTC with queue_log_realtime_use_gmt = yes',
          }),
        },
        'queue_log as a realtime table',
      ),
    ),
  },
  "queue_log, the PBX's own record of outcomes: file or table",
);

const Cdr = object(
  {
    file: optionalText('Path of Master.csv'),
    columns: Type.Optional(
      Type.Array(text('Column'), {
        minItems: 1,
        description: 'Names of the columns in order, where cdr_custom writes its own',
      }),
    ),
    table: Type.Optional(
      object(
        {
          ...TableUrl,
          name: Type.String({ minLength: 1, default: 'cdr', description: 'Name of the table' }),
        },
        'CDR as a table (cdr_adaptive_odbc, cdr_mysql)',
      ),
    ),
    zone: text('IANA zone of its times; UTC with usegmtime = yes'),
  },
  'Call records: calls outside queues, their direction and their true end: file or table',
);

const Esl = object(
  {
    host: text('Host name or address of the FreeSWITCH'),
    port: port(8021, 'Port of its event socket'),
    password: optionalText('Password of event_socket.conf.xml; prefer passwordFile or passwordEnv'),
    passwordFile: optionalText('File that holds the password, instead of password'),
    passwordEnv: optionalText('Environment variable that holds the password, instead of password'),
    format: Type.Enum(['plain', 'json'], {
      default: 'plain',
      description: 'How events are written on the wire; the numbers are the same, plain costs less to read',
    }),
    keepaliveSeconds: Type.Integer({
      minimum: 1,
      maximum: 3_600,
      default: 30,
      description: 'After this silence an answer is asked for; the link is down after three times as long',
    }),
    resyncSeconds: Type.Integer({
      minimum: 5,
      maximum: 86_400,
      default: 60,
      description:
        'How often queues, agents, tiers and members are listed again: changed tiers have no event',
    }),
    fifo: Type.Boolean({ default: false, description: 'Also listen to the queues of mod_fifo' }),
  },
  'Event socket of FreeSWITCH: everything that happens in its queues',
);

const JsonCdr = object(
  {
    folder: optionalText('Folder mod_json_cdr writes to; it is watched, nothing in it is changed'),
    post: Type.Optional(
      object(
        {
          user: text('Name the PBX must give (basic authentication)'),
          password: optionalText('Its password; prefer passwordFile or passwordEnv'),
          passwordFile: optionalText('File that holds the password, instead of password'),
          passwordEnv: optionalText('Environment variable that holds the password, instead of password'),
        },
        'Accept records by HTTP POST at /api/v1/pbxs/{name}/call-records',
      ),
    ),
  },
  'Call records of FreeSWITCH as JSON: folder, post or both',
);

const Recordings = object(
  {
    folder: optionalText('Folder below which the recordings are'),
    file: Type.String({
      minLength: 1,
      default: '{recording}',
      description:
        'Path below folder: {recording} and {recordingName} (as the PBX states it, with and without its folders), {callId}, ' +
        '{linkedId}, {queue}, {date}, {year}, {month}, {day}; * in the name of the file stands for any text',
    }),
    url: optionalText('Address on another server, with the same placeholders, instead of folder'),
    authorization: optionalText('Authorization header that server wants, as in Bearer …'),
    authorizationFile: optionalText('File that holds it, instead of authorization'),
    authorizationEnv: optionalText('Environment variable that holds it, instead of authorization'),
    zone: optionalText('IANA zone of dates in names; default: the first of zones'),
  },
  'Where recordings of talks are: folder or url. Without it none can be heard',
);

const DirectionRule = object(
  {
    channel: pattern('Channel of the caller'),
    destinationChannel: pattern('Channel called'),
    context: pattern('Dialplan context'),
    direction: Type.Enum([...DIRECTIONS], { description: 'What a call that matches is' }),
  },
  'The first rule whose patterns all match gives the direction of a call; without one it is unknown',
);

export const Pbx = object(
  {
    name: Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$',
      description:
        'Name in reports, metrics and filters (letters, digits, . _ -); keep it: facts belong to it',
    }),
    dialect: Type.Enum([...DIALECT_NAMES], { description: 'Kind of PBX' }),
    ami: Type.Optional(Ami),
    queueLog: Type.Optional(QueueLog),
    cdr: Type.Optional(Cdr),
    esl: Type.Optional(Esl),
    jsonCdr: Type.Optional(JsonCdr),
    recordings: Type.Optional(Recordings),
    directions: Type.Array(DirectionRule, {
      default: [],
      description: 'Rules for the direction of calls in CDR, in order',
    }),
  },
  'One PBX and where it is read',
);

const QueueRule = object(
  {
    pbx: pattern('PBXs this rule is for'),
    queue: pattern('Queues this rule is for'),
    from: optionalText('First day (2026-03-01, in the first of zones) or instant (with offset) it holds'),
    serviceLevelSeconds: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 86_400, description: 'Threshold T of the service level, seconds' }),
    ),
    serviceLevelFormula: Type.Optional(
      Type.Enum([...SL_FORMULAS], { description: 'Formula of the service level, see docs' }),
    ),
    shortAbandonSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 3_600,
        description: 'An abandoned call that waited at most this long is a short one',
      }),
    ),
    wrapUpSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 7_200,
        description:
          'wrapuptime of the queue: Asterisk never says it, without it wrap-up is "not configured"',
      }),
    ),
  },
  'Settings of queues. Of the rules that match and hold at the time, the last one that states a setting wins',
);

const TenantRule = object(
  {
    pbx: pattern('PBXs'),
    queue: pattern('Queues'),
    tenant: Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$',
      description: 'Tenant these queues belong to; created when it does not exist',
    }),
  },
  'The first rule that matches a queue gives its tenant; without one it is "default"',
);

const masking = (description: string) => Type.Enum([...MASK_MODES], { description });

const TenantPrivacy = object(
  {
    tenant: text('Name of the tenant'),
    viewer: Type.Optional(masking('To its viewers')),
    editor: Type.Optional(masking('To its editors')),
    admin: Type.Optional(masking('To its admins')),
  },
  'What is different for one tenant',
);

const countryCode = Type.Integer({
  minimum: 1,
  maximum: 999,
  description: 'Calling code of the country, as 998; with nationalDigits',
});
const nationalDigits = Type.Integer({
  minimum: 4,
  maximum: 13,
  description: 'Digits of a national number without its prefix, as 9; with countryCode',
});

const TenantNumbers = object(
  { tenant: text('Name of the tenant'), countryCode, nationalDigits },
  'How national numbers are written where one tenant is',
);

/** Names of the remarks on a call that are its tags, unless the configuration says otherwise. */
export const DEFAULT_TAG_NOTES = ['TAG', 'CALLSTATUS', 'queuescope_tag'];

export const ConfigFile = Type.Object(
  {
    dataDir: Type.String({
      minLength: 1,
      default: './var',
      description: 'Folder of the journal and the embedded database',
    }),
    secretsKey: optionalText(
      'Key that seals the secrets of PBX connections added by users and of webhooks, at least 32 characters; without one it is made in dataDir',
    ),
    secretsKeyFile: optionalText('File that holds the key, instead of secretsKey'),
    secretsKeyEnv: optionalText('Environment variable that holds the key, instead of secretsKey'),
    http: section(
      {
        host: Type.String({
          minLength: 1,
          default: '127.0.0.1',
          description: 'Address to listen on; 0.0.0.0 for all',
        }),
        port: port(8080, 'Port of API, docs and metrics'),
        rateLimitPerMinute: Type.Integer({
          minimum: 1,
          maximum: 1_000_000,
          default: 1_200,
          description: 'Requests one token may make in a minute',
        }),
        trustProxy: Type.Boolean({
          default: false,
          description:
            'Believe X-Forwarded-For of a proxy in front; only when nobody can reach the port past it',
        }),
      },
      'API, docs and metrics',
    ),
    database: section(
      {
        url: optionalText(
          'mysql://user:password@host:3306/database; without it an embedded MariaDB is started',
        ),
        urlFile: optionalText('File that holds the URL, instead of url'),
      },
      'Where facts and rollups are kept',
    ),
    zones: Type.Optional(
      Type.Array(text('IANA zone, as in Europe/Berlin'), {
        minItems: 1,
        uniqueItems: true,
        description:
          'Zones of your days: daily reports in these are fastest. The first is the default of reports. ' +
          'Default: the zone of this machine, and UTC',
      }),
    ),
    journal: section(
      {
        retentionDays: Type.Number({
          exclusiveMinimum: 0,
          default: 7,
          description: 'Days a journaled message is kept after it was projected',
        }),
        retentionGb: Type.Number({
          exclusiveMinimum: 0,
          default: 10,
          description: 'Gigabytes (10^9) of projected messages kept at most',
        }),
        maxGb: Type.Number({
          exclusiveMinimum: 0,
          default: 50,
          description: 'Gigabytes at which it takes no more, projected or not (a long database outage)',
        }),
      },
      'Durable log of everything the PBXs said',
    ),
    pbxs: Type.Array(Pbx, { default: [], description: 'Without any, the simulator is shown' }),
    queues: Type.Array(QueueRule, { default: [], description: 'Settings of queues, general ones first' }),
    tenants: Type.Array(TenantRule, { default: [], description: 'Which queues belong to which tenant' }),
    privacy: section(
      {
        viewer: Type.Enum([...MASK_MODES], {
          default: DEFAULT_PRIVACY.general.viewer,
          description:
            'To viewers: none (as they are), stars (last two digits), hash (one text per caller), hide',
        }),
        editor: Type.Enum([...MASK_MODES], {
          default: DEFAULT_PRIVACY.general.editor,
          description: 'To editors',
        }),
        admin: Type.Enum([...MASK_MODES], {
          default: DEFAULT_PRIVACY.general.admin,
          description: 'To admins',
        }),
        tenants: Type.Array(TenantPrivacy, { default: [], description: 'Tenants for which it is different' }),
      },
      "How callers' numbers are shown to each role: in reports, live state, journeys and exports",
    ),
    numbers: section(
      {
        countryCode: Type.Optional(countryCode),
        nationalDigits: Type.Optional(nationalDigits),
        tenants: Type.Array(TenantNumbers, { default: [], description: 'Tenants in other countries' }),
      },
      'How national numbers are written: reports of callers take 0901234567 and 998901234567 as one caller then',
    ),
    tags: section(
      {
        from: Type.Array(text('Name'), {
          default: DEFAULT_TAG_NOTES,
          uniqueItems: true,
          description:
            'Remarks on a call that are its tags (wrap-up codes): names of queue_log rows and of user events, ' +
            'queuescope_tag (the FreeSWITCH variable), CDR(userfield)',
        }),
      },
      'What a call was about; `rebuild` applies a change to the past',
    ),
    metrics: section(
      {
        perAgent: Type.Boolean({ default: true, description: 'Series per agent on /metrics' }),
        token: optionalText('Bearer token Prometheus must send; without one /metrics is open'),
        tokenFile: optionalText('File that holds the token, instead of token'),
        tokenEnv: optionalText('Environment variable that holds the token, instead of token'),
      },
      'Prometheus',
    ),
    grafana: section(
      {
        url: optionalText('Where the collector reaches Grafana, as in http://grafana:3000'),
        verify: Type.Boolean({
          default: false,
          description:
            "Believe who a user is only with Grafana's signature (X-Grafana-Id), checked with the keys at url",
        }),
      },
      'Grafana in front of this collector, with a token that acts for users',
    ),
    smtp: section(
      {
        host: optionalText('Mail server; without it schedules send no mail'),
        port: port(587, 'Its port (with security tls usually 465)'),
        security: Type.Enum(['starttls', 'tls', 'none'], {
          default: 'starttls',
          description:
            'starttls: encrypted before anything is said; tls: from the first byte; none: in the clear',
        }),
        user: optionalText('Account; without it nobody logs in'),
        password: optionalText('Its password; prefer passwordFile or passwordEnv'),
        passwordFile: optionalText('File that holds the password, instead of password'),
        passwordEnv: optionalText('Environment variable that holds the password, instead of password'),
        from: optionalText('Sender: reports@example.org, or Queuescope <reports@example.org>'),
        tlsCaFile: optionalText('PEM file of the authority that signed the certificate of the server'),
        tlsVerify: Type.Boolean({
          default: true,
          description: 'false accepts any certificate: for tests only',
        }),
        maxAttachmentMb: Type.Number({
          exclusiveMinimum: 0,
          default: 20,
          description: 'Megabytes (10^6) of files in one mail; what is larger fails and says so',
        }),
      },
      'Mail of schedules',
    ),
    schedules: section(
      {
        folder: optionalText('Folder that schedules may write files to, each tenant below its name'),
        webhookHosts: Type.Array(text('Host name, or pattern as *.example.org'), {
          default: [],
          description: 'Hosts schedules may post to; without any there are no webhooks',
        }),
        publicUrl: optionalText(
          'Address of this API as others reach it, for links: https://queuescope.example.org',
        ),
      },
      'Where schedules may deliver to, besides mail',
    ),
    simulator: section(
      {
        amiPort: port(15_038, 'Port of the simulated Asterisk of the demo (127.0.0.1)'),
        eslPort: port(18_021, 'Port of the simulated FreeSWITCH of the demo (127.0.0.1)'),
      },
      'Demo',
    ),
    log: section(
      {
        level: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
          default: 'info',
          description: 'Least level that is written',
        }),
      },
      "The collector's own log",
    ),
  },
  { additionalProperties: false, description: 'Configuration of the Queuescope collector' },
);

export type ConfigFile = Static<typeof ConfigFile>;
export type CallDirection = (typeof DIRECTIONS)[number];
