/**
 * A report that cannot be answered: what is wrong, and a way on.
 *
 * In: the API's error (null: the range of the address is none), the filters. Out: the error with what mends it. What must
 * hold: what the API names (a range too long, a queue that is gone) can be mended by one click.
 */
import { t } from '@grafana/i18n';
import { Button, Stack } from '@grafana/ui';
import React from 'react';
import { PLAIN } from '../../i18n/plain';
import { ApiError } from '../../api/errors';
import { NAMED_RANGES, type RawRange } from '../../components/filters/range';
import { ErrorState } from '../../components/states';
import type { Filters } from '../../components/filters/filter-value';
import { paramText } from '../../components/filters/param-texts';

interface Props {
  error: ApiError | null;
  filters: Filters;
  fallback: RawRange;
  onRetry?: () => void;
  onRange: (range: RawRange) => void;
  onFilters: (filters: Filters) => void;
}

const RANGE_FIELDS = ['from', 'to', 'granularity'];

export function ReportProblem({ error, filters, fallback, onRetry, onRange, onFilters }: Props) {
  const fields = error?.errors.map(({ field }) => field) ?? ['from'];
  const wrong = fields.filter((field) => filters[field]);
  const isRange = fields.some((field) => RANGE_FIELDS.includes(field));
  const without = (): Filters =>
    Object.fromEntries(Object.entries(filters).filter(([name]) => !wrong.includes(name)));
  return (
    <Stack direction="column" gap={1} alignItems="flex-start">
      <ErrorState error={error ?? noRange()} onRetry={error?.kind === 'invalid' ? undefined : onRetry} />
      <Stack direction="row" gap={1} wrap="wrap">
        {isRange && (
          <>
            <Button
              variant="secondary"
              icon="calendar-alt"
              onClick={() => onRange(NAMED_RANGES['last-30-days'])}
            >
              {t('reports.problem.last30', 'Look at the last 30 days')}
            </Button>
            <Button variant="secondary" fill="outline" onClick={() => onRange(fallback)}>
              {t('reports.problem.yesterday', 'Look at yesterday')}
            </Button>
          </>
        )}
        {wrong.length > 0 && (
          <Button variant="secondary" icon="times" onClick={() => onFilters(without())}>
            {t('reports.problem.withoutFilter', 'Remove the filter: {{names}}', {
              ...PLAIN,
              names: wrong.map(paramText).join(', '),
            })}
          </Button>
        )}
      </Stack>
    </Stack>
  );
}

const noRange = (): ApiError =>
  new ApiError(
    t('reports.problem.noRange', 'The begin must be before the end, and both must be times.'),
    'invalid',
    400,
  );
