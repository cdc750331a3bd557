/** What the rule of numbers would make one agent, and the button that does it. */
import { t } from '@grafana/i18n';
import { Alert, Button, Combobox, Drawer, Field, Stack } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useResource } from '../../api/useResource';
import { DataTable } from '../../components/DataTable';
import { useMembers } from '../../components/filters/useMembers';
import { ErrorState, LoadingState } from '../../components/states';
import { useAction } from '../../components/useAction';
import { PLAIN } from '../../i18n/plain';
import type { Proposals } from './types';

export function UnifyDrawer({ onClose }: { onClose: (changed: boolean) => void }) {
  const { pbxs } = useMembers('agents');
  const [chosen, setChosen] = useState<string | null>(null);
  const pbx = chosen ?? pbxs[0] ?? null;
  const { data, error, reload } = useResource<Proposals>(pbx && 'directory/aliases/proposals', { pbx });
  const unifying = useAction();
  const unify = async () => {
    if (await unifying.run(() => api.post('directory/aliases/unify', { pbx }))) {
      onClose(true);
    }
  };
  const found = data?.proposals ?? [];
  return (
    <Drawer
      size="md"
      title={t('directory.unify', 'Unify by number')}
      subtitle={t(
        'directory.unifyAbout',
        'Addresses of one number on one PBX (PJSIP/101, SIP/101, Local/101@…, 101) become one agent. Numbers people have seen change: it runs only when you say so.',
      )}
      onClose={() => onClose(false)}
    >
      <Stack direction="column" gap={2}>
        <Field label={t('directory.pbx', 'PBX')} noMargin>
          <Combobox
            id="unify-pbx"
            value={pbx}
            options={pbxs.map((value) => ({ value }))}
            onChange={({ value }) => setChosen(value)}
          />
        </Field>
        {(unifying.error ?? error) && <ErrorState error={(unifying.error ?? error)!} onRetry={reload} />}
        {data === null ? (
          !error && <LoadingState />
        ) : found.length === 0 ? (
          <Alert severity="success" title={t('directory.nothingToUnify', 'Nothing to unify')} />
        ) : (
          <DataTable
            label={t('directory.unify', 'Unify by number')}
            headers={[
              t('directory.address', 'Address'),
              t('directory.becomes', 'Becomes'),
              t('directory.number', 'Number'),
            ]}
            rows={found.map(({ interface: address, agent, number }) => ({
              key: address,
              cells: [address, agent, number],
            }))}
          />
        )}
        {data?.ambiguities.map(({ number, agents }) => (
          <Alert
            key={number}
            severity="warning"
            title={t('directory.ambiguous', 'Several people have the number {{number}}', {
              ...PLAIN,
              number,
            })}
          >
            {t('directory.ambiguousHint', '{{agents}}: add an alias to say whose it is.', {
              ...PLAIN,
              agents: agents.join(', '),
            })}
          </Alert>
        ))}
        <Stack direction="row" gap={1}>
          <Button onClick={() => void unify()} disabled={found.length === 0 || unifying.isRunning}>
            {t('directory.unifyDo', 'Unify {{addresses}} addresses', { ...PLAIN, addresses: found.length })}
          </Button>
          <Button variant="secondary" onClick={() => onClose(false)}>
            {t('directory.cancel', 'Cancel')}
          </Button>
        </Stack>
      </Stack>
    </Drawer>
  );
}
