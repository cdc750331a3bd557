/**
 * Says something of one queue or agent, or of many at once: name, team, goal, from a date on.
 *
 * What must hold: only what was touched is sent; of many, the name is not offered; what was said before stays in the history
 * and can be taken back.
 */
import { t } from '@grafana/i18n';
import { Button, Drawer, Field, Input, Stack } from '@grafana/ui';
import React, { useState } from 'react';
import { api } from '../../api/client';
import { useUser } from '../../app/UserContext';
import { forgetMembers } from '../../components/filters/useMembers';
import { ErrorState } from '../../components/states';
import { SinceField } from '../../components/SinceField';
import { useAction } from '../../components/useAction';
import { PLAIN } from '../../i18n/plain';
import { HistoryList } from './HistoryList';
import type { Member, MemberKind } from './types';

interface Props {
  kind: MemberKind;
  members: Member[];
  onClose: (changed: boolean) => void;
}

/** As typed; a field nobody touched is not there. */
interface Draft {
  displayName?: string;
  team?: string;
  target?: string;
}

export function EditMembers({ kind, members, onClose }: Props) {
  const zone = useUser().me.defaultZone;
  const [draft, setDraft] = useState<Draft>({});
  const [from, setFrom] = useState<string | null>(null);
  const [takenBack, setTakenBack] = useState(false);
  const saving = useAction();
  const only = members.length === 1 ? members[0]! : null;
  const targetProblem = draft.target === undefined ? null : problemOf(draft.target);
  const untouched = Object.keys(draft).length === 0;

  const save = async () => {
    const change = { ...changeOf(draft), ...(from !== null && { from, tz: zone }) };
    const saved = await saving.run(async () => {
      for (const { id } of members) {
        await api.put(`directory/${kind}/${id}`, change);
      }
    });
    if (saved) {
      forgetMembers();
      onClose(true);
    }
  };
  const text = (field: keyof Draft, now: string | null) => ({
    value: draft[field] ?? now ?? '',
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      setDraft({ ...draft, [field]: event.currentTarget.value }),
  });

  return (
    <Drawer
      size="sm"
      title={
        only
          ? (only.displayName ?? only.name)
          : t('directory.editMany', 'Edit {{members}} at once', { ...PLAIN, members: members.length })
      }
      subtitle={only ? `${only.pbx} · ${only.name}` : undefined}
      onClose={() => onClose(takenBack)}
    >
      <Stack direction="column" gap={2}>
        {only && (
          <Field
            label={t('directory.displayName', 'Display name')}
            description={t(
              'directory.displayNameHelp',
              'Shown instead of the name on the PBX. Empty: as the PBX says.',
            )}
            noMargin
          >
            <Input id="member-name" {...text('displayName', only.displayName)} />
          </Field>
        )}
        <Field label={t('directory.team', 'Team')} noMargin>
          <Input id="member-team" {...text('team', only?.team ?? null)} />
        </Field>
        {kind === 'queues' && (
          <Field
            label={t('directory.target', 'Service level goal')}
            description={t('directory.targetHelp', 'Empty: the goal of all queues holds.')}
            invalid={targetProblem !== null}
            error={targetProblem}
            noMargin
          >
            <Input
              id="member-target"
              inputMode="decimal"
              suffix="%"
              {...text('target', only?.target === null || !only ? null : String(round(only.target * 100)))}
            />
          </Field>
        )}
        <SinceField
          value={from}
          onChange={setFrom}
          description={t('directory.fromHelp', 'Reports of earlier times keep what held then.')}
        />
        {saving.error && <ErrorState error={saving.error} />}
        <Stack direction="row" gap={1}>
          <Button
            onClick={() => void save()}
            disabled={untouched || targetProblem !== null || saving.isRunning}
          >
            {t('directory.save', 'Save')}
          </Button>
          <Button variant="secondary" onClick={() => onClose(takenBack)}>
            {t('directory.cancel', 'Cancel')}
          </Button>
        </Stack>
        {only && <HistoryList kind={kind} id={only.id} zone={zone} onTakenBack={() => setTakenBack(true)} />}
      </Stack>
    </Drawer>
  );
}

function problemOf(target: string): string | null {
  const percent = Number(target.replace(',', '.'));
  return target.trim() === '' || (percent >= 0 && percent <= 100)
    ? null
    : t('directory.targetWrong', 'A number from 0 to 100');
}

/** What is emptied is ended: `null`. */
function changeOf({ displayName, team, target }: Draft) {
  const orNull = (value: string) => (value.trim() === '' ? null : value.trim());
  return {
    ...(displayName !== undefined && { displayName: orNull(displayName) }),
    ...(team !== undefined && { team: orNull(team) }),
    ...(target !== undefined && {
      target: target.trim() === '' ? null : round(Number(target.replace(',', '.')) / 100, 6),
    }),
  };
}

/** 0.8 × 100 is not 80 in floats. */
const round = (value: number, digits = 4): number => Number(value.toFixed(digits));
