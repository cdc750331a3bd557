/**
 * What of the live state is shown: a text searched for, and queues.
 *
 * In: what the address says. Out: changes of it. What must hold: it is not drawn again while rows change.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { FilterInput, MultiCombobox, useStyles2, type ComboboxOption } from '@grafana/ui';
import React, { memo } from 'react';

interface Props {
  search: string;
  queues: string[];
  options: ComboboxOption[];
  /** @param name of the parameter in the address */
  onChange: (name: string, values: string[]) => void;
}

export const Filters = memo(function Filters({ search, queues, options, onChange }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.filters}>
      <FilterInput
        escapeRegex={false}
        width={40}
        value={search}
        onChange={(value) => onChange('search', [value])}
        placeholder={t('live.search', 'Search queues, agents, callers')}
        aria-label={t('live.search', 'Search queues, agents, callers')}
      />
      <MultiCombobox
        width="auto"
        minWidth={24}
        options={options}
        value={queues}
        onChange={(chosen) =>
          onChange(
            'queue',
            chosen.map(({ value }) => value),
          )
        }
        placeholder={t('live.allQueues', 'All queues')}
        aria-label={t('live.queues', 'Queues')}
        isClearable
      />
    </div>
  );
});

const getStyles = (theme: GrafanaTheme2) => ({
  filters: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
});
