/**
 * Grafana's store of plugins' per-user data (`usePluginUserStorage`), for as long as the host runs.
 *
 * In: requests below `/apis/userstorage.grafana.app/`. Out: status and JSON as Grafana answers. What must hold: each
 * user has their own, for the name of a resource holds the user's id.
 */
interface Stored {
  metadata: { name: string; labels?: Record<string, string> };
  spec: { data: Record<string, string> };
}

export class UserStorage {
  readonly #stored = new Map<string, Stored>();

  /** @param name the last segment of the path; empty when one is created */
  answer(method: string, name: string, body: unknown): { status: number; body: unknown } {
    const given = body as Stored;
    switch (method) {
      case 'POST':
        this.#stored.set(given.metadata.name, given);
        return { status: 201, body: given };
      case 'PATCH': {
        const before = this.#stored.get(name);
        if (before === undefined) {
          return NOT_FOUND;
        }
        const changed = { ...before, spec: { data: { ...before.spec.data, ...given.spec.data } } };
        this.#stored.set(name, changed);
        return { status: 200, body: changed };
      }
      default: {
        const found = this.#stored.get(name);
        return found === undefined ? NOT_FOUND : { status: 200, body: found };
      }
    }
  }
}

const NOT_FOUND = { status: 404, body: { message: 'not found' } };
