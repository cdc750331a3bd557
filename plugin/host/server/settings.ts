/**
 * The app's settings as Grafana keeps them, for as long as the host runs.
 *
 * In: the collector's address and token the host was started with; what the configuration page saves. Out: the answer of
 * `GET /api/plugins/<id>/settings`, and what the proxy needs. What must hold: the token is never told.
 */
import type { PluginJson } from './plugin-files';
import type { ProxySettings } from './proxy-rules';

interface Saved {
  enabled?: boolean;
  pinned?: boolean;
  jsonData?: Record<string, string>;
  secureJsonData?: Record<string, string>;
}

export class AppSettings {
  #enabled = true;
  #pinned = true;
  #jsonData: Record<string, string>;
  #secureJsonData: Record<string, string>;

  constructor({ apiUrl, apiToken }: { apiUrl: string; apiToken: string }) {
    this.#jsonData = { apiUrl };
    this.#secureJsonData = { apiToken };
  }

  get forProxy(): ProxySettings {
    return { jsonData: this.#jsonData, secureJsonData: this.#secureJsonData };
  }

  save({ enabled, pinned, jsonData, secureJsonData }: Saved): void {
    this.#enabled = enabled ?? this.#enabled;
    this.#pinned = pinned ?? this.#pinned;
    this.#jsonData = jsonData ?? this.#jsonData;
    this.#secureJsonData = { ...this.#secureJsonData, ...secureJsonData };
  }

  /** As Grafana answers it: the plugin's metadata with what is set. */
  shown(plugin: PluginJson): Record<string, unknown> {
    return {
      ...plugin,
      baseUrl: `public/plugins/${plugin.id}`,
      module: `public/plugins/${plugin.id}/module.js`,
      defaultNavUrl: `/a/${plugin.id}`,
      enabled: this.#enabled,
      pinned: this.#pinned,
      jsonData: this.#jsonData,
      secureJsonFields: Object.fromEntries(
        Object.entries(this.#secureJsonData).map(([key, value]) => [key, value !== '']),
      ),
    };
  }
}
