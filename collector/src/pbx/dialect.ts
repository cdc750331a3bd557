/**
 * The seam between a PBX's protocol and Queuescope: one folder under `pbx/` implements it, nothing else knows it.
 *
 * A journal keeps messages as received; a `Projection` of a dialect reads them in journal order and says what they
 * mean. Its state is plain JSON: it is stored with the journal position, so that a collector killed at any moment
 * goes on with the same state (DESIGN.md §1.2).
 */
import type { PbxEvent, SourceKind } from './event.js';

/** One protocol message as received, accepted by the journal before anything acts on it. */
export interface RawMessage {
  pbx: string;
  source: SourceKind;
  /** Stable name of the connection, file or table. */
  connection: string;
  /** Position within the connection; see `EventBase.ordinal`. */
  ordinal: number;
  /** When it was received, µs since the epoch. */
  receivedUs: number;
  /** The message without its frame end. */
  bytes: Buffer;
}

/** Turns the messages of one PBX, in order, into events. Pure but for its own state; never reads a clock. */
export interface Projection {
  /** @throws MessageError when a message cannot be understood; the state is then unchanged. */
  apply(message: RawMessage): PbxEvent[];
  /** Plain JSON; `restore` of it gives a projection that continues exactly here. */
  snapshot(): unknown;
}

/** What a dialect gives to the pipeline. */
export interface Dialect {
  name: string;
  projection(pbx: string, snapshot?: unknown): Projection;
}

/** A message that cannot be understood: kept with this text, listed by the API, retried on command. */
export class MessageError extends Error {
  override name = 'MessageError';
}
