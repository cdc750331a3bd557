/** Fixed words of exports, in English. Labels and titles of reports are English in their definitions. */
export const EN = {
  period: 'Period',
  exclusive: 'end exclusive',
  zone: 'Time zone',
  granularity: 'One row per',
  quarter: 'quarter of an hour',
  halfHour: 'half hour',
  hour: 'hour',
  day: 'day',
  week: 'week',
  month: 'month',
  filters: 'Filters',
  none: 'none',
  serviceLevel: 'Service level',
  currency: 'Currency',
  completeness: 'Completeness',
  complete: 'complete',
  gap: 'Gap',
  gaps: 'gaps',
  openCalls: 'calls still open',
  pendingBuckets: 'quarters of an hour still to be counted',
  note: 'Note',
  masked: 'Callers’ numbers are masked',
  madeAt: 'Made at',
  about: 'About',
  rows: 'Rows',
  meaning: 'Meaning and formula',
  total: 'Total',
  page: 'Page {} of {}',
  noRows: 'No rows',
  shown: 'shown',
  /** Columns of a table of which nothing is known. */
  unknownColumns: 'Not known in any row',
  /** Unit of a difference of two shares. */
  points: 'pp',
} as const;

export type Word = keyof typeof EN;
