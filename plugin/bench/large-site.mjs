// A collector of a large site that never was: as much of the API as boards ask for, with rows that change as fast as they
// can. In: how many queues and agents, changes per second. Out: its address. What must hold: the same rows in every run.
import { createServer } from 'node:http';

const PBX = 'hq';
const STATES = ['ready', 'ringing', 'onCall', 'onHold', 'wrapUp', 'paused', 'otherCall', 'unavailable'];

/** @typedef {{ queues: number, agents: number, calls: number, perSecond: number, changed: number }} Size */

/**
 * @param {Size} size `changed`: share of the rows in each of the `perSecond` messages
 * @returns {Promise<{ url: string, delta: () => string, stop: () => void }>}
 */
export function startLargeSite(size) {
  const random = generator(11);
  const names = (/** @type {number} */ length, /** @type {string} */ word) =>
    Array.from({ length }, (_, at) => `${word} ${String(at + 1).padStart(4, '0')}`);
  const queues = names(size.queues, 'Очередь');
  const agents = names(size.agents, 'Agent');
  const state = (/** @type {number} */ at) => ({
    queues: queues.map((queue) => queueRow(queue, at, random)),
    agents: agents.map((agent, index) => agentRow(agent, queues[index % queues.length], at, random)),
    calls: names(size.calls, 'call').map((call, index) =>
      callRow(call, queues[index % queues.length], at, random),
    ),
  });
  const some = (/** @type {object[]} */ rows) => rows.filter(() => random() < size.changed);
  const delta = () => {
    const at = Date.now();
    const all = state(at);
    return JSON.stringify({
      ...{ at, pbxs: [], queues: some(all.queues), agents: some(all.agents), calls: some(all.calls) },
      gone: { pbxs: [], queues: [], agents: [], calls: [] },
    });
  };
  const answers = answersOf(queues, agents, random);
  const streams = new Set();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    if (pathname === '/api/v1/live/stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      const at = Date.now();
      response.write(
        `event: snapshot\ndata: ${JSON.stringify({ at, pbxs: [pbxRow(at)], ...state(at) })}\n\n`,
      );
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return;
    }
    const answer = answers[pathname.replace('/api/v1/', '')];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(answer ? answer(searchParams) : { title: 'Not found', status: 404, detail: pathname }),
    );
  });
  const timer = setInterval(() => {
    if (streams.size > 0) {
      const text = `event: delta\ndata: ${delta()}\n\n`;
      streams.forEach((stream) => stream.write(text));
    }
  }, 1_000 / size.perSecond);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      const stop = () => {
        clearInterval(timer);
        server.closeAllConnections();
        server.close();
      };
      resolve({ url: `http://127.0.0.1:${port}`, delta, stop });
    });
  });
}

