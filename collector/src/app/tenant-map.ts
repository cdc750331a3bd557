/** Which tenant a queue belongs to, for the live state: the rules of the database, kept at hand. */
import { setTimeout as sleep } from 'node:timers/promises';
import { matchesPattern } from '../config/pattern.js';
import type { TenantStore } from '../directory/tenants.js';
import { DEFAULT_TENANT_ID } from '../facts/store/dimensions.js';

const READ_EVERY_MS = 30_000;

interface Rule {
  pbxPattern: string;
  queuePattern: string;
  tenantId: number;
}

export class TenantMap {
  readonly #store: Pick<TenantStore, 'list' | 'rules'>;
  readonly #known = new Map<string, number>();
  #rules: Rule[] = [];

  constructor(store: Pick<TenantStore, 'list' | 'rules'>) {
    this.#store = store;
  }

  async load(): Promise<void> {
    const ids = new Map((await this.#store.list()).map((tenant) => [tenant.name, tenant.id]));
    this.#rules = (await this.#store.rules()).map(({ pbxPattern, queuePattern, tenant }) => ({
      pbxPattern,
      queuePattern,
      tenantId: ids.get(tenant) ?? DEFAULT_TENANT_ID,
    }));
    this.#known.clear();
  }

  /** Follows changes of the rules until `signal` aborts; while the database is away the last ones hold. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(READ_EVERY_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await this.load().catch(() => undefined);
    }
  }

  tenantOf(pbx: string, queue: string): number {
    const key = `${pbx}\u0000${queue}`;
    let tenantId = this.#known.get(key);
    if (tenantId === undefined) {
      const rule = this.#rules.find(
        (r) => matchesPattern(r.pbxPattern, pbx) && matchesPattern(r.queuePattern, queue),
      );
      tenantId = rule?.tenantId ?? DEFAULT_TENANT_ID;
      this.#known.set(key, tenantId);
    }
    return tenantId;
  }
}
