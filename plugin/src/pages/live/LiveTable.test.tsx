/** The table of the live page: what is drawn again, and how much of a long table. */
import { render, screen } from '@testing-library/react';
import React from 'react';
import { LiveTable, type LiveColumn } from './LiveTable';

interface Named {
  key: string;
  since: number;
}

const drawn = jest.fn();
const columns: Array<LiveColumn<Named>> = [
  {
    id: 'name',
    header: 'Name',
    cell: ({ key }) => {
      drawn(key);
      return key;
    },
  },
  { id: 'wait', header: 'Wait', numeric: true, tick: ({ since }, now) => `${(now - since) / 1000} s` },
];
const row = (key: string): Named => ({ key, since: 1_000 });

test('when the clock goes on only what ticks is drawn again', () => {
  const rows = [row('a'), row('b')];
  const { rerender } = render(<LiveTable label="Calls" columns={columns} rows={rows} now={3_000} />);
  expect(screen.getAllByText('2 s')).toHaveLength(2);
  drawn.mockClear();
  rerender(<LiveTable label="Calls" columns={columns} rows={rows} now={4_000} />);
  expect(screen.getAllByText('3 s')).toHaveLength(2);
  expect(drawn).not.toHaveBeenCalled();
  rerender(<LiveTable label="Calls" columns={columns} rows={[rows[0]!, row('b')]} now={4_000} />);
  expect(drawn.mock.calls).toEqual([['b']]);
});

test('of a long table only a part is drawn, and it says how long it is', () => {
  const rows = Array.from({ length: 500 }, (_, index) => row(`row ${index}`));
  render(<LiveTable label="Calls" columns={columns} rows={rows} now={2_000} />);
  expect(screen.getByRole('table', { name: 'Calls' })).toHaveAttribute('aria-rowcount', '501');
  const shown = screen.getAllByText(/^row \d+$/);
  expect(shown[0]).toHaveTextContent('row 0');
  expect(shown.length).toBeGreaterThan(20);
  expect(shown.length).toBeLessThan(100);
});
