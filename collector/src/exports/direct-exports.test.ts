/** Files of reports in one request: small ones at once, large ones refused, each in the audit log. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { testApi, type TestApi } from '../../test/support/api.js';
import { scratchFolder } from '../../test/support/scratch.js';
import { DirectExports, MAX_DIRECT_ROWS } from './direct-exports.js';
import { DEFAULT_OPTIONS, type ExportSpec } from './spec.js';

const NUMBER = '998901234567';
const SMALL_DAY = 'from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z';
const LARGE_DAY = 'from=2026-11-03T00:00:00Z&to=2026-11-04T00:00:00Z';

let api: TestApi;
let tokens: { editor: string; viewer: string };
beforeAll(async () => {
  api = await testApi();
  tokens = { editor: await api.token('editor'), viewer: await api.token('viewer') };
  const { db } = api.database;
  const contact = { id: 1, pbxId: 1, callId: '1.1', callerNumber: NUMBER, evidence: Buffer.from('') };
  await db.insertInto('contact').values(contact).execute();
  const { id: queueId } = await db
    .selectFrom('queue')
    .select('id')
    .where('name', '=', 'sales')
    .executeTakeFirstOrThrow();
  const visit = (seq: number, enteredAt: number) => ({
    ...{
      contactId: 1,
      seq,
      pbxId: 1,
      tenantId: 1,
      queueId,
      agentId: null,
      enteredAt,
      endedAt: enteredAt + 12_000,
    },
    ...{
      enteredAtSource: 'log' as const,
      outcome: 'abandoned' as const,
      outcomeCertainty: 'stated' as const,
    },
    ...{ firstInQueue: 1, waitSeconds: 12, holdCount: 0, transfersSeen: 0, attempts: 0 },
    ...{ agentDumps: 0, talkedAfterAll: 0, logFinal: 1 },
  });
  await db
    .insertInto('visit')
    .values(visit(0, Date.UTC(2026, 10, 1, 10)))
    .execute();
  for (let first = 1; first <= MAX_DIRECT_ROWS + 1; first += 1000) {
    const length = Math.min(1000, MAX_DIRECT_ROWS + 2 - first);
    const visits = Array.from({ length }, (_, i) =>
      visit(first + i, Date.UTC(2026, 10, 3) + (first + i) * 1000),
    );
    await db.insertInto('visit').values(visits).execute();
  }
});
afterAll(() => api.close());

const get = (url: string, token: string) =>
  api.app.inject({ url: `/api/v1/reports/${url}`, headers: { authorization: `Bearer ${token}` } });

const downloads = async (): Promise<{ report: string; format: string }[]> => {
  const rows = await api.database.db
    .selectFrom('audit')
    .select('detail')
    .where('action', '=', 'report.downloaded')
    .orderBy('id')
    .execute();
  return rows.map(({ detail }) => JSON.parse(detail) as { report: string; format: string });
};

describe('a report as a file', () => {
  it('is sent straight while it is small, and stands in the audit log', async () => {
    const pdf = await get(
      `calls?${SMALL_DAY}&format=pdf&lang=ru&paper=LETTER&orientation=portrait`,
      tokens.editor,
    );
    expect(pdf.statusCode).toBe(200);
    expect(pdf.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="calls-2026-11-01.pdf"',
      'content-length': String(pdf.rawPayload.length),
    });
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.rawPayload.toString('latin1')).toMatch(/MediaBox \[0 0 612 792\]/);

    const xlsx = await get(`calls?${SMALL_DAY}&format=xlsx`, tokens.editor);
    expect(await cellsOf(xlsx.rawPayload)).toContain(NUMBER);
    const csv = await get(`calls?${SMALL_DAY}&format=csv`, tokens.editor);
    expect(csv.body).toContain(NUMBER);
    expect(await downloads()).toMatchObject([
      { report: 'calls', format: 'pdf', params: { from: '2026-11-01T00:00:00Z' } },
      { report: 'calls', format: 'xlsx' },
      { report: 'calls', format: 'csv' },
    ]);
  });

  it('has masked numbers for whom they are hidden from', async () => {
    const xlsx = await get(`calls?${SMALL_DAY}&format=xlsx`, tokens.viewer);
    const cells = await cellsOf(xlsx.rawPayload);
    expect(cells).toContain('sales');
    expect(cells).not.toContain(NUMBER);
  });

  it.each(['xlsx', 'pdf'])(
    'is refused as %s when it has too many rows, with the way to get it',
    async (format) => {
      const before = (await downloads()).length;
      const answer = await get(`calls?${LARGE_DAY}&format=${format}`, tokens.editor);
      expect(answer.statusCode).toBe(400);
      const { detail, errors } = answer.json<{ detail: string; errors: { field: string }[] }>();
      expect(detail).toMatch(/more than 5000 rows.*POST \/api\/v1\/exports/);
      expect(errors.map(({ field }) => field)).toEqual(['format']);
      expect((await downloads()).length).toBe(before);
    },
  );

  it('names the parameters that are wrong', async () => {
    const answer = await get(`calls?${SMALL_DAY}&queues=slaes&format=pdf`, tokens.editor);
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ errors: { field: string }[] }>().errors).toMatchObject([{ field: 'queues' }]);
  });
});

async function cellsOf(bytes: Buffer): Promise<string> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.read(Readable.from([bytes]));
  return JSON.stringify(book.worksheets[0]?.getSheetValues());
}

describe('the folder', () => {
  const scratch = scratchFolder();
  afterAll(() => scratch.remove());
  const actor = { tenantId: 1, tokenId: null };
  const spec: ExportSpec = {
    ...{ report: 'calls', params: {}, tenantId: 1, format: 'pdf' },
    ...{ options: DEFAULT_OPTIONS, numbers: true },
  };

  it('holds nothing of a client that went away, nor of a collector that was killed', async () => {
    const folder = scratch.file('exports');
    mkdirSync(folder);
    writeFileSync(scratch.file('exports/direct-1.pdf'), 'half');
    writeFileSync(scratch.file('exports/7.pdf'), 'of a job');
    const { db, address } = api.database;
    let isStopped = false;
    const direct = new DirectExports({
      ...{ db, address, queueRules: [], folder },
      runWorker: ({ file }, { signal }) => {
        writeFileSync(file, 'half');
        return new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => {
            isStopped = true;
            reject(new Error('gone away'));
          }),
        );
      },
    });
    await direct.removeLeftovers();
    const client = new AbortController();
    const made = direct.make(spec, actor, client.signal);
    expect(readdirSync(folder)).toHaveLength(2);
    client.abort();
    await expect(made).rejects.toThrow('gone away');
    expect(isStopped).toBe(true);
    expect(readdirSync(folder)).toEqual(['7.pdf']);
  });
});
