// What the pictures of payouts and schedules need before they are taken: rates, two periods with adjustments, saved reports
// and schedules that have run. Asks the collector through the preview, as an administrator; what is there already stays.
// The collector needs a `schedules.folder`, into which the schedules deliver.

const api = '/api/plugin-proxy/queuescope-callcenter-app/v1';
const currency = 'UZS';
/** Rates of single agents, per minute of talk, and the adjustments some of them get. */
const rates = ['165.50', '150', '142.75', '180', '155'];
const adjustments = [
  ['250000', 'Bonus: best service level of the month'],
  ['-45000', 'Advance paid on the 10th'],
];
const reports = [
  { name: 'Queues, last week', report: 'queues', params: {}, range: 'last-week' },
  { name: 'Service level by day', report: 'queues', params: { granularity: 'day' }, range: 'last-30-days' },
  {
    name: 'Callers to be called back',
    report: 'unreached',
    params: { state: 'unreached' },
    range: 'yesterday',
  },
];
/** Of each report above: when, as what. */
const schedules = [
  { name: 'Monday review', cron: '0 8 * * 1', formats: ['pdf', 'xlsx'], condition: null },
  {
    ...{ name: 'Service level missed', cron: '30 7 * * *', formats: ['pdf'] },
    condition: { column: 'serviceLevel', operator: '<', value: 0.95 },
  },
  { name: 'Callbacks for the morning shift', cron: '45 7 * * 1-5', formats: ['csv'], condition: null },
];

/**
 * @param {import('@playwright/test').APIRequestContext} request with the preview's cookies
 * @returns {Promise<{ period: number }>} ids that stand in addresses of pictures: the oldest period
 */
export async function prepare(request, base) {
  const ask = async (method, path, data) => {
    const answer = await request.fetch(`${base}${api}/${path}`, { method, ...(data && { data }) });
    const text = await answer.text();
    if (!answer.ok()) {
      throw new Error(`${method} ${path}: ${answer.status()} ${text}`);
    }
    return text === '' ? null : JSON.parse(text);
  };
  const { defaultZone: tz } = await ask('GET', 'me');
  if ((await ask('GET', 'payouts/periods')).rows.length === 0) {
    await preparePayouts(ask, tz);
  }
  if ((await ask('GET', 'schedules')).rows.length === 0) {
    await prepareSchedules(ask, tz);
  }
  const { rows: periods } = await ask('GET', 'payouts/periods');
  return { period: periods.at(-1).id };
}

async function preparePayouts(ask, tz) {
  const [lastMonth, thisMonth, nextMonth] = [-1, 0, 1].map(firstOfMonth);
  const { rows: agents } = await ask('GET', 'directory/agents?limit=5');
  await ask('PUT', 'payouts/rates', { rate: '120', currency });
  for (const [index, { pbx, name: agent }] of agents.entries()) {
    await ask('PUT', 'payouts/rates', { pbx, agent, rate: rates[index], currency, from: lastMonth, tz });
  }
  const open = (from, to) => ask('POST', 'payouts/periods', { name: nameOf(from), from, to, tz, currency });
  const { id } = await open(lastMonth, thisMonth);
  for (const [index, [amount, reason]] of adjustments.entries()) {
    const { pbx, name: agent } = agents[index];
    await ask('POST', `payouts/periods/${id}/adjustments`, { pbx, agent, amount, reason });
  }
  await ask('POST', `payouts/periods/${id}/lock`);
  await open(thisMonth, nextMonth);
}

async function prepareSchedules(ask, tz) {
  for (const [index, report] of reports.entries()) {
    const { id } = await ask('POST', 'saved-reports', { ...report, tz, shared: true });
    const schedule = await ask('POST', 'schedules', {
      ...schedules[index],
      ...{ savedReportId: id, tz, subject: '{schedule}: {period}', text: '{about}' },
      delivery: { kind: 'folder', path: 'reviews' },
    });
    await ask('POST', `schedules/${schedule.id}/run`);
    await delivered(ask, schedule.id);
  }
}

async function delivered(ask, id) {
  const isOver = ({ lastRun }) => lastRun && !['waiting', 'running'].includes(lastRun.state);
  while (!isOver(await ask('GET', `schedules/${id}`))) {
    await new Promise((wait) => setTimeout(wait, 500));
  }
}

/** @param {number} months from now. @returns `2026-11-01` */
function firstOfMonth(months) {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)).toISOString().slice(0, 10);
}

const nameOf = (date) =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
