/**
 * Template variables: PBXs, queues, agents, teams.
 *
 * In: what of, of which PBXs or teams. Out: values (names on the PBX, which filters take) with the names people know. What must
 * hold: a name of several PBXs comes once, for a filter means it on all of them.
 */
import { CustomVariableSupport, FieldType, type DataFrame, type DataQueryRequest } from '@grafana/data';
import type { Observable } from 'rxjs';
import { members, type Member } from '../live/today';
import type { QueuescopeDataSource } from './DataSource';
import { VariableEditor } from './editor/VariableEditor';
import { namesOf } from './filters';
import type { Asked } from './report-query';
import type { VariableQuery } from './types';

export class QueuescopeVariables extends CustomVariableSupport<QueuescopeDataSource, VariableQuery> {
  editor = VariableEditor;

  constructor(private readonly datasource: QueuescopeDataSource) {
    super();
  }

  override query(request: DataQueryRequest<VariableQuery>): Observable<{ data: DataFrame[] }> {
    const targets = request.targets.map((target) => ({
      ...target,
      kind: 'variable' as const,
      refId: target.refId || 'A',
    }));
    return this.datasource.query({ ...request, targets });
  }

  override getDefaultQuery(): Partial<VariableQuery> {
    return { kind: 'variable', of: 'queues' };
  }
}

export interface Choice {
  value: string;
  text: string;
}

export async function variableFrame(
  { refId, of, pbx, teams }: VariableQuery,
  { replace, signal }: Pick<Asked, 'replace' | 'signal'>,
): Promise<DataFrame> {
  const lists = of === 'queues' || of === 'agents' ? [of] : (['queues', 'agents'] as const);
  const found = await Promise.all(lists.map((list) => members(list, signal)));
  const choices = choicesOf(
    of,
    found.flatMap((list) => [...list.values()]),
    { pbxs: namesOf(pbx, replace), teams: namesOf(teams, replace) },
  );
  return {
    refId,
    length: choices.length,
    fields: [
      { name: 'text', type: FieldType.string, config: {}, values: choices.map(({ text }) => text) },
      { name: 'value', type: FieldType.string, config: {}, values: choices.map(({ value }) => value) },
    ],
  };
}

/** Sorted by what people read. */
export function choicesOf(
  of: VariableQuery['of'],
  found: readonly Member[],
  { pbxs, teams }: { pbxs: readonly string[] | null; teams: readonly string[] | null },
): Choice[] {
  const texts = new Map<string, string>();
  for (const { pbx, name, displayName, team } of found) {
    if ((pbxs !== null && !pbxs.includes(pbx)) || (teams !== null && !teams.includes(team ?? ''))) {
      continue;
    }
    const [value, text] =
      of === 'pbxs' ? [pbx, pbx] : of === 'teams' ? [team, team] : [name, displayName ?? name];
    if (value && text && !texts.has(value)) {
      texts.set(value, text);
    }
  }
  return [...texts].map(([value, text]) => ({ value, text })).sort((a, b) => a.text.localeCompare(b.text));
}
