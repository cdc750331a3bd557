/**
 * Names in a query, with template variables replaced.
 *
 * In: lists of names or variables. Out: the names meant; null: all. What must hold: a variable of several values gives all
 * of them; one whose "All" has the custom value `*` or `.*`, or is empty, filters nothing; names are never patterns.
 */
import type { ScopedVars } from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';

const EVERYTHING = new Set(['', '*', '.*', '.+', '$__all']);

export type Replace = (text: string) => string[];

/** Replaces by Grafana's variables. */
export function replaceVariables(scopedVars: ScopedVars | undefined): Replace {
  return (text) => {
    const lists: string[][] = [];
    const replaced = getTemplateSrv().replace(text, scopedVars, (value: string | string[]) => {
      lists.push(Array.isArray(value) ? value : [value]);
      return `\0${lists.length - 1}\0`;
    });
    return expand(replaced, lists);
  };
}

/** Each way to fill the places `\0n\0` of a text: names may hold commas and braces, so that no format of text is safe. */
function expand(text: string, lists: readonly string[][]): string[] {
  const place = /\0(\d+)\0/.exec(text);
  if (place === null) {
    return [text];
  }
  const values = lists[Number(place[1])] ?? [];
  return values.flatMap((value) =>
    expand(
      text.replace(place[0], () => value),
      lists,
    ),
  );
}

/** @returns null when everything is meant. */
export function namesOf(texts: readonly string[] | undefined, replace: Replace): string[] | null {
  const names = [...new Set((texts ?? []).flatMap(replace).map((name) => name.trim()))];
  return names.some((name) => EVERYTHING.has(name)) || names.length === 0 ? null : names;
}

/** A parameter of a report: lists are joined by commas, as the API reads them. @returns null: left out */
export function textOf(text: string, replace: Replace): string | null {
  return namesOf([text], replace)?.join(',') ?? null;
}
