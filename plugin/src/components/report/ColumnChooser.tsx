/** Which columns of a table are shown. In: all columns, the keys of those shown. Out: other keys; null: as by default. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Checkbox, FilterInput, ScrollContainer, Stack, Toggletip, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import type { Column } from '../../api/types';

interface Props {
  columns: readonly Column[];
  shown: readonly Column[];
  onChange: (keys: string[] | null) => void;
}

export function ColumnChooser(props: Props) {
  return (
    <Toggletip
      title={t('reports.columns.title', 'Columns')}
      content={<Chooser {...props} />}
      placement="bottom-end"
      closeButton
    >
      <Button variant="secondary" size="sm" icon="columns">
        {t('reports.columns.button', 'Columns: {{shown}} of {{all}}', {
          shown: props.shown.length,
          all: props.columns.length,
        })}
      </Button>
    </Toggletip>
  );
}

function Chooser({ columns, shown, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const [search, setSearch] = useState('');
  const keys = new Set(shown.map(({ key }) => key));
  const toggle = (key: string) => {
    const next = columns.filter((column) => (column.key === key ? !keys.has(key) : keys.has(column.key)));
    if (next.length > 0) {
      onChange(next.map((column) => column.key));
    }
  };
  const found = columns.filter(({ label }) => label.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <div className={styles.chooser}>
      <FilterInput
        placeholder={t('reports.columns.search', 'Search columns')}
        value={search}
        onChange={setSearch}
        escapeRegex={false}
      />
      <ScrollContainer maxHeight="320px">
        <div className={styles.list}>
          {found.map(({ key, label, description }) => (
            <Checkbox
              key={key}
              label={label}
              description={description}
              value={keys.has(key)}
              onChange={() => toggle(key)}
            />
          ))}
        </div>
      </ScrollContainer>
      <Stack direction="row" gap={1}>
        <Button variant="secondary" size="sm" onClick={() => onChange(columns.map(({ key }) => key))}>
          {t('reports.columns.all', 'Show all')}
        </Button>
        <Button variant="secondary" size="sm" fill="outline" onClick={() => onChange(null)}>
          {t('reports.columns.reset', 'Reset')}
        </Button>
      </Stack>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  chooser: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), width: 340 }),
  list: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), padding: theme.spacing(0.5) }),
});
