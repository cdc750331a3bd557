/**
 * A schedule as it is being written.
 *
 * In: what was typed. Out: what is sent to the collector, and what is missing. What must hold: pure; the collector checks again
 * and names each wrong field.
 */
import { t } from '@grafana/i18n';
import type { Lang } from '../../api/types';
import type { Delivery, NewSchedule, Schedule } from './types';

export interface Draft extends Omit<NewSchedule, 'savedReportId'> {
  savedReportId: number | null;
}

/** As the collector has them; placeholders are the same in every language. */
const DEFAULT_SUBJECT = '{schedule}: {period}';
const DEFAULT_TEXT = '{report}\n\n{about}\n';

export const emptyDraft = (savedReportId: number | null, tz: string, lang: Lang): Draft => ({
  name: '',
  savedReportId,
  cron: '0 8 * * 1',
  tz,
  formats: ['pdf'],
  lang,
  paper: 'A4',
  orientation: 'landscape',
  subject: DEFAULT_SUBJECT,
  text: DEFAULT_TEXT,
  condition: null,
  delivery: { kind: 'mail', to: [] },
});

/** Without what only the collector says. */
export function draftOf(schedule: Schedule): Draft {
  const { name, savedReportId, cron, tz, formats, lang, paper, orientation, subject, text, condition } =
    schedule;
  const { hasSecret: _, ...delivery } = schedule.delivery;
  return {
    name,
    savedReportId,
    cron,
    tz,
    formats,
    lang,
    paper,
    orientation,
    subject,
    text,
    condition,
    delivery,
  };
}

/** @returns what keeps it from being saved; null: nothing. */
export function missing({ name, savedReportId, formats, delivery, cron }: Draft): string | null {
  if (name.trim() === '') {
    return t('schedules.missing.name', 'Give it a name');
  }
  if (savedReportId === null) {
    return t('schedules.missing.report', 'Choose the saved report it sends');
  }
  if (cron.trim() === '') {
    return t('schedules.missing.cron', 'Say when it runs');
  }
  if (formats.length === 0) {
    return t('schedules.missing.format', 'Choose at least one format');
  }
  return missingOf(delivery);
}

function missingOf({ kind, to = [], url = '' }: Delivery): string | null {
  if (kind === 'mail' && to.length === 0) {
    return t('schedules.missing.to', 'Say who gets it');
  }
  if (kind === 'webhook' && url.trim() === '') {
    return t('schedules.missing.url', 'Say where it is posted');
  }
  return null;
}

/** Addresses as people type them: one a line, or separated by commas or semicolons. */
export const addressesOf = (text: string): string[] =>
  text
    .split(/[\n,;]+/)
    .map((address) => address.trim())
    .filter((address) => address !== '');

/** The way of delivery, with the fields of its kind only. */
export function deliveryFor(delivery: Delivery, kind: Delivery['kind']): Delivery {
  switch (kind) {
    case 'mail':
      return { kind, to: delivery.to ?? [], cc: delivery.cc ?? [], bcc: delivery.bcc ?? [] };
    case 'webhook':
      return { kind, url: delivery.url ?? '', attach: delivery.attach ?? 'files' };
    case 'folder':
      return { kind, path: delivery.path ?? '' };
  }
}
