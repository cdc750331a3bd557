/** A message with one small file, for tests of delivery. */
import { writeFileSync } from 'node:fs';
import type { Scratch } from '../../../test/support/scratch.js';
import type { Message } from '../delivery/delivery.js';

export const FILE_TEXT = 'queue,offered\nПродажи,12\n';

export function messageWith(scratch: Scratch, more: Partial<Message> = {}): Message {
  const path = scratch.file('12.csv');
  writeFileSync(path, FILE_TEXT);
  return {
    tenant: 'default',
    schedule: { id: 3, name: 'Понедельник' },
    run: { id: 41, dueAt: Date.UTC(2026, 10, 16, 3) },
    report: 'queues',
    range: {
      from: '2026-11-09T00:00:00.000+05:00',
      to: '2026-11-16T00:00:00.000+05:00',
      tz: 'Asia/Tashkent',
    },
    rows: 1,
    totals: { offered: 12 },
    subject: 'Очереди за неделю',
    text: 'Строк: 1\n',
    files: [
      {
        ...{ name: 'Понедельник-2026-11-09.csv', format: 'csv', mediaType: 'text/csv; charset=utf-8' },
        ...{ path, bytes: Buffer.byteLength(FILE_TEXT), exportId: 12 },
      },
    ],
    ...more,
  };
}
