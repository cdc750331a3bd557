/**
 * Grafana's rules for `/api/plugin-proxy/<id>/…`: which route of plugin.json a request takes, and whether it may.
 *
 * In: the routes, a request's method and path, the user. Out: the upstream's address and headers, or a refusal. What must
 * hold: the first route that matches decides, also when it refuses (Grafana, pkg/api/pluginproxy).
 */
import type { ProxyRoute } from './plugin-files';
import { includesRole, type User } from './users';

export type Ruling =
  | { kind: 'forward'; url: string; headers: Array<[name: string, value: string]> }
  | { kind: 'refused'; status: 403 | 404; message: string };

/** What the templates of routes may name. */
export interface ProxySettings {
  jsonData: Record<string, string>;
  secureJsonData: Record<string, string>;
}

/** @param path below the proxy's prefix, as it came: percent-encoded, without the query */
export function ruleOn(
  routes: readonly ProxyRoute[],
  request: { method: string; path: string; user: User },
  settings: ProxySettings,
): Ruling {
  const path = request.path.replace(/\/+$/, '');
  for (const route of routes) {
    const remainder = matched(route, request.method, path);
    if (remainder === null) {
      continue;
    }
    if (!isAllowed(route, request.user)) {
      return { kind: 'refused', status: 403, message: 'plugin proxy route access denied' };
    }
    const base = expanded(route.url, settings).replace(/\/+$/, '');
    return {
      kind: 'forward',
      url: remainder === '' ? base : `${base}/${remainder}`,
      headers: (route.headers ?? []).map(({ name, content }) => [name, expanded(content, settings)]),
    };
  }
  return { kind: 'refused', status: 404, message: 'Not found' };
}

/** @returns what `/*` stood for, encoded for a request's path; null: another route */
function matched({ path: pattern, method }: ProxyRoute, asked: string, path: string): string | null {
  if (method && method !== '*' && method !== asked) {
    return null;
  }
  if (!pattern.endsWith('/*')) {
    return path === pattern ? '' : null;
  }
  const prefix = pattern.slice(0, -1);
  return path.startsWith(prefix) ? reencoded(path.slice(prefix.length)) : null;
}

/** Grafana decodes the remainder, so an encoded slash reaches the upstream as one. */
function reencoded(remainder: string): string {
  const decoded = safelyDecoded(remainder);
  return encodeURI(decoded).replace(/\?/g, '%3F').replace(/#/g, '%23');
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone percent sign: it stands for itself
  }
}

function isAllowed({ reqAction, reqRole }: ProxyRoute, user: User): boolean {
  if (reqAction) {
    return user.permissions[reqAction] === true;
  }
  return !reqRole || includesRole(user.role, reqRole);
}

const TEMPLATE = /\{\{\s*\.(JsonData|SecureJsonData)\.(\w+)\s*\}\}/g;

const expanded = (template: string, { jsonData, secureJsonData }: ProxySettings): string =>
  template.replace(TEMPLATE, (_, source: string, key: string) => {
    const values = source === 'JsonData' ? jsonData : secureJsonData;
    return values[key] ?? '';
  });
