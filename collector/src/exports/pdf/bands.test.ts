/** Bands of a table too wide for the paper. */
import { expect, it } from '@jest/globals';
import fc from '../../../test/support/fast-check.js';
import { bandsOf, widthOf, type WantedColumn } from './bands.js';

interface Numbered extends WantedColumn {
  id: number;
}

const columnsOf = (names: readonly number[], numbers: readonly number[]): Numbered[] =>
  [
    ...names.map((width) => ({ width, isName: true })),
    ...numbers.map((width) => ({ width, isName: false })),
  ].map((column, id) => ({ ...column, id }));

it('hold every column once, none beyond the paper, each with the names', () => {
  const widths = fc.array(fc.integer({ min: 10, max: 300 }), { maxLength: 30 });
  fc.assert(
    fc.property(widths, widths, (names, numbers) => {
      const columns = columnsOf(names.slice(0, 4), numbers);
      const bands = bandsOf(columns, 500);
      for (const band of bands) expect(widthOf(band)).toBeLessThanOrEqual(500.001);
      const ids = bands.flatMap((band) => band.map(({ id }) => id));
      expect(new Set(ids)).toEqual(new Set(columns.map(({ id }) => id)));
      const shared = (bands[0] ?? []).filter((column) =>
        bands.every((band) => band.some(({ id }) => id === column.id)),
      );
      if (bands.length > 1) expect(ids.length).toBe(columns.length + (bands.length - 1) * shared.length);
    }),
  );
});

it('are about as wide as each other and reach the edge of the paper', () => {
  const bands = bandsOf(columnsOf([60], Array<number>(12).fill(50)), 500);
  expect(bands.map((band) => band.length)).toEqual([7, 7]);
  expect(bands.map((band) => Math.round(widthOf(band)))).toEqual([500, 500]);
});

it('of few columns are not torn apart', () => {
  const [band = []] = bandsOf(columnsOf([60], [40]), 500);
  expect(widthOf(band)).toBe(150);
});

it('of several names repeat all of them, narrower, in every band', () => {
  const bands = bandsOf(columnsOf([40, 80, 150, 80, 150], Array<number>(9).fill(60)), 500);
  expect(bands.length).toBeGreaterThan(1);
  for (const band of bands) {
    expect(band.slice(0, 5).map(({ id }) => id)).toEqual([0, 1, 2, 3, 4]);
    expect(widthOf(band)).toBeLessThanOrEqual(500.001);
  }
});
