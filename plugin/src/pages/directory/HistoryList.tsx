/** All that was said of one queue or agent, with dates; a user's words can be taken back. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, useStyles2 } from '@grafana/ui';
import React from 'react';
import { api } from '../../api/client';
import { useResource } from '../../api/useResource';
import { forgetMembers } from '../../components/filters/useMembers';
import { ErrorState } from '../../components/states';
import { useAction } from '../../components/useAction';
import { formatRatio, formatTime, UNKNOWN } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import type { Dated, FieldName, History, MemberKind } from './types';

interface Props {
  kind: MemberKind;
  id: number;
  zone: string;
  onTakenBack: () => void;
}

const FIELDS: readonly FieldName[] = ['displayName', 'team', 'target'];

export function HistoryList({ kind, id, zone, onTakenBack }: Props) {
  const styles = useStyles2(getStyles);
  const path = `directory/${kind}/${id}`;
  const { data, reload } = useResource<History>(path);
  const removing = useAction();
  const said = FIELDS.flatMap((field) => (data?.[field] ?? []).map((dated) => ({ field, ...dated })));
  const takeBack = async (field: FieldName, fromAt: number) => {
    const from = fromAt === 0 ? undefined : String(fromAt);
    if (await removing.run(() => api.delete(`${path}/${field}`, { from }))) {
      forgetMembers();
      onTakenBack();
      reload();
    }
  };
  if (said.length === 0) {
    return null;
  }
  return (
    <section>
      <h5>{t('directory.history', 'History')}</h5>
      {removing.error && <ErrorState error={removing.error} />}
      <ul className={styles.list}>
        {said.map(({ field, fromAt, value, origin }) => (
          <li key={`${field} ${origin} ${fromAt}`} className={styles.item}>
            <span className={styles.when}>
              {fromAt === 0 ? t('directory.always', 'always') : formatTime(fromAt, zone)}
            </span>
            <span className={styles.what}>
              {fieldText(field)}: {valueText(field, value)}
              {origin === 'learned' && ` (${t('directory.learned', 'from the PBX')})`}
            </span>
            {origin === 'manual' && (
              <IconButton
                name="trash-alt"
                size="sm"
                disabled={removing.isRunning}
                aria-label={t('directory.takeBack', 'Take back “{{value}}”', {
                  ...PLAIN,
                  value: valueText(field, value),
                })}
                onClick={() => void takeBack(field, fromAt)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const fieldText = (field: FieldName): string =>
  ({
    displayName: t('directory.displayName', 'Display name'),
    team: t('directory.team', 'Team'),
    target: t('directory.target', 'Service level goal'),
  })[field];

const valueText = (field: FieldName, value: Dated['value']): string =>
  value === null ? UNKNOWN : field === 'target' ? formatRatio(Number(value), 0) : value;

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none' }),
  item: css({
    display: 'flex',
    gap: theme.spacing(1),
    alignItems: 'baseline',
    padding: theme.spacing(0.5, 0),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  when: css({
    flex: '0 0 auto',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  what: css({ flex: 1, overflowWrap: 'anywhere' }),
});
