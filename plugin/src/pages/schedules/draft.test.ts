import { addressesOf, deliveryFor, draftOf, emptyDraft, missing } from './draft';
import type { Schedule } from './types';

describe('a draft of a schedule', () => {
  it('says what is missing, one thing after the other', () => {
    const empty = emptyDraft(null, 'UTC', 'en');
    const named = { ...empty, name: 'Monday' };
    const chosen = { ...named, savedReportId: 3 };
    const sent = { ...chosen, delivery: { kind: 'mail' as const, to: ['a@example.org'] } };
    expect([empty, named, chosen, sent].map(missing)).toEqual([
      'Give it a name',
      'Choose the saved report it sends',
      'Say who gets it',
      null,
    ]);
    expect(missing({ ...chosen, delivery: { kind: 'webhook', url: ' ' } })).toBe('Say where it is posted');
    expect(missing({ ...chosen, formats: [], delivery: { kind: 'folder', path: '' } })).toBe(
      'Choose at least one format',
    );
  });

  it('takes addresses as people type them', () => {
    expect(addressesOf(' a@example.org, b@example.org;\n\nc@example.org\n')).toEqual([
      'a@example.org',
      'b@example.org',
      'c@example.org',
    ]);
  });

  it('keeps only what belongs to the way of delivery', () => {
    const mail = { kind: 'mail' as const, to: ['a@example.org'] };
    expect(deliveryFor(mail, 'webhook')).toEqual({ kind: 'webhook', url: '', attach: 'files' });
    expect(deliveryFor(mail, 'mail')).toEqual({ kind: 'mail', to: ['a@example.org'], cc: [], bcc: [] });
  });

  it('of a stored schedule has what can be said, nothing else', () => {
    const stored: Schedule = {
      ...emptyDraft(3, 'UTC', 'ru'),
      savedReportId: 3,
      id: 1,
      owner: { login: null, token: 't' },
      paused: false,
      nextRunAt: 1,
      failed: false,
      late: false,
      lastRun: null,
      delivery: { kind: 'webhook', url: 'https://example.org', hasSecret: true },
    };
    expect(Object.keys(draftOf(stored)).sort()).toEqual(Object.keys(emptyDraft(3, 'UTC', 'ru')).sort());
    expect(draftOf(stored).delivery).toEqual({ kind: 'webhook', url: 'https://example.org' });
  });
});
