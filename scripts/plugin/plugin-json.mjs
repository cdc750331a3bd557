// The rules for plugin.json. In: its content, and what is known of the files beside it. Out: what is wrong.

const types = ['app', 'panel', 'datasource'];
const idPattern = /^[0-9a-z]+-[0-9a-z]+-(app|panel|datasource)$/;
const roles = ['Viewer', 'Editor', 'Admin'];

export function idProblems(/** @type {any} */ { id, name, type }) {
  return [
    ...unless(types.includes(type), `type "${type}" is none of ${types.join(', ')}`),
    ...unless(idPattern.test(id ?? ''), `id "${id}" is not organization-name-type in small letters`),
    ...unless(String(id).endsWith(`-${type}`), `id "${id}" does not end in its type, ${type}`),
    ...unless(name && name !== id, 'name is missing or the same as the id'),
  ];
}

/**
 * @param {any} json
 * @param {{ version: string, has: (image: string) => boolean }} files
 */
export function infoProblems({ info = {}, dependencies = {} }, { version, has }) {
  const images = [
    ...['small', 'large'].map((size) => [`info.logos.${size}`, info.logos?.[size]]),
    ...(info.screenshots ?? []).map((shot, index) => [`info.screenshots[${index}]`, shot.path]),
  ];
  return [
    ...unless(info.description?.length >= 10, 'info.description is missing or says nothing'),
    ...unless(info.keywords?.length > 0, 'info.keywords is empty'),
    ...unless(info.author?.name, 'info.author.name is missing'),
    ...unless(info.version === version, `info.version is ${info.version}, package.json says ${version}`),
    ...unless(/^\d{4}-\d{2}-\d{2}$/.test(info.updated ?? ''), `info.updated "${info.updated}" is no date`),
    ...(info.screenshots ?? []).flatMap((shot, index) =>
      unless(shot.name, `info.screenshots[${index}] has no name`),
    ),
    ...images.flatMap(([where, path]) => imageProblems(where, path, has)),
    ...dependencyProblems(dependencies.grafanaDependency),
  ];
}

function imageProblems(where, path, has) {
  if (!path) return [`${where} is missing`];
  if (/^[./]|^\w+:|\\/.test(path))
    return [`${where} "${path}" is not a path within the plugin, as img/logo.svg`];
  return unless(has(path), `${where} "${path}" does not exist`);
}

function dependencyProblems(range) {
  if (!/^(>=?|\^|~)?\d+\.\d+\.\d+(-\S+)?( .+)?$/.test(range ?? ''))
    return [`dependencies.grafanaDependency "${range}" is no range of versions`];
  return unless(/^[>^~]/.test(range), `dependencies.grafanaDependency "${range}" is one single version`);
}

/**
 * @param {any} json of the app
 * @param {{ file: string, json: any }[]} nested
 */
export function includeProblems({ id, includes = [] }, nested) {
  const pages = includes.filter(({ type }) => type === 'page');
  const plugins = includes.filter(({ type }) => type !== 'page');
  return [
    ...pages.flatMap(({ name, path, role }) => [
      ...unless(
        path?.startsWith(`/a/${id}`) || path === `/plugins/${id}`,
        `page "${name}": "${path}" is no address of this app`,
      ),
      ...unless(!role || roles.includes(role), `page "${name}": there is no role ${role}`),
    ]),
    ...unless(
      pages.filter(({ defaultNav }) => defaultNav).length === 1,
      'not exactly one page is defaultNav',
    ),
    ...plugins.flatMap(({ name, type, path }) => {
      const found = nested.find(({ file }) => file === path);
      if (!found) return [`includes "${name}": there is no ${path}`];
      return [
        ...unless(
          found.json.type === type,
          `includes "${name}" as ${type}, but ${path} is a ${found.json.type}`,
        ),
        ...unless(found.json.name === name, `includes "${name}", but ${path} is named "${found.json.name}"`),
      ];
    }),
    ...nested.flatMap(({ file }) =>
      unless(
        plugins.some(({ path }) => path === file),
        `${file} is not in includes`,
      ),
    ),
  ];
}

/** Every action that is asked for is granted by a role of the app, and named as Grafana wants it. */
export function permissionProblems(/** @type {any} */ { id, includes = [], roles: own = [], routes = [] }) {
  const granted = own.flatMap(({ role }) => role.permissions.map(({ action }) => action));
  const asked = [...includes.map(({ action }) => action), ...routes.map(({ reqAction }) => reqAction)];
  return [
    ...granted.flatMap((action) =>
      unless(/[.:]/.test(action) && action.startsWith(id), `action "${action}" does not begin with ${id}.`),
    ),
    ...asked
      .filter(Boolean)
      .flatMap((action) => unless(granted.includes(action), `action "${action}" is granted by no role`)),
    ...own.flatMap(({ role, grants }) =>
      unless(
        grants.every((grant) => [...roles, 'Grafana Admin'].includes(grant)),
        `role "${role.name}" is granted to an unknown role`,
      ),
    ),
    ...routes.flatMap(({ path, url, headers = [] }) => [
      ...unless(!path.startsWith('/'), `route "${path}" begins with a slash`),
      ...unless(!/^http:\/\/(?!\{)/.test(url), `route "${path}" goes to a fixed address`),
      ...headers.flatMap(({ name, content }) =>
        unless(
          name !== 'Authorization' || content.includes('.SecureJsonData.'),
          `route "${path}": the token is not taken from secureJsonData`,
        ),
      ),
    ]),
  ];
}

const unless = (/** @type {unknown} */ holds, /** @type {string} */ problem) => (holds ? [] : [problem]);
