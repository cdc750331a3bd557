import { fireEvent, render, screen, within } from '@testing-library/react';
import React from 'react';
import type { Column, Row } from '../../api/types';
import { ReportTable } from './ReportTable';
import { sorted } from './sort';
import { windowOf } from './useRowWindow';

// Grafana's own link needs Grafana's router.
jest.mock('@grafana/ui', () => ({
  ...jest.requireActual('@grafana/ui'),
  TextLink: ({ href, children }: { href: string; children: string }) => <a href={href}>{children}</a>,
}));

const COLUMNS: Column[] = [
  { key: 'queueName', label: 'Queue', type: 'text', unit: null, description: 'Display name' },
  { key: 'entered', label: 'Entered', type: 'count', unit: 'visits', description: 'Callers' },
  { key: 'asaSeconds', label: 'ASA', type: 'seconds', unit: 's', description: 'Average speed of answer' },
];
const ROWS: Row[] = [
  { queueName: 'Продажи "Восток" 🚀', entered: 9, asaSeconds: 12 },
  { queueName: 'billing', entered: 120, asaSeconds: null },
  { queueName: 'support', entered: 30, asaSeconds: 5 },
];
const TOTALS: Row = { queueName: null, entered: 159, asaSeconds: 8 };

const table = (more: Partial<React.ComponentProps<typeof ReportTable>> = {}) =>
  render(
    <ReportTable
      label="Queues"
      columns={COLUMNS}
      rows={ROWS}
      totals={TOTALS}
      context={{ zone: 'UTC' }}
      {...more}
    />,
  );

const firstCells = () => [...document.querySelectorAll('tbody th')].map(({ textContent }) => textContent);

describe('the table of a report', () => {
  it('has rows, totals of the API and links', () => {
    table({ actionOf: ({ key }, row) => (key === 'entered' ? { href: `/calls/${row['entered']}` } : null) });
    expect(firstCells()).toEqual(['Продажи "Восток" 🚀', 'billing', 'support']);
    expect(screen.getByRole('link', { name: '120' })).toHaveAttribute(
      'href',
      expect.stringContaining('/calls/120'),
    );
    expect(within(screen.getAllByRole('rowgroup')[2]!).getByText('159')).toBeInTheDocument();
  });

  it('is sorted by a click, the greatest first, and says so', () => {
    table();
    fireEvent.click(screen.getByText('Entered'));
    expect(firstCells()).toEqual(['billing', 'support', 'Продажи "Восток" 🚀']);
    expect(screen.getByText('Entered').closest('th')).toHaveAttribute('aria-sort', 'descending');
    fireEvent.click(screen.getByText('Entered'));
    expect(firstCells()[0]).toBe('Продажи "Восток" 🚀');
  });

  it('is not sorted while pages are missing', () => {
    table({ sortable: false });
    expect(screen.getByText('Entered').closest('button')).toBeNull();
  });

  it('draws of 5,000 rows only those in sight', () => {
    const rows = Array.from({ length: 5000 }, (_, index) => ({
      queueName: `q${index}`,
      entered: index,
      asaSeconds: 1,
    }));
    const { container } = table({ rows });
    expect(container.querySelectorAll('tbody th').length).toBeLessThan(80);
    expect(container.querySelector('table')).toHaveAttribute('aria-rowcount', '5001');
  });
});

describe('order', () => {
  it('has unknown last in both directions', () => {
    const keys = (descending: boolean) =>
      sorted(ROWS, COLUMNS, { key: 'asaSeconds', descending }).map(({ entered }) => entered);
    expect(keys(true)).toEqual([9, 30, 120]);
    expect(keys(false)).toEqual([30, 9, 120]);
  });
});

describe('the rows in sight', () => {
  it('are those scrolled to, and some around', () => {
    expect(windowOf({ top: 0, height: 360 }, 5000, 36)).toEqual({ first: 0, end: 34 });
    expect(windowOf({ top: 36_000, height: 360 }, 5000, 36)).toEqual({ first: 988, end: 1022 });
    expect(windowOf({ top: 36_000, height: 360 }, 20, 36)).toEqual({ first: 0, end: 20 });
  });
});
