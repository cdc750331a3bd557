/**
 * Queues or agents: found, chosen, edited one by one or many at once.
 *
 * What must hold: search and page stand in the address; what is chosen is forgotten with the rows it was chosen from.
 */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  Badge,
  Button,
  Checkbox,
  FilterInput,
  IconButton,
  Pagination,
  Tooltip,
  useStyles2,
} from '@grafana/ui';
import React, { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useResource } from '../../api/useResource';
import { useUser } from '../../app/UserContext';
import { DataTable } from '../../components/DataTable';
import { ErrorState, LoadingState, NothingHere } from '../../components/states';
import { formatRatio, UNKNOWN } from '../../format/format';
import { PLAIN } from '../../i18n/plain';
import { EditMembers } from './EditMembers';
import type { Member, MemberKind } from './types';

const PAGE = 50;

export function Members({ kind }: { kind: MemberKind }) {
  const styles = useStyles2(getStyles);
  const mayWrite = useUser().may('directory:write');
  const [params, setParams] = useSearchParams();
  const search = params.get('search') ?? '';
  const page = Math.max(1, Number(params.get('page')) || 1);
  const { data, error, reload } = useResource<{ rows: Member[]; count: number }>(`directory/${kind}`, {
    search,
    limit: PAGE,
    offset: (page - 1) * PAGE,
  });
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [edited, setEdited] = useState<Member[] | null>(null);
  const go = (next: Record<string, string>) => {
    setChosen(new Set());
    setParams(next, { replace: true });
  };
  const rows = data?.rows ?? [];
  const toggle = (ids: number[], on: boolean) =>
    setChosen((before) => new Set(on ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))));

  return (
    <div className={styles.part}>
      <div className={styles.bar}>
        <FilterInput
          escapeRegex={false}
          width={40}
          value={search}
          onChange={(value) => go({ search: value })}
          placeholder={t('directory.search', 'Search names and teams')}
          aria-label={t('directory.search', 'Search names and teams')}
        />
        {chosen.size > 0 && (
          <Button icon="pen" onClick={() => setEdited(rows.filter(({ id }) => chosen.has(id)))}>
            {t('directory.editChosen', 'Edit {{chosen}} chosen', { ...PLAIN, chosen: chosen.size })}
          </Button>
        )}
      </div>
      {error ? (
        <ErrorState error={error} onRetry={reload} />
      ) : data === null ? (
        <LoadingState />
      ) : rows.length === 0 ? (
        <NothingHere
          message={
            search === ''
              ? t('directory.none', 'Nobody is known yet')
              : t('directory.notFound', 'Nothing found')
          }
        >
          {search === ''
            ? t('directory.noneHint', 'Queues and agents appear as soon as a PBX tells of them.')
            : t('directory.notFoundHint', 'Search for a part of the name, the name on the PBX, or the team.')}
        </NothingHere>
      ) : (
        <DataTable
          label={kind === 'queues' ? t('directory.queues', 'Queues') : t('directory.agents', 'Agents')}
          headers={[
            ...(mayWrite
              ? [
                  <Checkbox
                    key="all"
                    value={rows.every(({ id }) => chosen.has(id))}
                    onChange={(event) =>
                      toggle(
                        rows.map(({ id }) => id),
                        event.currentTarget.checked,
                      )
                    }
                    aria-label={t('directory.chooseAll', 'Choose all on this page')}
                  />,
                ]
              : []),
            t('directory.name', 'Name'),
            t('directory.onPbx', 'On the PBX'),
            t('directory.pbx', 'PBX'),
            t('directory.team', 'Team'),
            ...(kind === 'queues' ? [t('directory.target', 'Service level goal')] : []),
            ...(mayWrite ? [''] : []),
          ]}
          rows={rows.map((member) => ({
            key: String(member.id),
            cells: [
              ...(mayWrite
                ? [
                    <Checkbox
                      key="choose"
                      value={chosen.has(member.id)}
                      onChange={(event) => toggle([member.id], event.currentTarget.checked)}
                      aria-label={t('directory.choose', 'Choose {{name}}', {
                        ...PLAIN,
                        name: member.displayName ?? member.name,
                      })}
                    />,
                  ]
                : []),
              <Name key="name" member={member} />,
              member.name,
              member.pbx,
              member.team ?? UNKNOWN,
              ...(kind === 'queues' ? [formatRatio(member.target, 0)] : []),
              ...(mayWrite
                ? [
                    <IconButton
                      key="edit"
                      name="pen"
                      aria-label={t('directory.edit', 'Edit {{name}}', {
                        ...PLAIN,
                        name: member.displayName ?? member.name,
                      })}
                      onClick={() => setEdited([member])}
                    />,
                  ]
                : []),
            ],
          }))}
        />
      )}
      {data !== null && data.count > PAGE && (
        <Pagination
          currentPage={page}
          numberOfPages={Math.ceil(data.count / PAGE)}
          onNavigate={(next) => go({ search, page: String(next) })}
        />
      )}
      {edited && (
        <EditMembers
          kind={kind}
          members={edited}
          onClose={(changed) => {
            setEdited(null);
            if (changed) {
              setChosen(new Set());
              reload();
            }
          }}
        />
      )}
    </div>
  );
}

function Name({ member: { name, displayName, displayNameOrigin } }: { member: Member }) {
  if (displayName === null) {
    return <>{name}</>;
  }
  return (
    <>
      {displayName}{' '}
      {displayNameOrigin === 'learned' && (
        <Tooltip content={t('directory.learnedWhy', 'The PBX says so; a name you give wins over it.')}>
          <span>
            <Badge color="blue" text={t('directory.learned', 'from the PBX')} />
          </span>
        </Tooltip>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  part: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    paddingTop: theme.spacing(2),
  }),
  bar: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
});
