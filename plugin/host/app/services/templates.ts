/**
 * Grafana's template variables. The preview has no dashboard, so only those that come with a query exist.
 *
 * In: a text and scoped variables. Out: the text with `$name`, `${name}`, `${name:format}` and `[[name]]` replaced. What
 * must hold: what is not known stays as it is.
 */
import type { ScopedVars, TimeRange, TypedVariableModel } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';

const VARIABLE = /\$(\w+)|\[\[(\w+)(?::\w+)?\]\]|\$\{(\w+)(?:\.[^:^}]+)?(?::([^}]+))?\}/g;

export class HostTemplateSrv implements TemplateSrv {
  #range: TimeRange | null = null;

  getVariables(): TypedVariableModel[] {
    return [];
  }

  replace(target = '', scopedVars: ScopedVars = {}, format?: Parameters<TemplateSrv['replace']>[2]): string {
    return target.replace(VARIABLE, (match: string, plain?: string, bracketed?: string, braced?: string) => {
      const name = plain ?? bracketed ?? braced ?? '';
      const value: unknown = scopedVars[name]?.value ?? this.#global(name);
      if (value === undefined || value === null) {
        return match;
      }
      return typeof format === 'function' ? String(format(value, {}, String)) : [value].flat().join(',');
    });
  }

  containsTemplate(target = ''): boolean {
    return target.search(VARIABLE) >= 0;
  }

  updateTimeRange(timeRange: TimeRange): void {
    this.#range = timeRange;
  }

  #global(name: string): number | undefined {
    switch (name) {
      case '__from':
        return this.#range?.from.valueOf();
      case '__to':
        return this.#range?.to.valueOf();
      default:
        return undefined;
    }
  }
}