/** Repeatable numbers, 0–1 (Lehmer). */
function generator(/** @type {number} */ seed) {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** @typedef {() => number} Random */
const upTo = (/** @type {Random} */ random, /** @type {number} */ most) => Math.floor(random() * most);

const pbxRow = (/** @type {number} */ at) => ({
  ...{
    pbx: PBX,
    link: 'up',
    staleSince: null,
    staleReason: '',
    lastEventAt: at,
    eventLagMs: 20,
    expiredCalls: 0,
  },
});

function queueRow(/** @type {string} */ queue, /** @type {number} */ at, /** @type {Random} */ random) {
  const waiting = upTo(random, 6);
  const wait = upTo(random, 180_000);
  const agents = Object.fromEntries(STATES.map((state) => [state, upTo(random, 5)]));
  return {
    ...{ pbx: PBX, queue, waiting, ringing: 0, talking: agents.onCall, maxMissesInARow: upTo(random, 3) },
    ...{ longestWaitMs: waiting > 0 ? wait : 0, oldestEnteredAt: waiting > 0 ? at - wait : null },
    agents: { loggedIn: Object.values(agents).reduce((sum, one) => sum + one, 0), ...agents },
    longestPauseMs: upTo(random, 600_000),
  };
}

/** @type {(agent: string, queue: string, at: number, random: Random) => object} */
function agentRow(agent, queue, at, random) {
  const state = STATES[upTo(random, STATES.length)];
  const talks = state === 'onCall' || state === 'onHold';
  return {
    ...{ pbx: PBX, agent, interfaces: [`PJSIP/${agent}`], state, reason: state === 'paused' ? 'Lunch' : '' },
    ...{ since: at - upTo(random, 900_000), callId: talks ? 'x' : null, queue: talks ? queue : null },
    ...{ callerNumber: talks ? '+998901234567' : null, callerName: null, missesInARow: upTo(random, 3) },
    queues: [
      {
        queue,
        loginAt: at - 3_600_000,
        paused: state === 'paused',
        reason: '',
        pausedSince: null,
        penalty: 0,
      },
    ],
  };
}

/** @type {(callId: string, queue: string, at: number, random: Random) => object} */
const callRow = (callId, queue, at, random) => ({
  ...{
    pbx: PBX,
    callId,
    queue,
    state: 'waiting',
    callerNumber: '+998901234567',
    callerName: null,
    did: '1234',
  },
  ...{ enteredAt: at - upTo(random, 200_000), position: 1, offeredTo: [], agent: null, answeredAt: null },
  ...{ holdSince: null, estimated: false },
});

/** @returns {Record<string, (query: URLSearchParams) => unknown>} */
function answersOf(
  /** @type {string[]} */ queues,
  /** @type {string[]} */ agents,
  /** @type {Random} */ random,
) {
  const column = (/** @type {string} */ key, type = 'count') => ({
    ...{ key, label: key, type, unit: null, description: key },
  });
  const meta = {
    ...{
      report: '',
      from: '2026-11-20T00:00:00Z',
      to: '2026-11-21T00:00:00Z',
      tz: 'UTC',
      granularity: 'total',
    },
    completeness: { horizons: [], gaps: [], openCalls: 0, pendingBuckets: 0 },
    notes: [],
  };
  const report = (
    /** @type {object[]} */ rows,
    /** @type {object[]} */ columns,
    /** @type {object[]} */ tables = [],
  ) => ({
    ...{ meta, columns, rows, totals: {}, tables },
  });
  const directory = (/** @type {string[]} */ names) => (/** @type {URLSearchParams} */ query) => {
    const [limit, offset] = [Number(query.get('limit') ?? 100), Number(query.get('offset') ?? 0)];
    const rows = names.map((name, id) => ({
      id,
      pbx: PBX,
      name,
      displayName: `${name} ★`,
      team: `Team ${id % 20}`,
      target: 0.8,
    }));
    return { rows: rows.slice(offset, offset + limit), count: names.length };
  };
  const day = (/** @type {string} */ key, /** @type {string[]} */ names) =>
    names.map((name) => ({
      ...{
        pbx: PBX,
        [key]: name,
        entered: upTo(random, 300),
        answered: upTo(random, 250),
        abandoned: upTo(random, 30),
      },
      ...{ serviceLevel: random(), slThresholdSeconds: 20, ringNoAnswers: upTo(random, 9) },
    }));
  const days = Array.from({ length: 31 }, (_, at) => `2026-10-${String(at + 1).padStart(2, '0')}`);
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const cells = (/** @type {object} */ member) =>
    days.flatMap((date) =>
      hours.map((hour) => ({ ...member, date, hour, from: null, to: null, value: upTo(random, 90) })),
    );
  const cellColumns = [column('date', 'date'), column('hour', 'number'), column('value')];
  return {
    me: () => ({
      ...{
        login: 'bench',
        name: 'Bench',
        role: 'admin',
        tenant: 'default',
        seesNumbers: true,
        permissions: [],
      },
      ...{ zones: ['UTC'], defaultZone: 'UTC', version: '0' },
    }),
    preferences: () => ({ lang: null, defaultPresets: {} }),
    'directory/queues': directory(queues),
    'directory/agents': directory(agents),
    'reports/queues': () => report(day('queue', queues), [column('entered')]),
    'reports/agents': () => report(day('agent', agents), [column('answered')]),
    'reports/heatmap': () =>
      report(
        queues.slice(0, 130).flatMap((queue) => cells({ pbx: PBX, queue, displayName: queue })),
        [column('pbx', 'text'), column('queue', 'text'), column('displayName', 'text'), ...cellColumns],
        [{ key: 'all', title: 'all', columns: cellColumns, rows: cells({}), totals: null }],
      ),
  };
}
