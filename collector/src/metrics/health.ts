/**
 * The health of the collector as metrics. In: one reading of its parts, and the live view. Out: text. What must hold:
 * every configured source has its `link_up`, also one that was never reached; counters only grow.
 */
import type { LiveView } from '../live/live-view.js';
import { familyText, type Sample } from './exposition.js';
import { HEALTH } from './families.js';

/** What the parts of the collector say about themselves at one moment. */
export interface HealthReading {
  version: string;
  /** Every configured source. `connects`: since the collector started. */
  links: { pbx: string; source: string; up: boolean; connects: number }[];
  /** Since the collector started. */
  messages: { pbx: string; source: string; accepted: number; rejected: number; failed: number }[];
  heldMessages: { pbx: string; count: number }[];
  journals: {
    journal: string;
    backlogRecords: number;
    backlogSeconds: number;
    sizeBytes: number;
  }[];
  rollup: { lagSeconds: number; dirtyBuckets: number };
  /** Since the collector started. */
  gaps: { pbx: string; source: string; seconds: number }[];
  liveSubscribers: number;
}

export function healthText(
  reading: HealthReading,
  live: LiveView,
  lateVisits: ReadonlyMap<string, number>,
  nowMs: number,
): string {
  const { links, messages, heldMessages, journals, rollup, gaps } = reading;
  const pbxs = [...live.pbxs].map((pbx) => ({ labels: [pbx.name], ...pbx.source }));
  const ofSource = <T extends { pbx: string; source: string }>(
    rows: T[],
    value: (row: T) => number,
  ): Sample[] => rows.map((row) => ({ labels: [row.pbx, row.source], value: value(row) }));
  const ofJournal = (value: (row: HealthReading['journals'][number]) => number): Sample[] =>
    journals.map((row) => ({ labels: [row.journal], value: value(row) }));
  const single = (value: number): Sample[] => [{ labels: [], value }];
  const lags = pbxs.flatMap(({ labels, eventLagMs }) =>
    eventLagMs === null ? [] : [{ labels, value: eventLagMs / 1000 }],
  );
  return [
    familyText(HEALTH.build, [{ labels: [reading.version], value: 1 }]),
    familyText(
      HEALTH.linkUp,
      ofSource(links, ({ up }) => (up ? 1 : 0)),
    ),
    familyText(
      HEALTH.connects,
      ofSource(links, ({ connects }) => connects),
    ),
    familyText(HEALTH.eventLag, lags),
    familyText(
      HEALTH.stale,
      pbxs.map(({ labels, staleSince }) => ({
        labels,
        value: staleSince === null ? 0 : Math.max(0, nowMs - staleSince) / 1000,
      })),
    ),
    familyText(
      HEALTH.expiredCalls,
      pbxs.map(({ labels, expiredCalls }) => ({ labels, value: expiredCalls })),
    ),
    familyText(
      HEALTH.messages,
      ofSource(messages, ({ accepted }) => accepted),
    ),
    familyText(
      HEALTH.rejected,
      ofSource(messages, ({ rejected }) => rejected),
    ),
    familyText(
      HEALTH.failed,
      ofSource(messages, ({ failed }) => failed),
    ),
    familyText(
      HEALTH.held,
      heldMessages.map(({ pbx, count }) => ({ labels: [pbx], value: count })),
    ),
    familyText(
      HEALTH.backlogRecords,
      ofJournal(({ backlogRecords }) => backlogRecords),
    ),
    familyText(
      HEALTH.backlogSeconds,
      ofJournal(({ backlogSeconds }) => backlogSeconds),
    ),
    familyText(
      HEALTH.journalBytes,
      ofJournal(({ sizeBytes }) => sizeBytes),
    ),
    familyText(HEALTH.rollupLag, single(rollup.lagSeconds)),
    familyText(HEALTH.dirtyBuckets, single(rollup.dirtyBuckets)),
    familyText(
      HEALTH.gaps,
      ofSource(gaps, ({ seconds }) => seconds),
    ),
    familyText(
      HEALTH.lateVisits,
      [...lateVisits].map(([pbx, value]) => ({ labels: [pbx], value })),
    ),
    familyText(HEALTH.subscribers, single(reading.liveSubscribers)),
  ].join('');
}
