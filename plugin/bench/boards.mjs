// How much of the browser's main thread boards take with 500 queues and 5,000 agents that change four times a second.
//
// `npm run bench -w plugin`, after the plugin and its preview host are built. Each board is watched for some seconds: CPU time of the
// longest task, and of all tasks per update. The floor beside it does the least one can: it reads the same messages and
// writes forty lines of plain text.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { startHost, standardFolders } from '../host/dist/server.mjs';
import { startLargeSite } from './large-site.mjs';

const SIZE = { queues: 500, agents: 5_000, calls: 600, perSecond: 4, changed: 0.05 };
const SECONDS = 8;
const AIM_MS = 50;

const panel = (/** @type {string} */ id) => `/preview/panels/queuescope-${id}-panel`;
const choose = (/** @type {string} */ label) => (/** @type {import('@playwright/test').Page} */ page) =>
  page.getByRole('radio', { name: label, exact: true }).click({ force: true });

const enlarge = (/** @type {import('@playwright/test').Page} */ page) =>
  page.locator('[id="option-bigScreen"]').click({ force: true });

/** Words on the command line choose. */
const wanted = process.argv.slice(2).map((word) => word.toLowerCase());
const isWanted = (/** @type {{ name: string }} */ { name }) =>
  wanted.length === 0 || wanted.some((word) => name.toLowerCase().includes(word));

const BOARDS = [
  { name: 'Queue board, cards', path: panel('queueboard'), shows: 'Очередь' },
  { name: 'Queue board, rows', path: panel('queueboard'), shows: 'Очередь', prepare: choose('Rows') },
  { name: 'Queue board, big screen', path: panel('queueboard'), shows: 'Очередь', prepare: enlarge },
  { name: 'Agent board, tiles', path: panel('agentboard'), shows: 'Agent' },
  { name: 'Agent board, table', path: panel('agentboard'), shows: 'Agent', prepare: choose('Table') },
  { name: 'Live page, queues', path: '/a/queuescope-callcenter-app/live', shows: 'Очередь' },
  { name: 'Live page, agents', path: '/a/queuescope-callcenter-app/live/agents', shows: 'Agent' },
];

const site = await startLargeSite(SIZE);
const folder = mkdtempSync(join(tmpdir(), 'queuescope-boards-'));
writeFileSync(join(folder, 'token'), 'bench');
const host = await startHost({
  collectorUrl: site.url,
  token: 'bench',
  folders: standardFolders(),
  host: '127.0.0.1',
  port: 0,
});
const floor = await startFloor(site.url);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
  const rows = [['', 'per update, ms', 'longest, ms', `over ${AIM_MS} ms`, 'floors']];
  const least = await measured(context, { path: floor.url, shows: 'Очередь' });
  rows.push(['Floor: read and write forty lines', ...told(least), '1.0']);
  for (const board of BOARDS.filter(isWanted)) {
    const found = await measured(context, { ...board, path: `${host.url}${board.path}` });
    rows.push([board.name, ...told(found), (found.perUpdate / least.perUpdate).toFixed(1)]);
  }
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  const lines = rows.map((row) =>
    row.map((text, at) => (at === 0 ? text.padEnd(widths[at]) : text.padStart(widths[at]))).join('   '),
  );
  process.stdout.write(`${lines.join('\n')}\n`);
} finally {
  await browser.close();
  await host.stop();
  floor.stop();
  site.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** @typedef {{ perUpdate: number, longest: number, over: number }} Found CPU time, ms */
function told(/** @type {Found} */ { perUpdate, longest, over }) {
  return [perUpdate.toFixed(1), longest.toFixed(0), String(over)];
}

/**
 * @param {import('@playwright/test').BrowserContext} context
 * @param {{ path: string, shows: string, prepare?: (page: import('@playwright/test').Page) => Promise<unknown> }} board
 * @returns {Promise<Found>}
 */
async function measured(context, { path, shows, prepare }) {
  const page = await context.newPage();
  await page.goto(path, { timeout: 120_000 });
  await page.getByText(shows).first().waitFor({ timeout: 120_000 });
  await prepare?.(page);
  // Code is compiled and the figures of the day have come.
  await page.waitForTimeout(4_000);
  const shot = process.env.QUEUESCOPE_SHOTS;
  if (shot) {
    await page.screenshot({ path: join(shot, `${path.replace(/\W+/g, '-')}-${prepare ? 'b' : 'a'}.png`) });
  }
  const tasks = await tasksOf(page, SECONDS);
  await page.close();
  const sum = tasks.reduce((total, ms) => total + ms, 0);
  return {
    perUpdate: sum / (SECONDS * SIZE.perSecond),
    longest: Math.max(...tasks),
    over: tasks.filter((ms) => ms > AIM_MS).length,
  };
}

/** CPU time of each task of the page's main thread, ms. @returns {Promise<number[]>} */
async function tasksOf(/** @type {import('@playwright/test').Page} */ page, /** @type {number} */ seconds) {
  const session = await page.context().newCDPSession(page);
  /** @type {Array<{ name: string, ph: string, pid: number, tid: number, tdur?: number, args: { name?: string } }>} */
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(.../** @type {typeof events} */ (value)));
  const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', '__metadata'] },
  });
  await page.waitForTimeout(seconds * 1_000);
  await session.send('Tracing.end');
  await done;
  const busiest = new Map();
  for (const { name, ph, pid, tid, args } of events) {
    if (ph === 'M' && name === 'thread_name' && args.name === 'CrRendererMain') {
      busiest.set(`${pid}/${tid}`, []);
    }
  }
  for (const { name, pid, tid, tdur } of events) {
    if (tdur !== undefined && /RunTask$/.test(name)) {
      busiest.get(`${pid}/${tid}`)?.push(tdur / 1_000);
    }
  }
  const total = (/** @type {number[]} */ list) => list.reduce((sum, ms) => sum + ms, 0);
  return [...busiest.values()].sort((a, b) => total(b) - total(a))[0] ?? [];
}

/** A page that does the least with the same messages. */
function startFloor(/** @type {string} */ collector) {
  const script = `const rows = new Map();
    const take = ({ data }) => {
      const { queues, agents } = JSON.parse(data);
      for (const row of [...queues, ...agents]) rows.set(row.queue + row.agent, row);
      const shown = [...rows.values()].slice(0, 40);
      document.body.innerText = shown.map(({ queue, waiting }) => queue + ' ' + waiting).join('\\n');
    };
    const stream = new EventSource('/stream');
    stream.addEventListener('snapshot', take);
    stream.addEventListener('delta', take);`;
  const server = createServer(async (request, response) => {
    if (request.url !== '/stream') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(`<!doctype html><title>Floor</title><body></body><script>${script}</script>`);
      return;
    }
    const { body } = await fetch(`${collector}/api/v1/live/stream`);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    // It ends with the site, in the midst of an answer.
    const ended = () => response.end();
    Readable.fromWeb(body).on('error', ended).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`,
        stop: () => {
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
}
