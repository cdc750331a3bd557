/** Callers now. */
import { render, screen } from '@testing-library/react';
import React from 'react';
import { CallsTable } from './CallsTable';
import type { CallRow } from './rows';

const NOW = 100_000;
const call = (callId: string, callerName: string | null, callerNumber: string | null): CallRow => ({
  key: callId,
  queueName: 'Sales',
  agents: [],
  live: {
    ...{ pbx: 'hq', callId, queue: 'sales', state: 'waiting', callerName, callerNumber, did: null },
    ...{ enteredAt: NOW - 65_000, position: 1, offeredTo: [], agent: null, answeredAt: null },
    ...{ holdSince: null, estimated: false },
  },
});

test('a caller is named once, and waits since the call entered', () => {
  const rows = [call('1', 'Anna', '901'), call('2', '902', '902'), call('3', null, null)];
  render(<CallsTable rows={rows} now={NOW} />);
  expect(screen.getByText('Anna · 901')).toBeInTheDocument();
  expect(screen.getByText('902')).toBeInTheDocument();
  expect(screen.getByText('Number withheld')).toBeInTheDocument();
  expect(screen.getAllByText('1:05')).toHaveLength(3);
});
