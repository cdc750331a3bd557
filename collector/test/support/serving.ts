/**
 * `queuescope serve` reading one PBX "hq", and its API.
 *
 * In: where PBX and database are. Out: starts of the process (any number, one after the other, on the same port and
 * data folder) and requests with the admin token of the first start.
 */
import { writeFileSync } from 'node:fs';
import { AMI_ACCOUNT } from './call-center.js';
import { freePort, type QueuescopeProcess, startQueuescope } from './queuescope.js';
import type { Scratch } from './scratch.js';

export interface ServingOptions {
  scratch: Scratch;
  /** Names its files in the scratch folder. */
  name: string;
  amiPort: number;
  queueLogFile?: string;
  /** Without it: an embedded MariaDB of its own. */
  databaseUrl?: string;
  /** Settings besides. */
  settings?: Record<string, unknown>;
}

export interface Answer {
  status: number;
  type: string;
  /** The body as text. */
  text: string;
}

export class Serving {
  readonly config: string;
  readonly dataDir: string;
  readonly url: string;
  #token: string | undefined;

  private constructor(config: string, dataDir: string, url: string) {
    this.config = config;
    this.dataDir = dataDir;
    this.url = url;
  }

  static async prepare(options: ServingOptions): Promise<Serving> {
    const { scratch, name, amiPort, queueLogFile, databaseUrl, settings } = options;
    const port = await freePort();
    const dataDir = scratch.file(name);
    const config = scratch.file(`${name}.yaml`);
    const { username: user, secret } = AMI_ACCOUNT;
    const pbx = {
      name: 'hq',
      dialect: 'asterisk',
      ami: { host: '127.0.0.1', port: amiPort, user, secret },
      ...(queueLogFile !== undefined && { queueLog: { file: queueLogFile } }),
    };
    // JSON is YAML.
    writeFileSync(
      config,
      JSON.stringify({
        dataDir,
        http: { port },
        ...(databaseUrl !== undefined && { database: { url: databaseUrl } }),
        pbxs: [pbx],
        ...settings,
      }),
    );
    return new Serving(config, dataDir, `http://127.0.0.1:${port}`);
  }

  /** Resolves when it is running and reads the PBX. */
  async start(): Promise<QueuescopeProcess> {
    const process = await startQueuescope(['serve', '--config', this.config]);
    await process.says(/is running/);
    await process.says(/ami of hq is being read/);
    this.#token ??= /First admin token[^]*?\n\n +(\S+)/.exec(process.stderr)?.[1];
    return process;
  }

  get token(): string {
    if (this.#token === undefined) throw new Error('the first start showed no token');
    return this.#token;
  }

  async ask(resource: string, token: string | null = this.token): Promise<Answer> {
    const headers = token === null ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${this.url}${resource}`, { headers });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      text: await response.text(),
    };
  }

  /** The body of an answer 200, read as what the caller says it is. */
  async json<Body>(resource: string, token?: string): Promise<Body> {
    const { status, text } = await this.ask(resource, token);
    if (status !== 200) throw new Error(`${resource}: ${status} ${text}`);
    return JSON.parse(text) as Body;
  }
}
