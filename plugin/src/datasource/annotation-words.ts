/**
 * What a mark on a chart says, in the active language.
 *
 * In: a mark of the collector. Out: its title and text. What must hold: a kind of a later collector keeps the collector's own
 * words.
 */
import { t } from '@grafana/i18n';
import { formatNumber, formatRatio } from '../format/format';
import { PLAIN } from '../i18n/plain';
import { reasonText, sourceText } from '../i18n/reasons';

export interface Annotation {
  time: string | number;
  timeEnd: string | number | null;
  kind: string;
  pbx: string;
  queue: string | null;
  /** In English, as `text`. */
  title: string;
  text: string;
  tags: string[];
  value: number | null;
  goal: number | null;
  queueName: string | null;
  entered: number | null;
  thresholdSeconds: number | null;
  source: string | null;
  reasonCode: string | null;
  reasonParams: Record<string, string>;
}

export function annotationWords(mark: Annotation): { title: string; text: string } {
  const { kind, title, text, pbx, queue, queueName, source, value, goal, entered, thresholdSeconds } = mark;
  const values = {
    ...PLAIN,
    queue: queueName ?? queue ?? '',
    value: formatRatio(value),
    goal: formatRatio(goal),
    entered: formatNumber(entered),
    seconds: formatNumber(thresholdSeconds),
  };
  switch (kind) {
    case 'gap':
      return {
        title: t('datasource.mark.gapTitle', '{{pbx}}: {{source}} not heard', {
          ...PLAIN,
          pbx,
          source: sourceText(source ?? ''),
        }),
        text: reasonText({ ...mark, reason: text }),
      };
    case 'restart':
      return {
        title: t('datasource.mark.restartTitle', '{{pbx}} started', { ...PLAIN, pbx }),
        text: t('datasource.mark.restartText', 'Callers who waited then are counted as interrupted.'),
      };
    case 'serviceLevel':
      return {
        title: t('datasource.mark.serviceLevelTitle', '{{queue}}: service level missed', values),
        text: t(
          'datasource.mark.serviceLevelText',
          '{{value}} within {{seconds}} s of a goal of {{goal}} ({{entered}} entered)',
          values,
        ),
      };
    case 'abandons':
      return {
        title: t('datasource.mark.abandonsTitle', '{{queue}}: many abandoned', values),
        text: t(
          'datasource.mark.abandonsText',
          '{{value}} abandoned, more than {{goal}} ({{entered}} entered)',
          values,
        ),
      };
    default:
      return { title, text };
  }
}
