// The call of the picture of a journey: of yesterday and today, the one with the most to see (queues, agents tried, a
// transfer, a hold), of which the talk does not take all the room.

const api = '/api/plugin-proxy/queuescope-callcenter-app/v1';
const dayMs = 86_400_000;

/**
 * @param {import('@playwright/test').APIRequestContext} request with the preview's cookies
 * @returns {Promise<number>} its contact
 */
export async function findCall(request, base) {
  const [from, to] = [Date.now() - 2 * dayMs, Date.now()].map((ms) => new Date(ms).toISOString());
  const query = new URLSearchParams({ from, to, tz: 'UTC', limit: '1000' });
  const answer = await request.fetch(`${base}${api}/reports/calls?${query}`);
  if (!answer.ok()) {
    throw new Error(`reports/calls: ${answer.status()} ${await answer.text()}`);
  }
  const worth = new Map();
  for (const visit of (await answer.json()).rows) {
    const { contactId, endedAt, attempts, transferKind, holdSeconds, waitSeconds, talkSeconds } = visit;
    const waiting = waitSeconds / Math.max(60, waitSeconds + (talkSeconds ?? 0));
    const seen =
      1 + Math.min(attempts ?? 0, 4) + 6 * waiting + (transferKind ? 1 : 0) + (holdSeconds ? 1 : 0);
    worth.set(contactId, (worth.get(contactId) ?? 0) + (endedAt === null ? -100 : seen));
  }
  const [best] = [...worth].sort(([, a], [, b]) => b - a);
  if (best === undefined) {
    throw new Error('No call since yesterday: nothing to picture');
  }
  return best[0];
}
