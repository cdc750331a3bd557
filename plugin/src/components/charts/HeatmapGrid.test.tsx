/** A grid of any length costs what is seen of it, and stays one grid for keyboard and screen readers. */
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React from 'react';
import { HeatmapGrid } from './HeatmapGrid';

/** Three hours: queries by role take long in a large document. */
const gridOf = (lines: number, onPick = jest.fn()) => {
  const place = (y: number, x: number) => ({ value: y + x, row: { index: y * 3 + x } });
  const data = {
    xLabels: Array.from({ length: 3 }, (_, x) => String(x)),
    yLabels: Array.from({ length: lines }, (_, y) => `Day ${y}`),
    cells: Array.from({ length: lines }, (_, y) => Array.from({ length: 3 }, (__, x) => place(y, x))),
  };
  const valueText = ({ index }: { index?: unknown }) => `cell ${String(index)}`;
  render(<HeatmapGrid label="Entered" greatest={100} {...{ data, valueText, onPick }} />);
  return onPick;
};

it('draws a month as a whole', () => {
  gridOf(31);
  expect(screen.getAllByRole('gridcell')).toHaveLength(31 * 3);
});

it('draws of 500 lines those in sight, and says how many there are', () => {
  gridOf(500);
  expect(screen.getAllByRole('gridcell').length).toBeLessThan(65 * 3);
  expect(screen.getByRole('grid', { name: 'Entered' })).toHaveAttribute('aria-rowcount', '501');
  expect(screen.getByText('Day 3').closest('tr')).toHaveAttribute('aria-rowindex', '5');
});

it('is gone through by arrows, and a cell is picked by Enter or a click', async () => {
  const onPick = gridOf(100);
  await userEvent.tab();
  expect(screen.getByLabelText('Day 0, 0: cell 0')).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}{ArrowRight}');
  expect(screen.getByLabelText('Day 1, 1: cell 4')).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  expect(onPick).toHaveBeenLastCalledWith({ index: 4 });
  await userEvent.click(screen.getByLabelText('Day 2, 2: cell 8'));
  expect(onPick).toHaveBeenLastCalledWith({ index: 8 });
});

it('says what is pointed at', async () => {
  gridOf(2);
  await userEvent.hover(screen.getByLabelText('Day 1, 2: cell 5'));
  expect(screen.getByText('Day 1, 2')).toBeVisible();
  expect(screen.getByText('cell 5')).toBeVisible();
});
