/**
 * Names in a query, with template variables replaced.
 *
 * In: lists of names or variables. Out: the names meant; null: all. What must hold: a variable of several values gives all
 * of them; one that is empty, or whose "All" is everybody there is, filters nothing; names are never patterns.
 */
import type { ScopedVars, TypedVariableModel } from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';
import type { VariableQuery } from './types';

const ALL = '$__all';
const EVERYTHING = new Set(['', '*', '.*', '.+', ALL]);

export type Replace = (text: string) => string[];

interface Values {
  values: string[];
  isEverybody: boolean;
}

/** A text that is one variable and nothing else. */
const ONE = '\x000\x00';

/** Replaces by Grafana's variables. */
export function replaceVariables(scopedVars: ScopedVars | undefined): Replace {
  const replace: Replace = (text) => {
    const places: Values[] = [];
    const format = (value: string | string[], { name }: { name?: string } = {}) => {
      const values = Array.isArray(value) ? value : [value];
      // One value of a variable set to "All" is that of a repeated panel.
      places.push({ values, isEverybody: values.length > 1 && isEverybody(name, replace) });
      return `\0${places.length - 1}\0`;
    };
    const replaced = getTemplateSrv().replace(text, scopedVars, format);
    return replaced.trim() === ONE && places[0]?.isEverybody ? [ALL] : expand(replaced, places);
  };
  return replace;
}

/** Whether a variable is set to "All" and nothing limits whom it offers: then nobody is meant to be left out. */
function isEverybody(name: string | undefined, replace: Replace): boolean {
  const variable = getTemplateSrv()
    .getVariables()
    .find((one) => one.name === name);
  return variable?.type === 'query' && isSetToAll(variable) && offersEverybody(variable, replace);
}

type QueryVariable = Extract<TypedVariableModel, { type: 'query' }>;

function isSetToAll({ current }: QueryVariable): boolean {
  const value: unknown = 'value' in current ? current.value : undefined;
  return value === ALL || (Array.isArray(value) && value[0] === ALL);
}

/** Only of a variable of this data source one can know it. */
function offersEverybody({ query, regex }: QueryVariable, replace: Replace): boolean {
  const { of, pbx, teams }: Partial<VariableQuery> = typeof query === 'object' && query !== null ? query : {};
  return of !== undefined && !regex && namesOf(pbx, replace) === null && namesOf(teams, replace) === null;
}

/** Each way to fill the places `\0n\0` of a text: names may hold commas and braces, so that no format of text is safe. */
function expand(text: string, places: readonly Values[]): string[] {
  const place = /\0(\d+)\0/.exec(text);
  if (place === null) {
    return [text];
  }
  const values = places[Number(place[1])]?.values ?? [];
  return values.flatMap((value) =>
    expand(
      text.replace(place[0], () => value),
      places,
    ),
  );
}

/** @returns null when everything is meant. */
export function namesOf(texts: readonly string[] | undefined, replace: Replace): string[] | null {
  const names = [...new Set((texts ?? []).flatMap(replace).map((name) => name.trim()))];
  return names.some((name) => EVERYTHING.has(name)) || names.length === 0 ? null : names;
}

/** A parameter of a report, whose text may be a list by commas. @returns null: left out */
export const paramOf = (text: string, replace: Replace): string[] | null => namesOf([text], replace);
