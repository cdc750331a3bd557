/**
 * What is agreed for a queue at a moment: threshold and formula of the service level, short abandons, wrap-up.
 *
 * In: the rules of the configuration, in order. Out: `QueueSettings.at(pbx, queue, timeMs)`. What must hold: settings
 * have dates, so that a new agreement never rewrites the past (DOMAIN.md §2.1, the Genesys toggles that do); of the
 * rules that match and hold, the last one that states a setting wins, so general rules come first.
 */
import type { SlFormula } from '../kpi/service-level.js';
import { matchesPattern } from './pattern.js';

export interface QueueSetting {
  /** Threshold T: a wait of at most this many stated seconds is within the service level (DECISIONS.md 13). */
  serviceLevelSeconds: number;
  serviceLevelFormula: SlFormula;
  /** Abandoned after at most this many seconds: short (DECISIONS.md 5). */
  shortAbandonSeconds: number;
  /** Wrap-up after each call; null: not configured, and shown as such (DECISIONS.md 11). */
  wrapUpSeconds: number | null;
}

/** One rule; a setting it does not state is left to the rules before it. */
export interface QueueSettingRule extends Partial<QueueSetting> {
  pbxPattern: string;
  queuePattern: string;
  /** UTC ms from which it holds; `-Infinity`: always. */
  fromMs: number;
}

export interface QueueSettings {
  /** The settings of one queue as they hold at `timeMs` (UTC ms). */
  at(pbx: string, queue: string, timeMs: number): QueueSetting;
}

/** DECISIONS.md 13. */
export const DEFAULT_QUEUE_SETTING: Readonly<QueueSetting> = {
  serviceLevelSeconds: 20,
  serviceLevelFormula: 'B',
  shortAbandonSeconds: 5,
  wrapUpSeconds: null,
};

interface Period {
  fromMs: number;
  setting: QueueSetting;
}

/** @returns settings over `rules`; the answers per queue are computed once, a lookup is a walk over its few dates. */
export function queueSettings(rules: readonly QueueSettingRule[]): QueueSettings {
  const periodsOf = new Map<string, Period[]>();
  return {
    at(pbx, queue, timeMs) {
      const key = `${pbx}\n${queue}`;
      let periods = periodsOf.get(key);
      if (periods === undefined) {
        periods = periodsFor(rules.filter((r) => matches(r, pbx, queue)));
        periodsOf.set(key, periods);
      }
      let current: QueueSetting = DEFAULT_QUEUE_SETTING;
      for (const period of periods) {
        if (period.fromMs > timeMs) break;
        current = period.setting;
      }
      return current;
    },
  };
}

const matches = (rule: QueueSettingRule, pbx: string, queue: string): boolean =>
  matchesPattern(rule.pbxPattern, pbx) && matchesPattern(rule.queuePattern, queue);

/** The settings that result at each date any of `rules` begins, oldest first. */
function periodsFor(rules: readonly QueueSettingRule[]): Period[] {
  const dates = [...new Set(rules.map((r) => r.fromMs))].sort((a, b) => a - b);
  return dates.map((fromMs) => {
    const setting: QueueSetting = { ...DEFAULT_QUEUE_SETTING };
    for (const rule of rules) {
      if (rule.fromMs > fromMs) continue;
      setting.serviceLevelSeconds = rule.serviceLevelSeconds ?? setting.serviceLevelSeconds;
      setting.serviceLevelFormula = rule.serviceLevelFormula ?? setting.serviceLevelFormula;
      setting.shortAbandonSeconds = rule.shortAbandonSeconds ?? setting.shortAbandonSeconds;
      setting.wrapUpSeconds = rule.wrapUpSeconds ?? setting.wrapUpSeconds;
    }
    return { fromMs, setting };
  });
}
