/**
 * What every way of delivery takes and gives. In: nothing (types only).
 *
 * A way either delivers to all its recipients, tells which of them failed, or throws; trying again is safe for those
 * who have nothing yet.
 */
import type { Format } from '../../exports/spec.js';
import type { Row } from '../../reports/table.js';

export interface DeliveryFile {
  name: string;
  format: Format;
  mediaType: string;
  /** Where it is now. */
  path: string;
  bytes: number;
  exportId: number;
}

export interface Message {
  tenant: string;
  schedule: { id: number; name: string };
  run: { id: number; dueAt: number };
  report: string;
  /** ISO 8601 with offset; `to` is exclusive. */
  range: { from: string; to: string; tz: string };
  rows: number;
  /** Null where the run did not need them. */
  totals: Row | null;
  subject: string;
  text: string;
  files: readonly DeliveryFile[];
}

export interface RecipientFailure {
  recipient: string;
  /** What the other side said. */
  message: string;
  /** Trying again is of no use. */
  isPermanent: boolean;
}

export interface DeliveryResult {
  deliveredTo: readonly string[];
  failures: readonly RecipientFailure[];
}
