/**
 * The filters of a report: what all reports share, and its own parameters.
 *
 * In: the definition, the filters, the errors the API named. Out: changed filters. What must hold: what changes the
 * question is seen at once; what refines it opens on demand, and says when it is set.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, InlineSwitch, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import type { FieldError } from '../../api/errors';
import type { Column, ParamDefinition } from '../../api/types';
import { MemberPicker } from '../../components/filters/MemberPicker';
import { textsOf, type Filters, type FilterValue } from '../../components/filters/filter-value';
import { ParamField } from '../../components/filters/ParamField';
import { paramText } from '../../components/filters/param-texts';
import { SecondRange } from '../../components/filters/SecondRange';
import { useMembers } from '../../components/filters/useMembers';
import { useUser } from '../../app/UserContext';
import type { ReportInfo } from './catalog';
import { filterParams } from './report-url';

interface Props {
  report: ReportInfo;
  filters: Filters;
  zone: string;
  errors: readonly FieldError[];
  /** Of the answer: they have the words of codes. */
  columns: readonly Column[];
  /** Granularity that holds when none is chosen. */
  granularity: string | null;
  /** Null: the report is not compared. */
  compare: boolean | null;
  onChange: (filters: Filters) => void;
  onCompare: (compare: boolean) => void;
}

const SHARED = ['queues', 'agents', 'pbx'];
/** Asked for so often that they are seen at once. */
const PROMINENT = [
  'granularity',
  'of',
  'metric',
  'by',
  'outcome',
  'state',
  'direction',
  'disposition',
  'hours',
  'tags',
];
const PAIRED = ['from2', 'to2'];

export function ReportFilters({
  report,
  filters,
  zone,
  errors,
  columns,
  granularity,
  compare,
  onChange,
  onCompare,
}: Props) {
  const styles = useStyles2(getStyles);
  const { me } = useUser();
  const { pbxs } = useMembers('queues');
  const own = filterParams(report.params).filter(
    ({ name, needsNumbers }) =>
      !SHARED.includes(name) && !PAIRED.includes(name) && (me.seesNumbers || !needsNumbers),
  );
  const [first, more] = [own.filter(isProminent), own.filter((param) => !isProminent(param))];
  const set = more.filter(({ name }) => filters[name]).length;
  const [isOpen, setOpen] = useState(set > 0);
  const change = (name: string, value: FilterValue) => {
    const { [name]: _, ...others } = filters;
    onChange(value === '' ? others : { ...others, [name]: value });
  };
  const errorOf = (name: string) => errors.find(({ field }) => field === name)?.message;
  const fieldOf = (param: ParamDefinition) => (
    <ParamField
      key={param.name}
      param={param.name === 'granularity' && granularity ? { ...param, default: granularity } : param}
      value={filters[param.name] ?? ''}
      error={errorOf(param.name)}
      words={columns.find(({ key }) => key === param.name)?.values}
      onChange={(value) => change(param.name, value)}
    />
  );

  return (
    <div className={styles.filters}>
      <div className={styles.line}>
        <MemberPicker
          id="filter-queues"
          kind="queues"
          label={paramText('queues')}
          value={filters['queues']}
          error={errorOf('queues')}
          onChange={(value) => change('queues', value)}
        />
        <MemberPicker
          id="filter-agents"
          kind="agents"
          label={paramText('agents')}
          value={filters['agents']}
          error={errorOf('agents')}
          onChange={(value) => change('agents', value)}
        />
        {(pbxs.length > 1 || filters['pbx']) && (
          <ParamField
            param={{ name: 'pbx', required: false, kind: 'names', choices: pbxs, description: '' }}
            value={filters['pbx'] ?? ''}
            error={errorOf('pbx')}
            onChange={(value) => change('pbx', value)}
          />
        )}
        {report.params.some(({ name }) => name === 'from2') && (
          <SecondRange
            from={textsOf(filters['from2'])[0] ?? ''}
            to={textsOf(filters['to2'])[0] ?? ''}
            zone={zone}
            error={errorOf('from2') ?? errorOf('to2')}
            onChange={(from2, to2) => {
              const { from2: _, to2: __, ...others } = filters;
              onChange(from2 === '' ? others : { ...others, from2, to2 });
            }}
          />
        )}
        {first.map(fieldOf)}
        <div className={styles.buttons}>
          {compare !== null && (
            <InlineSwitch
              id="compare"
              label={t('reports.compare.switch', 'Compare with the period before')}
              showLabel
              transparent
              value={compare}
              onChange={(event) => onCompare(event.currentTarget.checked)}
            />
          )}
          {more.length > 0 && (
            <Button
              variant="secondary"
              fill="text"
              icon={isOpen ? 'angle-up' : 'angle-down'}
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              {set > 0
                ? t('reports.filters.moreSet', 'More filters: {{set}}', { set })
                : t('reports.filters.more', 'More filters')}
            </Button>
          )}
          {Object.keys(filters).length > 0 && (
            <Button variant="secondary" fill="text" icon="times" onClick={() => onChange({})}>
              {t('reports.filters.reset', 'Clear filters')}
            </Button>
          )}
        </div>
      </div>
      {isOpen && more.length > 0 && <div className={styles.line}>{more.map(fieldOf)}</div>}
    </div>
  );
}

const isProminent = ({ name }: ParamDefinition): boolean => PROMINENT.includes(name);

const getStyles = (theme: GrafanaTheme2) => ({
  filters: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  line: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: theme.spacing(1, 1.5) }),
  buttons: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    alignSelf: 'flex-end',
    gap: theme.spacing(0.5),
  }),
});
