/**
 * Checks of docker-compose.yml without Docker: the compose schema, pinned images, health, files, variables.
 *
 * In: the project's folder, what Grafana is given. Out: problems as lines. What must hold: every variable that the compose file or
 * provisioning asks for is set somewhere, and every file that is mounted exists.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { panelsOf } from './files.mjs';

const SECRET = /PASSWORD|TOKEN|SECRET/;

/** @returns {string[]} */
export function checkCompose(/** @type {string} */ projectDir, provisioned) {
  const read = (name) => readFileSync(join(projectDir, name), 'utf8');
  const text = read('docker-compose.yml');
  const compose = parse(text, { merge: true });
  return [
    ...schemaProblems(compose),
    ...Object.entries(compose.services).flatMap(([name, service]) =>
      serviceProblems(service, compose, projectDir).map((problem) => `service ${name}: ${problem}`),
    ),
    ...variableProblems(text, read('.env.example')),
    ...grafanaProblems(compose.services.grafana, provisionedVariables(projectDir), provisioned, projectDir),
  ];
}

function schemaProblems(compose) {
  const folder = dirname(createRequire(import.meta.url).resolve('dclint/package.json'));
  const { $schema: _draft7, ...schema } = JSON.parse(
    readFileSync(join(folder, 'schemas/compose.schema.json'), 'utf8'),
  );
  const validate = new Ajv({ strict: false, allErrors: true, logger: false }).compile(schema);
  return validate(compose)
    ? []
    : validate.errors.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
}

function serviceProblems(service, { services, volumes }, projectDir) {
  const problems = [];
  const { image, build, healthcheck, restart, depends_on: needs = {}, volumes: mounts = [] } = service;
  const [, tag] = /:([^:]+)$/.exec(image.replace(/\$\{\w+:-([^}]+)\}/, '$1')) ?? [];
  if (tag === undefined || !/^v?\d+\.\d+\.\d+$/.test(tag))
    problems.push(`the image ${image} is not pinned to a version`);
  if (build && !existsSync(join(projectDir, build.dockerfile)))
    problems.push(`there is no ${build.dockerfile}`);
  if (restart !== 'no' && !healthcheck) problems.push('it runs on and has no health check');
  for (const [other, { condition }] of Object.entries(needs)) {
    const wanted = services[other]?.restart === 'no' ? 'service_completed_successfully' : 'service_healthy';
    if (condition !== wanted) problems.push(`it waits for ${other} with ${condition}, not ${wanted}`);
  }
  for (const mount of mounts) {
    const [source] = mount.split(':');
    if (source.startsWith('.') ? !existsSync(join(projectDir, source)) : !(source in volumes))
      problems.push(`${source} of a mount does not exist`);
  }
  return problems;
}

/** Each ${NAME} stands in .env.example; secrets stand there without a value and must be given. */
function variableProblems(text, example) {
  const offered = new Map([...example.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
  const uses = [...text.matchAll(/(?<!\$)\$\{(\w+)([^}]*)\}/g)].map(([, name, rest]) => ({ name, rest }));
  const problems = uses
    .filter(({ name }) => !offered.has(name))
    .map(({ name }) => `\${${name}} is not in .env.example`);
  for (const [name, value] of offered) {
    const here = uses.filter((use) => use.name === name);
    if (here.length === 0) problems.push(`${name} of .env.example is not used`);
    else if (SECRET.test(name) && value !== '') problems.push(`${name} has a value in .env.example`);
    else if (!here.some(({ rest }) => rest.startsWith(':?') || rest.startsWith(':-')))
      problems.push(`nothing says what to do without ${name}`);
  }
  return problems;
}

/** What provisioning refers to as $NAME. */
function provisionedVariables(projectDir) {
  const folders = ['alerting', 'dashboards', 'datasources', 'plugins'].map((name) =>
    join(projectDir, 'provisioning', name),
  );
  const texts = folders.flatMap((folder) =>
    readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')),
  );
  const lines = texts
    .join('\n')
    .split('\n')
    .filter((line) => !/^\s*#/.test(line));
  return [...new Set([...lines.join('\n').matchAll(/\$(QUEUESCOPE_\w+)/g)].map(([, name]) => name))];
}

function grafanaProblems({ environment }, variables, { apps, datasources, dashboards }, projectDir) {
  const allowed = environment.GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS.split(',');
  const panels = dashboards.flatMap(({ dashboard }) => panelsOf(dashboard));
  const unsigned = [
    ...[...apps, ...datasources, ...panels].map(({ type }) => type),
    ...pluginIds(projectDir),
  ].filter((id) => id.startsWith('queuescope-'));
  return [
    ...variables
      .filter((name) => !(name in environment))
      .map((name) => `service grafana: provisioning needs $${name}`),
    ...[...new Set(unsigned)]
      .filter((id) => !allowed.includes(id))
      .map((id) => `service grafana: ${id} is not among the unsigned plugins that may load`),
  ];
}

/** Ids of the app and of all plugins nested in it. */
function pluginIds(projectDir) {
  return readdirSync(join(projectDir, 'plugin/src'), { recursive: true })
    .filter((name) => /(^|\/)plugin\.json$/.test(name))
    .map((name) => JSON.parse(readFileSync(join(projectDir, 'plugin/src', name), 'utf8')).id);
}
