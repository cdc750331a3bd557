/** What a stored query is when it is asked. */
import { asShown, type QueuescopeQuery } from './types';

test('a query without a kind asks for what the editor shows: queues now', () => {
  const stored = { refId: 'B', hide: true, expr: 'up' } as unknown as QueuescopeQuery;
  expect(asShown(stored)).toEqual({ kind: 'queues', refId: 'B', hide: true, datasource: undefined });
});

test('any other stays as it is', () => {
  const stored: QueuescopeQuery = { refId: 'A', kind: 'report', report: 'calls', params: {} };
  expect(asShown(stored)).toBe(stored);
});
