/** Totals of columns: side by side only where there is room for them. */
import { render, screen } from '@testing-library/react';
import React from 'react';
import { HeatmapTotals, widthNeeded } from './HeatmapTotals';

const hours = (text: string) => Array.from({ length: 24 }, () => text);

test('durations of a week need more than a wide panel, counts do not', () => {
  expect(widthNeeded(hours('123:45:07'))).toBeGreaterThan(1800);
  expect(widthNeeded(hours('1,222'))).toBeLessThan(1300);
  expect(widthNeeded([])).toBe(200);
});

test('the foot says the totals of all columns, and of all', () => {
  render(
    <table>
      <HeatmapTotals label="Total" totals={['1:00:00', '2:30:00']} grandTotal="3:30:00" />
    </table>,
  );
  expect(screen.getByRole('rowheader')).toHaveTextContent('Total');
  expect(screen.getAllByRole('cell').map(({ textContent }) => textContent)).toEqual([
    '1:00:00',
    '2:30:00',
    '3:30:00',
  ]);
});
