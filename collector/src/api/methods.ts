/**
 * Which methods a path answers to: the difference between "no such page" (404) and "not this way" (405).
 *
 * In: the routes as they are added. Out: the methods known for a path.
 */
interface KnownRoute {
  segments: readonly string[];
  methods: readonly string[];
}

export class KnownMethods {
  readonly #routes: KnownRoute[] = [];

  /** @param url as given to Fastify: `:name` is any one segment, a final `*` is anything. */
  add(url: string, method: string | readonly string[]): void {
    this.#routes.push({ segments: url.split('/'), methods: typeof method === 'string' ? [method] : method });
  }

  /** @param path without query. @returns sorted; empty when no route has that path. */
  of(path: string): string[] {
    const segments = path.split('/');
    const methods = this.#routes.filter((route) => fits(route.segments, segments)).flatMap((r) => r.methods);
    return [...new Set(methods)].sort();
  }
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  if (pattern.at(-1) === '*')
    return (
      segments.length >= pattern.length && fits(pattern.slice(0, -1), segments.slice(0, pattern.length - 1))
    );
  return (
    pattern.length === segments.length &&
    pattern.every((part, i) => (part.startsWith(':') ? segments[i] !== '' : part === segments[i]))
  );
}
