/**
 * What the values of a configuration file refer to: paths, zones, secrets in files and variables.
 *
 * In: the folder paths start from and the environment. Out: what was referred to, and a problem for everything that cannot be
 * had, each with its key. What must hold: a problem never ends the reading, so that all are told at once.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { zoneOf, ZoneError } from '../time/zone.js';
import type { ConfigProblem } from './problem.js';
import { type Secret, secretUrl } from './secret.js';

export interface Surroundings {
  file: string | null;
  baseDir: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** A secret as it was written: one of the ways is to be used. */
export type Given = Partial<Record<'value' | 'file' | 'env', string | undefined>>;

export class Lookup {
  readonly problems: ConfigProblem[] = [];
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  problem(key: string, message: string): void {
    this.problems.push({ key, message });
  }

  /** Absolute. */
  path(written: string): string {
    return path.resolve(this.#around.baseDir, written);
  }

  zone(key: string, zone: string): string {
    try {
      zoneOf(zone);
    } catch (error) {
      if (!(error instanceof ZoneError)) throw error;
      this.problem(key, error.message);
    }
    // An offset passes above, but it is no zone: it has no summer time, and databases do not know it by name.
    if (/^[+-]/.test(zone))
      this.problem(key, `"${zone}" is an offset; use an IANA name such as Asia/Tashkent`);
    return zone;
  }

  /** The URL with its password hidden. */
  mysqlUrl(key: string, url: string): Secret {
    if (url !== '' && !(URL.canParse(url) && /^(mysql|mariadb):$/.test(new URL(url).protocol))) {
      this.problem(
        key,
        'is no database URL; write mysql://user:password@host:3306/database (encode @ : / in it)',
      );
    }
    return secretUrl(url);
  }

  /** A secret given as value, file or variable: exactly one of them. */
  required(key: string, given: Given): string {
    const value = this.optional(key, given);
    if (value === null) {
      const ways = given.env === undefined && !('env' in given) ? `${key}File` : `${key}File or ${key}Env`;
      this.problem(key, `is missing; give it here, or by ${ways}`);
    }
    return value ?? '';
  }

  /** As `required`, but may be left out: null then. */
  optional(key: string, given: Given): string | null {
    const ways = Object.values(given).filter((way) => way !== undefined);
    if (ways.length === 0) return null;
    if (ways.length > 1) {
      this.problem(key, `is given more than once (${key}, ${key}File, ${key}Env); keep one`);
      return '';
    }
    if (given.value !== undefined) return given.value;
    if (given.file !== undefined) return this.read(`${key}File`, given.file).trim();
    const name = given.env ?? '';
    const value = this.#around.env[name];
    if (value === undefined || value === '') {
      this.problem(`${key}Env`, `the environment variable ${name} is not set`);
    }
    return value ?? '';
  }

  /** The file's text; '' when it cannot be read, which is a problem. */
  read(key: string, file: string): string {
    try {
      return readFileSync(this.path(file), 'utf8');
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      this.problem(key, `${this.path(file)} cannot be read (${code}); check the path and who may read it`);
      return '';
    }
  }
}
