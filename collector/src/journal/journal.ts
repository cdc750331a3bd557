/**
 * The journal: every message is kept here before anything acts on it (DESIGN.md §1.2).
 *
 * In: `RawMessage`s, as the sources received them. Out: the same messages, in order, each with a `seq`. What must
 * hold: what `append` has acknowledged survives `kill -9`, power loss and a full disk; nobody is given a record that
 * is not durable yet; order is the order of `append`; nothing is lost silently.
 *
 * The interface knows nothing of files, so that a distributed log can stand behind it later (DESIGN.md §8).
 */
import type { RawMessage } from '../pbx/dialect.js';

/** A message with its place in the journal. Shared between readers: treat it, and its bytes, as read-only. */
export interface JournalRecord extends RawMessage {
  /** 1-based. Gapless, but for records that damage has destroyed (see `JournalDamage`). */
  seq: number;
}

/**
 * Lifecycle: an implementation's `open…` function gives a journal that is ready; any number of `append`, `read`,
 * `follow`, `retain` may run at once; `close` waits for running appends, ends followers, and is called once.
 */
export interface Journal {
  /** Oldest record still kept; `lastSeq + 1` while there is none. */
  readonly firstSeq: number;
  /** Newest durable record; 0 while there has never been one. */
  readonly lastSeq: number;

  /**
   * Resolves when all messages are durable. Concurrent calls share one flush to disk and keep the order of the calls.
   * `bytes` of a message must not change before that. Each call is written as one piece: keep it below some MB.
   *
   * When it rejects, every append that was waiting behind it rejects too, so that a source which sends again cannot
   * be overtaken. A crash may still have kept rejected messages; their identity makes a second delivery harmless.
   *
   * @throws JournalFullError the configured size limit is reached: hold the source back, try again later
   * @throws JournalDiskError the disk is full or fails: the same
   * @throws RangeError a message that cannot be stored (too long, ordinal or time not a whole number); only this call
   */
  append(messages: readonly RawMessage[]): Promise<void>;

  /**
   * Records from `fromSeq` on (from `firstSeq` on if that is later), oldest first, until about `maxBytes` of message
   * bytes (default 1 MiB), at least one record. Empty only when nothing readable stands between `fromSeq` and `lastSeq`.
   *
   * @throws the signal's reason when aborted; JournalDiskError when the disk cannot be read
   */
  read(fromSeq: number, options?: ReadOptions): Promise<JournalRecord[]>;

  /** Batches from `fromSeq` on, waiting for new records; ends when `signal` aborts or the journal closes. */
  follow(
    fromSeq: number,
    signal: AbortSignal,
    options?: { maxBytes?: number },
  ): AsyncIterable<JournalRecord[]>;

  stats(): JournalStats;

  /**
   * Deletes the oldest records while they are older than the policy or beyond its size, in whole segments, and never
   * one after `safeSeq` (the last one that every reader has done with).
   */
  retain(policy: RetentionPolicy, safeSeq: number): Promise<RetainResult>;

  close(): Promise<void>;
}

export interface ReadOptions {
  maxBytes?: number;
  signal?: AbortSignal;
}

/** DECISIONS.md 17: 7 days or 10 GB, whichever comes first. */
export interface RetentionPolicy {
  maxAgeMs: number;
  maxBytes: number;
}

export const DEFAULT_RETENTION: RetentionPolicy = { maxAgeMs: 7 * 86_400_000, maxBytes: 10e9 };

export interface RetainResult {
  segments: number;
  records: number;
  bytes: number;
}

export interface JournalStats {
  /** On disk now (bytes compressed where they are). */
  bytes: number;
  records: number;
  segments: number;
  /** Reception time of the oldest and newest record, µs since the epoch; null while there is none. */
  oldestUs: number | null;
  newestUs: number | null;
  /** Counters since open. `appendedBytes` counts message bytes. */
  appendedRecords: number;
  appendedBytes: number;
  appendErrors: number;
  fsyncs: number;
  fsyncSeconds: number;
  compressedSegments: number;
  /** Places found damaged, and bytes in them. */
  damages: number;
  damagedBytes: number;
  /** Appends waiting for the disk. */
  waitingAppends: number;
  /** Why the last append failed; null once one has succeeded again. */
  lastError: string | null;
}

/** A place that cannot be read: reported once, then skipped. */
export interface JournalDamage {
  segment: string;
  /** Byte offset and length within the segment's file. */
  offset: number;
  bytes: number;
  /** Records lost there (inclusive), where that can be told. */
  fromSeq: number | null;
  toSeq: number | null;
  /** `torn`: the end of an unacknowledged write, cut off at open. `damaged`: bytes that were durable and changed. */
  kind: 'torn' | 'damaged';
}
