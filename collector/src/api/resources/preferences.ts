/** What the asking user prefers, kept for him alone. */
import { Preferences } from '../../directory/preferences.js';
import { nearest } from '../../config/suggest.js';
import { CATALOG } from '../../reports/catalog.js';
import { accessOf } from '../auth.js';
import type { ApiDeps } from '../deps.js';
import { Problem, type FieldError } from '../problem.js';
import { routeOptions } from '../route-schema.js';
import type { Api } from '../typed-app.js';

const PATH = '/api/v1/preferences';

export function addPreferenceRoutes(app: Api, { preferences }: Pick<ApiDeps, 'preferences'>): void {
  const read = routeOptions({
    tag: 'me',
    summary: 'What you prefer',
    description: 'Of the user; of the token where it acts for nobody.',
    access: 'viewer',
    answers: { 200: Preferences },
  });
  app.get(PATH, read, (request) => preferences.get(accessOf(request)));

  const write = routeOptions({
    tag: 'me',
    summary: 'Say what you prefer',
    description: 'Replaces all of it. A saved report that is removed later is simply not opened.',
    access: 'viewer',
    body: Preferences,
    answers: { 200: Preferences },
  });
  app.put(PATH, write, async (request) => {
    checkReports(request.body);
    await preferences.set(accessOf(request), request.body);
    return request.body;
  });
}

/** @throws Problem 400 naming every report there is not */
function checkReports({ defaultPresets }: Preferences): void {
  const names = CATALOG.map(({ name }) => name);
  const errors = Object.keys(defaultPresets)
    .filter((report) => !names.includes(report))
    .map((report): FieldError => {
      const [near] = nearest(report, names, 1);
      const hint = near === undefined ? '' : `; did you mean ${near}?`;
      return { field: `defaultPresets.${report}`, message: `there is no report ${report}${hint}` };
    });
  if (errors.length > 0) throw new Problem(400, errors.map(({ message }) => message).join('; '), { errors });
}
