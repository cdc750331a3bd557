/** Says whose an address is, from a date on. */
import { t } from '@grafana/i18n';
import { Button, Combobox, Drawer, Field, Input, Stack } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useUser } from '../../app/UserContext';
import { useMembers } from '../../components/filters/useMembers';
import { ErrorState } from '../../components/states';
import { SinceField } from '../../components/SinceField';
import { useAction } from '../../components/useAction';

export function AliasDrawer({ onClose }: { onClose: (changed: boolean) => void }) {
  const zone = useUser().me.defaultZone;
  const agents = useMembers('agents');
  const [pbx, setPbx] = useState<string | null>(null);
  const [address, setAddress] = useState('');
  const [agent, setAgent] = useState<string | null>(null);
  const [from, setFrom] = useState<string | null>(null);
  const saving = useAction();
  const where = pbx ?? (agents.pbxs.length === 1 ? agents.pbxs[0]! : null);
  const save = async () => {
    const body = { pbx: where, interface: address, agent, ...(from !== null && { from, tz: zone }) };
    if (await saving.run(() => api.put('directory/aliases', body))) {
      onClose(true);
    }
  };
  return (
    <Drawer size="sm" title={t('directory.addAlias', 'Add alias')} onClose={() => onClose(false)}>
      <Stack direction="column" gap={2}>
        <Field label={t('directory.pbx', 'PBX')} noMargin>
          <Combobox
            id="alias-pbx"
            value={where}
            options={agents.pbxs.map((value) => ({ value }))}
            onChange={({ value }) => setPbx(value)}
          />
        </Field>
        <Field label={t('directory.address', 'Address')} noMargin>
          <Input
            id="alias-address"
            value={address}
            placeholder={EXAMPLE}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('directory.agent', 'Agent')} noMargin>
          <Combobox
            id="alias-agent"
            value={agent}
            options={agents.options}
            createCustomValue
            onChange={({ value }) => setAgent(value)}
          />
        </Field>
        <SinceField
          value={from}
          onChange={setFrom}
          description={t('directory.aliasFromHelp', 'Calls before the date stay whose they were.')}
        />
        {saving.error && <ErrorState error={saving.error} />}
        <Stack direction="row" gap={1}>
          <Button
            onClick={() => void save()}
            disabled={where === null || address.trim() === '' || agent === null || saving.isRunning}
          >
            {t('directory.save', 'Save')}
          </Button>
          <Button variant="secondary" onClick={() => onClose(false)}>
            {t('directory.cancel', 'Cancel')}
          </Button>
        </Stack>
      </Stack>
    </Drawer>
  );
}

const EXAMPLE = 'PJSIP/101';
