import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { ConfigError, type ConfigProblem } from './problem.js';
import { loadConfig, type LoadOptions } from './load.js';

const folder = mkdtempSync(path.join(tmpdir(), 'queuescope-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function load(yaml: string, options: Partial<LoadOptions> = {}) {
  const file = path.join(folder, `c${files++}.yaml`);
  writeFileSync(file, yaml);
  return loadConfig({ file, env: {}, cwd: folder, ...options });
}

function problems(yaml: string, options: Partial<LoadOptions> = {}): readonly ConfigProblem[] {
  try {
    load(yaml, options);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const AMI = 'ami: {host: pbx, user: qs, secret: hush-hush}';

describe('a configuration', () => {
  test('is complete without a file', () => {
    const { config } = loadConfig({ env: {}, cwd: folder });
    expect(config).toMatchObject({
      file: null,
      dataDir: path.join(folder, 'var'),
      http: { host: '127.0.0.1', port: 8080, rateLimitPerMinute: 1200, trustProxy: false },
      database: { url: null },
      journal: { retentionDays: 7, retentionBytes: 10e9, maxBytes: 50e9 },
      pbxs: [],
      metrics: { perAgent: true, token: null },
    });
    expect(config.zones).toContain('UTC');
  });

  test('a group whose keys are all commented out counts as left out', () => {
    expect(load('http:\n  # port: 1\nzones: [UTC]').config.http.port).toBe(8080);
  });

  test('the example at the root is valid and says what it seems to say', () => {
    const example = path.resolve(import.meta.dirname, '../../../queuescope.example.yaml');
    const env = {
      HQ_AMI_SECRET: 'a',
      BRANCH_AMI_SECRET: 'b',
      BRANCH_DATABASE_URL: 'mysql://reader:c@10.0.7.2/asterisk',
      FS1_ESL_PASSWORD: 'd',
      FS1_CDR_PASSWORD: 'e',
    };
    const { config, warnings } = loadConfig({ file: example, env, cwd: '/' });
    expect(warnings).toEqual([]);
    expect(config.pbxs.map((p) => p.name)).toEqual(['hq', 'branch', 'fs1']);
    expect(config.pbxs[0]?.ami).toMatchObject({ port: 5039, tls: { rejectUnauthorized: true } });
    expect(config.pbxs[1]?.ami).toMatchObject({ port: 5038, tls: null, auth: 'md5' });
    expect(config.pbxs[1]?.ami?.secret.reveal()).toBe('b');
    expect(config.pbxs[1]?.queueLog).toMatchObject({
      from: 'table',
      table: 'queue_log',
      zone: 'Asia/Tashkent',
    });
    const { esl, jsonCdr, ...others } = config.pbxs[2] ?? {};
    expect(others).toEqual({
      name: 'fs1',
      dialect: 'freeswitch',
      ami: null,
      queueLog: null,
      cdr: null,
      directions: [],
      recordings: null,
      managedBy: 'file',
    });
    expect(esl).toMatchObject({ host: '10.0.0.5', port: 8021, format: 'plain', fifo: false });
    expect(esl).toMatchObject({ keepaliveSeconds: 30, resyncSeconds: 60 });
    expect(esl?.password.reveal()).toBe('d');
    expect(jsonCdr?.folder).toBe('/var/log/freeswitch/json_cdr');
    expect([jsonCdr?.post?.user, jsonCdr?.post?.password.reveal()]).toEqual(['queuescope', 'e']);
    // Midnight of 1 March in Berlin (+01:00), the first zone.
    expect(config.queueRules[2]).toMatchObject({ pbxPattern: 'hq', fromMs: Date.UTC(2026, 1, 28, 23) });
  });

  test('how numbers are shown, by role and tenant', () => {
    const { config } = load('privacy: {viewer: hash, tenants: [{tenant: acme, editor: stars}]}');
    expect(config.privacy.general).toEqual({ viewer: 'hash', editor: 'none', admin: 'none' });
    expect([...config.privacy.tenants]).toEqual([['acme', { editor: 'stars' }]]);
  });

  test('how national numbers are written, of the site and of a tenant', () => {
    const own = 'tenants: [{tenant: acme, countryCode: 49, nationalDigits: 10}]';
    expect(load(`numbers: {countryCode: 998, nationalDigits: 9, ${own}}`).config.numberPlans).toEqual([
      { tenant: '', countryCode: '998', nationalDigits: 9 },
      { tenant: 'acme', countryCode: '49', nationalDigits: 10 },
    ]);
    expect(load(`numbers: {${own}}`).config.numberPlans).toHaveLength(1);
    expect(() => load('numbers: {countryCode: 998}')).toThrow('needs both countryCode and nationalDigits');
  });

  test('paths start at the folder of the file', () => {
    expect(load('dataDir: data').config.dataDir).toBe(path.join(folder, 'data'));
  });

  test('a FreeSWITCH needs no more than a host and a password', () => {
    const { config } = load('pbxs: [{name: a, dialect: freeswitch, esl: {host: h, password: s}}]');
    expect(config.pbxs[0]).toMatchObject({
      dialect: 'freeswitch',
      esl: { port: 8021, format: 'plain', keepaliveSeconds: 30, resyncSeconds: 60, fifo: false },
      jsonCdr: null,
    });
  });

  test('call records alone will do: from a folder, or by post with a password from a file', () => {
    writeFileSync(path.join(folder, 'post.txt'), 'from-file\n');
    const { config } = load(`pbxs:
  - {name: a, dialect: freeswitch, jsonCdr: {folder: cdr}}
  - {name: b, dialect: freeswitch, jsonCdr: {post: {user: fs, passwordFile: post.txt}}}`);
    expect(config.pbxs[0]?.jsonCdr).toEqual({ folder: path.join(folder, 'cdr'), post: null });
    expect(config.pbxs[1]?.jsonCdr).toMatchObject({ folder: null, post: { user: 'fs' } });
    expect(config.pbxs[1]?.jsonCdr?.post?.password.reveal()).toBe('from-file');
    expect(JSON.stringify(config)).not.toContain('from-file');
  });

  test('secrets come from files and variables, and are printed nowhere', () => {
    writeFileSync(path.join(folder, 'secret.txt'), 'from-file\n');
    const { config } = load(
      `database: {url: 'mysql://me:topsecret@db/qs'}
pbxs:
  - {name: a, dialect: asterisk, ami: {host: h, user: u, secretFile: secret.txt}}
  - {name: b, dialect: asterisk, ami: {host: h, user: u, secretEnv: B_SECRET}}
metrics: {token: prom-token}`,
      { env: { B_SECRET: 'from-env' } },
    );
    expect(config.pbxs.map((p) => p.ami?.secret.reveal())).toEqual(['from-file', 'from-env']);
    expect(config.database.url?.reveal()).toBe('mysql://me:topsecret@db/qs');
    const printed =
      JSON.stringify(config) + inspect(config, { depth: 10 }) + `${String(config.database.url)}`;
    expect(printed).not.toMatch(/topsecret|from-file|from-env|prom-token/);
    expect(printed).toContain('mysql://me:***@db/qs');
  });
});

describe('environment and command line', () => {
  test('the environment wins over the file, the command line over both', () => {
    const { config } = load('http: {port: 1, host: a}\njournal: {retentionDays: 3}', {
      env: { QUEUESCOPE_HTTP_PORT: '2', QUEUESCOPE_HTTP_HOST: 'b', QUEUESCOPE_JOURNAL_RETENTION_DAYS: '1.5' },
      overrides: [{ key: 'http.port', value: '3', origin: '--port' }],
    });
    expect(config.http).toMatchObject({ port: 3, host: 'b' });
    expect(config.journal.retentionDays).toBe(1.5);
  });

  test('lists and truth values have a textual form', () => {
    const env = { QUEUESCOPE_ZONES: 'Asia/Tashkent, UTC', QUEUESCOPE_METRICS_PER_AGENT: 'no' };
    const { config } = load('{}', { env });
    expect(config.zones).toEqual(['Asia/Tashkent', 'UTC']);
    expect(config.metrics.perAgent).toBe(false);
  });

  test('a database URL of the environment replaces the one the file gives by another way', () => {
    const { config } = load('database: {urlFile: nowhere}', {
      env: { QUEUESCOPE_DATABASE_URL: 'mysql://x/y' },
    });
    expect(config.database.url?.reveal()).toBe('mysql://x/y');
  });

  test('a wrong value names the variable', () => {
    expect(problems('{}', { env: { QUEUESCOPE_HTTP_PORT: 'eighty' } })).toEqual([
      { key: 'QUEUESCOPE_HTTP_PORT', message: 'cannot be used for http.port: it needs a whole number' },
    ]);
    expect(problems('{}', { env: { QUEUESCOPE_HTTP_PORT: '70000' } })[0]?.key).toBe(
      'http.port (from QUEUESCOPE_HTTP_PORT)',
    );
  });

  test('a variable that is no setting is warned about, one the file refers to is not', () => {
    const { warnings } = load(
      `pbxs: [{name: a, dialect: asterisk, ami: {host: h, user: u, secretEnv: QUEUESCOPE_X}}]`,
      {
        env: { QUEUESCOPE_HTTP_PROT: '1', QUEUESCOPE_X: 's', QUEUESCOPE_TEST_DATABASE_URL: 'x' },
      },
    );
    expect(warnings).toEqual(['QUEUESCOPE_HTTP_PROT is not a setting; did you mean QUEUESCOPE_HTTP_PORT?']);
  });
});

describe('a wrong configuration names the key and the fix', () => {
  test.each<[string, string, string, RegExp]>([
    ['unknown key', 'htpp: {}', 'htpp', /did you mean http\?/],
    ['unknown nested key', 'http: {prot: 1}', 'http.prot', /did you mean port\?/],
    ['key like nothing known', 'http: {colour: red}', 'http.colour', /remove it \(known here: host, port/],
    ['wrong type', 'http: {port: eighty}', 'http.port', /must be a whole number, not "eighty"/],
    ['out of range', 'http: {port: 70000}', 'http.port', /must be <= 65535, but is 70000/],
    ['missing key', 'pbxs: [{dialect: asterisk}]', 'pbxs[0].name', /is missing; add it/],
    [
      'wrong choice',
      `pbxs: [{name: a, dialect: asterix, ${AMI}}]`,
      'pbxs[0].dialect',
      /did you mean asterisk\?/,
    ],
    ['bad name', `pbxs: [{name: 'a b', dialect: asterisk, ${AMI}}]`, 'pbxs[0].name', /not allowed/],
    ['no zone of that name', 'zones: [Europe/Berlni]', 'zones[0]', /"Europe\/Berlni" is not a time zone/],
    ['offset as zone', "zones: ['+05:00']", 'zones[0]', /IANA name/],
    ['no source', 'pbxs: [{name: a, dialect: asterisk}]', 'pbxs[0]', /add one of ami, queueLog, cdr/],
    ['no source', 'pbxs: [{name: a, dialect: freeswitch}]', 'pbxs[0]', /add one of esl, jsonCdr/],
    [
      'section of another dialect',
      `pbxs: [{name: fs1, dialect: freeswitch, ${AMI}}]`,
      'pbxs[0].ami',
      /^is a section of asterisk, and "fs1" is freeswitch; remove it \(freeswitch has esl, jsonCdr\)$/,
    ],
    [
      'section of another dialect, the other way',
      'pbxs: [{name: a, dialect: asterisk, esl: {host: h, password: s}}]',
      'pbxs[0].esl',
      /^is a section of freeswitch, and "a" is asterisk/,
    ],
    [
      'unknown key of a section',
      'pbxs: [{name: a, dialect: freeswitch, esl: {host: h, pasword: s}}]',
      'pbxs[0].esl.pasword',
      /did you mean password\?/,
    ],
    [
      'no password',
      'pbxs: [{name: a, dialect: freeswitch, esl: {host: h}}]',
      'pbxs[0].esl.password',
      /passwordFile or .*passwordEnv/,
    ],
    [
      'no password of a post',
      'pbxs: [{name: a, dialect: freeswitch, jsonCdr: {post: {user: u}}}]',
      'pbxs[0].jsonCdr.post.password',
      /is missing/,
    ],
    [
      'records from nowhere',
      'pbxs: [{name: a, dialect: freeswitch, jsonCdr: {}}]',
      'pbxs[0].jsonCdr',
      /needs folder or post/,
    ],
    ['signature without an address', 'grafana: {verify: true}', 'grafana.url', /needed for grafana.verify/],
    ['Grafana nowhere', 'grafana: {url: grafana}', 'grafana.url', /is no address/],
    ['a key that can be guessed', 'secretsKey: short', 'secretsKey', /fewer than 32 characters/],
    [
      'recordings nowhere',
      `pbxs: [{name: a, dialect: asterisk, ${AMI}, recordings: {}}]`,
      'pbxs[0].recordings',
      /needs folder or url/,
    ],
    [
      'recordings of no call',
      `pbxs: [{name: a, dialect: asterisk, ${AMI}, recordings: {folder: /r, file: '{date}.wav'}}]`,
      'pbxs[0].recordings.file',
      /must name the call/,
    ],
    [
      'recordings on a server a call could name',
      `pbxs: [{name: a, dialect: asterisk, ${AMI}, recordings: {url: 'https://{callId}.example.org/'}}]`,
      'pbxs[0].recordings.url',
      /is no address/,
    ],
    [
      'same name twice',
      `pbxs: [{name: a, dialect: asterisk, ${AMI}}, {name: a, dialect: asterisk, ${AMI}}]`,
      'pbxs[1].name',
      /already pbxs\[0\]/,
    ],
    [
      'file and table',
      'pbxs: [{name: a, dialect: asterisk, queueLog: {file: x, table: {url: "mysql://h/d"}}}]',
      'pbxs[0].queueLog',
      /keep one of them/,
    ],
    [
      'no secret',
      'pbxs: [{name: a, dialect: asterisk, ami: {host: h, user: u}}]',
      'pbxs[0].ami.secret',
      /secretFile or/,
    ],
    [
      'secret twice',
      'pbxs: [{name: a, dialect: asterisk, ami: {host: h, user: u, secret: s, secretEnv: E}}]',
      'pbxs[0].ami.secret',
      /more than once/,
    ],
    [
      'variable not set',
      'pbxs: [{name: a, dialect: asterisk, ami: {host: h, user: u, secretEnv: NOPE}}]',
      'pbxs[0].ami.secretEnv',
      /NOPE is not set/,
    ],
    ['database URL', 'database: {url: localhost}', 'database.url', /mysql:\/\/user:password@host/],
    ['bad date', 'queues: [{from: 2026-02-30}]', 'queues[0].from', /"2026-02-30" is no date/],
    ['unknown formula', 'queues: [{serviceLevelFormula: Z}]', 'queues[0].serviceLevelFormula', /one of A, B/],
    ['journal too small', 'journal: {maxGb: 5}', 'journal.maxGb', /at least journal.retentionGb \(10\)/],
    ['broken YAML', 'http: {port: 1\nx', 'line 2', /no valid YAML/],
    ['a list', '- 1', '', /keys and values/],
  ])('%s', (_name, yaml, key, message) => {
    const found = problems(yaml).find((p) => p.key === key);
    expect(found?.message ?? problems(yaml)).toMatch(message);
  });

  test('a missing file', () => {
    expect(() => loadConfig({ file: 'nowhere.yaml', env: {}, cwd: folder })).toThrow(
      /nowhere\.yaml[^]*there is no such file[^]*queuescope\.example\.yaml/,
    );
  });

  test('everything wrong is told at once, and no secret with it', () => {
    const yaml = `http: {port: 0}\npbxs: [{name: a, dialect: asterisk, ami: {host: h, user: u, secret: 12345}}]`;
    expect(problems(yaml).map((p) => p.key)).toEqual(['http.port', 'pbxs[0].ami.secret']);
    expect(JSON.stringify(problems(yaml))).not.toContain('12345');
  });
});
