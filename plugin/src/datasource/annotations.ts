/**
 * Annotations: times in which a PBX was not heard, restarts, quarter-hours that missed their target.
 *
 * In: which kinds, of which queues. Out: a frame as Grafana reads annotations. What must hold: the collector answers for at most
 * 92 days; of a longer range the last ones are shown.
 */
import { FieldType, type DataFrame } from '@grafana/data';
import { api } from '../api/client';
import { annotationWords, type Annotation } from './annotation-words';
import { namesOf } from './filters';
import { fitting } from './fitting';
import type { Asked } from './report-query';
import type { AnnotationsQuery, QueuescopeQuery } from './types';

/** What a dashboard stores of an annotation has no kind of its own. */
export function annotationsQuery(stored: QueuescopeQuery, name: string): AnnotationsQuery {
  const { refId, kinds = [], pbx, queues }: Partial<AnnotationsQuery> = { ...stored, kind: 'annotations' };
  return { refId: refId || name, kind: 'annotations', kinds, pbx, queues };
}

const MAX_MS = 92 * 86_400_000;

export async function annotationFrame(
  { refId, kinds, pbx, queues }: AnnotationsQuery,
  { range, zone, replace, signal }: Asked,
): Promise<DataFrame> {
  const to = range.to.valueOf();
  const from = Math.max(range.from.valueOf(), to - MAX_MS);
  const pbxs = namesOf(pbx, replace);
  const { rows } = await api.get<{ rows: Annotation[] }>(
    'annotations',
    {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      tz: zone,
      kinds,
      pbx: pbxs,
      queues: await fitting('queues', namesOf(queues, replace), pbxs, signal),
    },
    signal,
  );
  const field = (name: string, type: FieldType, value: (row: Annotation) => unknown) => ({
    name,
    type,
    config: {},
    values: rows.map(value),
  });
  return {
    refId,
    length: rows.length,
    fields: [
      field('time', FieldType.time, ({ time }) => new Date(time).valueOf()),
      // What goes on still ends at the edge of what is seen.
      field('timeEnd', FieldType.time, ({ kind, time, timeEnd }) =>
        new Date(timeEnd ?? (kind === 'restart' ? time : to)).valueOf(),
      ),
      field('title', FieldType.string, (row) => annotationWords(row).title),
      field('text', FieldType.string, (row) => annotationWords(row).text),
      field('tags', FieldType.other, ({ tags }) => tags),
    ],
  };
}
