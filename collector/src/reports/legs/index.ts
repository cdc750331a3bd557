/** The reports of call records. A new one is a file of this folder and a line here. */
import type { ReportDefinition } from '../report.js';
import { CDR_REPORT } from './cdr.js';
import { DID_REPORT } from './did.js';
import { OUTBOUND_REPORT } from './outbound.js';
import { TRUNK_REPORT } from './trunk.js';

export const LEG_REPORTS: readonly ReportDefinition[] = [
  CDR_REPORT,
  OUTBOUND_REPORT,
  DID_REPORT,
  TRUNK_REPORT,
];
