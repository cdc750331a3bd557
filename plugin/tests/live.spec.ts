/**
 * A change on the PBX is on the board: from the byte in the PBX's socket to what the browser shows.
 *
 * How fast is a matter of the machine and no test: `QUEUESCOPE_LATENCY=30 npm run test:browser -w plugin -- live.spec.ts`
 * takes more samples and prints it (docs/benchmarks.md).
 */
import { join } from 'node:path';
import { start } from './support/processes';
import { expect, test } from './support/test';

const SAMPLES = Number(process.env.QUEUESCOPE_LATENCY ?? 3);
const SECRET = 'watched-pbx';
const PBX = join(__dirname, 'support/watched-pbx.mjs');

const PBXS = [
  {
    ...{ dialect: 'asterisk', queue: 'watched-asterisk' },
    connection: (port: number) => ({ ami: { host: '127.0.0.1', port, user: 'queuescope', secret: SECRET } }),
  },
  {
    ...{ dialect: 'freeswitch', queue: 'watched-freeswitch' },
    connection: (port: number) => ({ esl: { host: '127.0.0.1', port, password: SECRET } }),
  },
] as const;

for (const { dialect, queue, connection } of PBXS) {
  test(`a caller who enters a queue of ${dialect} is on the live page and on the queue board`, async ({
    open,
    sharedContext,
    environment,
  }) => {
    test.skip(environment.isGrafana, 'the collector behind that Grafana does not know the PBX of this test');
    test.setTimeout(SAMPLES * 60_000);
    const name = `watched-${dialect}`;
    const api = `${environment.collector.url}/api/v1/pbxs`;
    const headers = { authorization: `Bearer ${environment.collector.token}` };
    const pbx = start([PBX, dialect, SECRET, queue], { cwd: __dirname });
    const page = await open('live/calls');
    const board = await sharedContext.newPage();
    try {
      const [, port = ''] = await pbx.says(/pbx on (\d+)/);
      const data = { name, connection: { dialect, ...connection(Number(port)) } };
      const made = await sharedContext.request.post(api, { headers, data });
      expect(made.ok(), await made.text()).toBe(true);
      await board.goto(`${new URL(page.url()).origin}/preview/panels/queuescope-queueboard-panel`);
      await expect(board.getByText(queue).first()).toBeVisible();

      await page.evaluate(watchNumbers);
      await board.evaluate(watchWaiting, queue);
      const from = Date.now();
      const sinceJoined = (shownAt: (join: Join) => number | undefined): number[] =>
        joinedSince(pbx.printed(), from)
          .map((join) => (shownAt(join) ?? NaN) - join.at)
          .filter(Number.isFinite);
      const late = {
        'live page': async () => {
          const seen = await page.evaluate(() => (globalThis as Watching).seenNumbers ?? {});
          return sinceJoined(({ number }) => seen[number]);
        },
        'queue board': async () => {
          const rises = await board.evaluate(() => (globalThis as Watching).waitingRises ?? []);
          return sinceJoined(({ at }) => rises.find((rise) => rise >= at));
        },
      };
      for (const [where, lag] of Object.entries(late)) {
        await expect
          .poll(async () => (await lag()).length, { timeout: SAMPLES * 30_000 })
          .toBeGreaterThanOrEqual(SAMPLES);
        if (process.env.QUEUESCOPE_LATENCY) {
          process.stdout.write(`${dialect}, ${where}: ${spreadOf(await lag())}\n`);
        }
      }
    } finally {
      await board.close();
      await sharedContext.request.delete(`${api}/${name}`, { headers });
      await pbx.stop();
    }
  });
}

function spreadOf(lags: number[]): string {
  const sorted = lags.sort((a, b) => a - b);
  const [median, high] = [0.5, 0.95].map((share) => sorted[Math.ceil(share * sorted.length) - 1]);
  return `median ${median} ms, p95 ${high} ms of ${sorted.length}`;
}

interface Watching {
  /** When a number was first in the page, by number (epoch ms). */
  seenNumbers?: Record<string, number>;
  /** When more callers were waiting than before. */
  waitingRises?: number[];
}

interface Join {
  number: string;
  /** Epoch ms. */
  at: number;
}

function joinedSince(printed: string, from: number): Join[] {
  const joins = [...printed.matchAll(/^joined (\d+) (\d+)$/gm)];
  return joins.map(([, number = '', at]) => ({ number, at: Number(at) })).filter(({ at }) => at >= from);
}

/** Runs in the page. */
function watchNumbers(): void {
  const seen: Record<string, number> = ((globalThis as Watching).seenNumbers = {});
  const look = () => {
    for (const [number] of document.body.textContent?.matchAll(/99890\d{7}/g) ?? []) {
      seen[number] ??= Date.now();
    }
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}

/** Runs in the page: the figure beside "Waiting" in the card of a queue. */
function watchWaiting(queue: string): void {
  const rises: number[] = ((globalThis as Watching).waitingRises = []);
  let before = 0;
  const look = () => {
    const labels = [...document.querySelectorAll('*')].filter(
      ({ childElementCount, textContent }) => childElementCount === 0 && textContent === 'Waiting',
    );
    const label = labels.find((one) => one.closest('article, li, section')?.textContent?.includes(queue));
    const waiting = Number(label?.nextElementSibling?.textContent ?? 0);
    if (waiting > before) {
      rises.push(Date.now());
    }
    before = waiting;
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}
