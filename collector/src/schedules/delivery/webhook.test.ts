/** Webhooks to a real HTTP server: signature, files, links, refusals. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { scratchFolder } from '../../../test/support/scratch.js';
import type { SchedulesConfig } from '../../config/config.js';
import { RunRefusedError } from '../schedule.js';
import { FILE_TEXT, messageWith } from '../testing/message.js';
import { hostError, postWebhook } from './webhook.js';

const scratch = scratchFolder();
const message = messageWith(scratch);
const got: { headers: IncomingHttpHeaders; body: string }[] = [];
let status = 204;
const server = createServer((request, response) => {
  void text(request).then((body) => {
    got.push({ headers: request.headers, body });
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
  });
});
let url: string;
const config: SchedulesConfig = {
  ...{ folder: null, webhookHosts: ['127.0.0.1'], publicUrl: 'https://queuescope.example.org' },
};
const options = { config, secret: 'shared', nowMs: 1_794_500_000_123, signal: new AbortController().signal };

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
beforeEach(() => {
  got.length = 0;
  status = 204;
});
afterAll(() => {
  server.close();
  scratch.remove();
});

describe('a webhook', () => {
  it('gets JSON with the file, signed over time and body', async () => {
    const sent = await postWebhook({ kind: 'webhook', url, attach: 'files' }, message, options);
    expect(sent).toEqual({ deliveredTo: [url], failures: [] });
    const [{ headers, body } = { headers: {}, body: '' }] = got;
    const hash = createHmac('sha256', 'shared').update(`1794500000.${body}`).digest('hex');
    expect(headers['x-queuescope-signature']).toBe(`t=1794500000,v1=${hash}`);
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(body)).toEqual({
      schedule: { id: 3, name: 'Понедельник' },
      run: { id: 41, dueAt: '2026-11-16T03:00:00.000Z' },
      report: 'queues',
      from: '2026-11-09T00:00:00.000+05:00',
      to: '2026-11-16T00:00:00.000+05:00',
      tz: 'Asia/Tashkent',
      rows: 1,
      totals: { offered: 12 },
      subject: 'Очереди за неделю',
      text: 'Строк: 1\n',
      files: [
        {
          name: 'Понедельник-2026-11-09.csv',
          mediaType: 'text/csv; charset=utf-8',
          bytes: Buffer.byteLength(FILE_TEXT),
          content: Buffer.from(FILE_TEXT).toString('base64'),
        },
      ],
    });
  });

  it('gets a link to the export instead, if asked', async () => {
    await postWebhook({ kind: 'webhook', url, attach: 'links' }, message, options);
    const { files } = JSON.parse(got[0]?.body ?? '') as { files: object[] };
    expect(files).toMatchObject([{ url: 'https://queuescope.example.org/api/v1/exports/12/file' }]);
    expect(got[0]?.body).not.toContain('content');
  });

  it.each([
    [500, false],
    [429, false],
    [408, false],
    [410, true],
    [302, true],
  ])('that answers %d has failed; for good: %s', async (answer, isPermanent) => {
    status = answer;
    const { deliveredTo, failures } = await postWebhook(
      { kind: 'webhook', url, attach: 'links' },
      message,
      options,
    );
    expect(deliveredTo).toEqual([]);
    expect(failures).toEqual([{ recipient: url, message: `answered ${answer}`, isPermanent }]);
    expect(got).toHaveLength(1);
  });

  it('too large to be posted is refused', async () => {
    const files = message.files.map((file) => ({ ...file, bytes: 30e6 }));
    const work = postWebhook({ kind: 'webhook', url, attach: 'files' }, { ...message, files }, options);
    await expect(work).rejects.toThrow(RunRefusedError);
  });

  it('goes to hosts of the configuration only', async () => {
    const elsewhere = { ...options, config: { ...config, webhookHosts: ['*.example.org'] } };
    const work = postWebhook({ kind: 'webhook', url, attach: 'links' }, message, elsewhere);
    await expect(work).rejects.toThrow('the host 127.0.0.1 is not allowed');
    expect(got).toEqual([]);
  });
});

describe('an address', () => {
  const allowed = { ...config, webhookHosts: ['*.example.org'] };
  it.each([
    ['https://hooks.example.org/a', null],
    ['https://HOOKS.example.org/a', null],
    ['https://example.org/a', 'is not allowed'],
    ['https://hooks.example.org.evil.net/', 'is not allowed'],
    ['http://169.254.169.254/latest', 'is not allowed'],
    ['file:///etc/passwd', 'is no address'],
    ['hooks', 'is no address'],
    ['https://me:secret@hooks.example.org/', 'password'],
  ])('%s', (address, wrong) => {
    const error = hostError(address, allowed);
    if (wrong === null) expect(error).toBeNull();
    else expect(error).toContain(wrong);
  });
  it('none at all without hosts', () => {
    expect(hostError('https://hooks.example.org/', { ...config, webhookHosts: [] })).toContain('is empty');
  });
});
