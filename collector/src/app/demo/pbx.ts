/** What the simulated PBXs of the demo have in common. Types and numbers only. */
import type { PbxConfig } from '../../config/config.js';
import type { Instance } from '../instance.js';

/** Where the long first start tells how far it is. */
export interface ProgressLine {
  show(text: string): void;
  end(text: string): void;
}

export interface DemoSetting {
  instance: Instance;
  /** Holds what is needed to go on at the next start. */
  directory: string;
  signal: AbortSignal;
  progress: ProgressLine;
}

/** A simulated PBX that runs, and how the collector reaches it. */
export interface DemoPbx {
  config: PbxConfig;
  /** IANA zone of the clock on the site's wall. */
  tz: string;
  stop(): Promise<void>;
}

export const HISTORY_DAYS = 30;
export const SAVE_EVERY_MS = 60_000;
