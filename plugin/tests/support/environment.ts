/**
 * What the global setup made and the tests use, told from one process to the others.
 *
 * What must hold: known in every worker; reading it before the setup ran is an error that says so.
 */
export interface Environment {
  /** Where pages are opened, by the state of what is behind them. */
  sites: Record<Site, string>;
  /** A token of an administrator, and where the collector is, for tests that ask it themselves. */
  collector: { url: string; token: string };
  /** The time of the recorded traffic (ISO, UTC) and its PBXs. */
  recorded: { from: string; to: string; pbxs: string[] };
  /** A real Grafana instead of the preview host. */
  isGrafana: boolean;
}

/**
 * `running`: recorded and live traffic; `empty`: a tenant without any; `down`: no collector; `refused`: a wrong token;
 * `configured`: as `running`, for tests of the configuration, which change it.
 */
export type Site = 'running' | 'empty' | 'down' | 'refused' | 'configured';

const NAME = 'QUEUESCOPE_BROWSER_TESTS';

export function tellEnvironment(environment: Environment): void {
  process.env[NAME] = JSON.stringify(environment);
}

export function environment(): Environment {
  const told = process.env[NAME];
  if (told === undefined) {
    throw new Error('The global setup (tests/support/global-setup.ts) did not run');
  }
  return JSON.parse(told) as Environment;
}
