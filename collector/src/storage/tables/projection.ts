/** Tables: how far the journal is projected, and what could not be. */
import type { Generated } from 'kysely';

/** Where a journal's projector stands. */
export interface ProjectionTable {
  journal: string;
  /** Journal sequence number up to which everything is projected. */
  position: number;
  /** `Projection.snapshot()` of each PBX at that moment: JSON object by PBX name, deflated. */
  state: Buffer | null;
}

/** A message that could not be understood or projected (DESIGN.md §1.2). */
export interface FailedMessageTable {
  id: Generated<number>;
  journal: string;
  seq: number;
  pbx: string;
  source: string;
  connection: string;
  ordinal: number;
  receivedUs: number;
  status: 'failed' | 'resolved' | 'skipped';
  attempts: number;
  lastError: string;
  firstAt: number;
  lastAt: number;
  message: Buffer;
}
