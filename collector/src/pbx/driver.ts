/**
 * Everything one kind of PBX offers to the collector and its commands. A folder under `pbx/` implements it; the list of
 * all stands in `drivers.ts`.
 */
import type { PbxConfig } from '../config/config.js';
import type { DialectName } from '../config/dialects.js';
import type { Dialect, RawMessage } from './dialect.js';
import type { SourceKind } from './event.js';
import type { Positions } from './positions.js';
import type { Probe } from './probe.js';

/** Takes messages durably, or rejects and is asked again. */
export type MessageSink = (messages: RawMessage[]) => Promise<void>;

/** Takes the call records that a PBX posts. */
export interface RecordInbox {
  /**
   * Whether these are the user and password configured for the PBX; takes the same time whatever is wrong with them.
   * @param from address of who asks, for people
   */
  admits(user: string, password: string, from: string): boolean;
  /**
   * Resolves when the record is kept durably.
   * @param from for people: which record, from which address
   * @throws MessageError when it is no call record; any other error when it cannot be kept now
   */
  keep(body: Buffer, from: string): Promise<void>;
}

/** What the sources of a PBX need from the daemon. */
export interface SourceHost {
  sink: MessageSink;
  positions: Positions;
  /** From now on the PBX may post its call records. */
  onPost(inbox: RecordInbox): void;
  /** A source is up or down; the reason is for people. */
  onLink(source: SourceKind, link: 'up' | 'down', reason: string): void;
  onTrouble(source: SourceKind, error: Error, retryInMs?: number): void;
}

export interface ReplayRequest {
  pbx: string;
  /** The recorded bytes and the times of their chunks. */
  stream: string;
  chunks: string;
  onTrouble: (error: Error) => void;
  onProgress: (bytesDone: number) => void;
}

export interface ImportRequest {
  pbx: string;
  files: readonly string[];
  onProgress: (progress: { rows: number; bytesDone: number; bytesTotal: number }) => void;
}

/** Where the PBX's own record of a visit is wrong: codes of the sentences, for other languages than English. */
export const PBX_ERROR_CODES = [
  'transferUnseen',
  'cancelReasonLeft',
  'noAgentJoined',
  'joinedThoughCanceled',
  'endOfEarlierVisit',
] as const;

export interface PbxErrorWords {
  what: string;
  code: (typeof PBX_ERROR_CODES)[number];
  /** What varies in the sentence, by its name. */
  params: Record<string, string>;
}

/** Where the PBX's own record of a visit contradicts itself. */
export interface Contradiction extends PbxErrorWords {
  callId: string;
  queue: string;
  /** UTC ms. */
  enteredAt: number;
}

export interface CaptureRequest {
  pbx: PbxConfig;
  directory: string;
  anonymize: boolean;
  onTrouble: (error: Error) => void;
  onProgress: (bytes: number) => void;
}

export interface PbxDriver {
  name: DialectName;
  /** @param cdrZone IANA zone of times in call records that do not carry one */
  dialect(cdrZone: string): Dialect;
  /** Kinds of sources this configuration has. */
  sources(config: PbxConfig): SourceKind[];
  /** Reads all sources of one PBX until `signal` aborts; never throws. */
  runSources(config: PbxConfig, host: SourceHost, signal: AbortSignal): Promise<void>;
  /** Tries all places of a configuration, changing nothing. @throws the signal's reason */
  probe(config: PbxConfig, signal: AbortSignal): Promise<Probe>;
  replay(request: ReplayRequest): AsyncIterable<RawMessage[]>;
  /** Old queue logs; absent where the PBX writes none. */
  importLog?(request: ImportRequest): AsyncIterable<RawMessage[]>;
  importCdr(request: ImportRequest): AsyncIterable<RawMessage[]>;
  /** What a call record says against itself: an error of the PBX, which readers of its records should know of. */
  contradictions?(message: RawMessage): Contradiction[];
  /** Its call records hold local times and do not say of which zone. */
  cdrNeedsZone: boolean;
  /** Records until `signal` aborts. @returns the files written */
  capture(request: CaptureRequest, signal: AbortSignal): Promise<string[]>;
}
