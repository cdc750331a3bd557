/** `recordings` of a PBX: where they are, checked. In: a valid section. Out: the rule; what is wrong goes to the `Lookup`. */
import { filePatternProblem, fixedStart, patternProblem } from '../recordings/template.js';
import type { RecordingsConfig } from './config.js';
import type { Lookup } from './lookup.js';
import type { ConfigFile } from './schema.js';
import { Secret } from './secret.js';

type RecordingsFile = NonNullable<ConfigFile['pbxs'][number]['recordings']>;

/** @param zone of dates in names where the section names none */
export function recordingsConfig(
  lookup: Lookup,
  given: RecordingsFile,
  key: string,
  zone: string,
): RecordingsConfig | null {
  const dates = lookup.zone(`${key}.zone`, given.zone ?? zone);
  const { folder, url } = given;
  if (folder !== undefined && url !== undefined) {
    lookup.problem(key, 'has folder and url; keep one of them');
    return null;
  }
  const authorization = lookup.optional(`${key}.authorization`, {
    value: given.authorization,
    file: given.authorizationFile,
    env: given.authorizationEnv,
  });
  if (folder !== undefined) {
    tell(lookup, `${key}.file`, filePatternProblem(given.file));
    if (authorization !== null) lookup.problem(`${key}.authorization`, 'belongs to url; remove it');
    return { from: 'folder', folder: lookup.path(folder), file: given.file, zone: dates };
  }
  if (url === undefined) {
    lookup.problem(key, 'needs folder or url');
    return null;
  }
  tell(lookup, `${key}.url`, urlProblem(url));
  return {
    from: 'url',
    url,
    authorization: authorization === null ? null : new Secret(authorization),
    zone: dates,
  };
}

function urlProblem(url: string): string | null {
  // The path must have begun: else a value could be part of the name of the server.
  if (!/^https?:\/\/[^/{]+\/./.test(url))
    return 'is no address; write https://recordings.example.org/{recording}';
  return patternProblem(url) ?? (URL.canParse(fixedStart(url)) ? null : 'is no address');
}

function tell(lookup: Lookup, key: string, problem: string | null): void {
  if (problem !== null) lookup.problem(key, problem);
}
