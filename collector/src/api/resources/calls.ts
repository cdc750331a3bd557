/** Single calls: the journey of one caller through queues, agents and transfers. */
import type { Mask } from '../../directory/masking.js';
import type { Api } from '../typed-app.js';
import { accessOf } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { Problem } from '../problem.js';
import { IdParams, routeOptions } from '../route-schema.js';
import { Journey, type ToldJourney } from './journey-schema.js';

type Deps = Pick<ApiDeps, 'journey' | 'masking' | 'recordings'>;

export function addCallRoutes(app: Api, { journey, masking, recordings }: Deps): void {
  const options = routeOptions({
    tag: 'calls',
    summary: 'The journey of one call',
    description:
      'Every event of one caller across queues and transfers; id is contactId of the calls report.',
    access: 'viewer',
    params: IdParams,
    answers: { 200: Journey },
    problems: [404],
  });
  app.get('/api/v1/calls/:id', options, async (request) => {
    const access = accessOf(request);
    const { id } = request.params;
    const found = await journey(id, access.tenantId);
    if (found === null) throw new Problem(404, `There is no call ${id}.`);
    const mask = masking.maskFor(access);
    const shown = mask === null ? found : masked(found, mask);
    return { ...shown, hasRecordings: recordings.hasRule(found.pbx) };
  });
}

/** Channel names may carry numbers too (`Local/998901234567@…`): their events' details are masked wherever they hold it. */
function masked(journey: ToldJourney, mask: Mask): ToldJourney {
  const hide = hiding(journey.callerNumber, mask);
  return {
    ...journey,
    callerNumber: mask(journey.callerNumber),
    callerName: mask(journey.callerName),
    visits: journey.visits.map((visit) => ({ ...visit, transferTo: hide(visit.transferTo) })),
    legs: journey.legs.map((leg) => ({
      ...leg,
      channel: hide(leg.channel),
      destinationChannel: hide(leg.destinationChannel),
      destination: hide(leg.destination),
    })),
    events: journey.events.map((event) => ({
      ...event,
      details: Object.fromEntries(
        Object.entries(event.details).map(([name, value]) => [
          name,
          /^caller(Number|Name)$/.test(name) && typeof value === 'string' ? mask(value) : hide(value),
        ]),
      ),
    })),
  };
}

/** Replaces the caller's number in any text that holds it. */
function hiding(number: string | null, mask: Mask): <T>(value: T) => T | string {
  const shown = mask(number) ?? '…';
  return (value) =>
    number === null || number.length < 3 || typeof value !== 'string'
      ? value
      : value.replaceAll(number, shown);
}
