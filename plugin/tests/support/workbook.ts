/**
 * Exports a report as XLSX by clicking, as people do, and opens the file.
 *
 * In: a page with the button "Export". Out: the rows of the first sheet with a table, as records by their headers.
 */
import { expect, type Page } from '@playwright/test';
import { Workbook, type CellValue } from 'exceljs';

export type Line = Record<string, CellValue>;

/** @throws a failed expectation when there is no file in time */
export async function exportedRows(page: Page, firstHeader: string): Promise<Line[]> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const drawer = page.getByRole('dialog');
  const [answer] = await Promise.all([
    page.waitForResponse(
      (response) => /\/exports\b/.test(response.url()) && response.request().method() === 'POST',
    ),
    drawer.getByRole('button', { name: 'Make file' }).click(),
  ]);
  const { id } = (await answer.json()) as { id: number };
  // Other tests export beside this one: theirs are in the list, too.
  const link = drawer.locator(`a[href$="exports/${id}/file"]`);
  await expect(link).toBeVisible({ timeout: 30_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  const workbook = new Workbook();
  await workbook.xlsx.readFile(await download.path());
  await page.keyboard.press('Escape');
  return linesOf(workbook, firstHeader);
}

function linesOf(workbook: Workbook, firstHeader: string): Line[] {
  for (const sheet of workbook.worksheets) {
    let headers: string[] | null = null;
    const lines: Line[] = [];
    sheet.eachRow((row) => {
      const cells = (row.values as CellValue[]).slice(1);
      if (headers !== null) {
        lines.push(Object.fromEntries(headers.map((header, index) => [header, cells[index] ?? null])));
      } else if (cells[0] === firstHeader) {
        headers = cells.map(String);
      }
    });
    if (headers !== null) {
      return lines;
    }
  }
  throw new Error(`No sheet begins with a column "${firstHeader}"`);
}
