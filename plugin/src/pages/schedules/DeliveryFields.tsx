/** How the files reach people: mail, webhook or folder. In/Out: the way of delivery. */
import { t } from '@grafana/i18n';
import { Field, Input, RadioButtonGroup, SecretInput, Stack, TextArea } from '@grafana/ui';
import React, { useState } from 'react';
import { addressesOf, deliveryFor } from './draft';
import type { Delivery } from './types';
import { deliveryKindText } from './words';

interface Props {
  delivery: Delivery;
  hasSecret: boolean;
  onChange: (delivery: Delivery) => void;
}

const KINDS: ReadonlyArray<Delivery['kind']> = ['mail', 'webhook', 'folder'];
/** The same in every language. */
const EXAMPLES = {
  mail: 'supervisor@example.org',
  url: 'https://hooks.example.org/reports',
  path: 'weekly/sales',
};

export function DeliveryFields({ delivery, hasSecret, onChange }: Props) {
  return (
    <>
      <div>
        <RadioButtonGroup<Delivery['kind']>
          value={delivery.kind}
          options={KINDS.map((value) => ({ value, label: deliveryKindText(value) }))}
          onChange={(kind) => onChange(deliveryFor(delivery, kind))}
          aria-label={t('schedules.way', 'Way of delivery')}
        />
      </div>
      {delivery.kind === 'mail' && <Mail delivery={delivery} onChange={onChange} />}
      {delivery.kind === 'webhook' && (
        <Webhook delivery={delivery} hasSecret={hasSecret} onChange={onChange} />
      )}
      {delivery.kind === 'folder' && (
        <Field
          label={t('schedules.folder', 'Folder')}
          description={t(
            'schedules.folderHelp',
            'Below the folder of your tenant on the collector; empty: that folder itself.',
          )}
          noMargin
        >
          <Input
            id="schedule-folder"
            width={60}
            value={delivery.path ?? ''}
            placeholder={EXAMPLES.path}
            onChange={(event) => onChange({ ...delivery, path: event.currentTarget.value })}
          />
        </Field>
      )}
    </>
  );
}

function Mail({ delivery, onChange }: Omit<Props, 'hasSecret'>) {
  const [typed, setTyped] = useState((delivery.to ?? []).join('\n'));
  const [copies, setCopies] = useState((delivery.cc ?? []).join('\n'));
  return (
    <Stack direction="row" gap={2} wrap="wrap">
      <Field
        label={t('schedules.recipients', 'Recipients')}
        description={t('schedules.recipientsHelp', 'An address a line.')}
        noMargin
      >
        <TextArea
          id="schedule-to"
          rows={3}
          cols={40}
          value={typed}
          placeholder={EXAMPLES.mail}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            onChange({ ...delivery, to: addressesOf(event.currentTarget.value) });
          }}
        />
      </Field>
      <Field
        label={t('schedules.copies', 'Copies')}
        description={t('schedules.recipientsHelp', 'An address a line.')}
        noMargin
      >
        <TextArea
          id="schedule-cc"
          rows={3}
          cols={40}
          value={copies}
          onChange={(event) => {
            setCopies(event.currentTarget.value);
            onChange({ ...delivery, cc: addressesOf(event.currentTarget.value) });
          }}
        />
      </Field>
    </Stack>
  );
}

function Webhook({ delivery, hasSecret, onChange }: Props) {
  const [replaced, setReplaced] = useState(!hasSecret);
  return (
    <>
      <Field
        label={t('schedules.url', 'Address')}
        description={t('schedules.urlHelp', 'Its host must be allowed in the collector’s configuration.')}
        noMargin
      >
        <Input
          id="schedule-url"
          width={60}
          value={delivery.url ?? ''}
          placeholder={EXAMPLES.url}
          onChange={(event) => onChange({ ...delivery, url: event.currentTarget.value })}
        />
      </Field>
      <Field
        label={t('schedules.secret', 'Secret')}
        description={t('schedules.secretHelp', 'Signs what is posted (HMAC-SHA-256). Never shown again.')}
        noMargin
      >
        <SecretInput
          id="schedule-secret"
          width={60}
          isConfigured={!replaced}
          value={delivery.secret ?? ''}
          onReset={() => setReplaced(true)}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
            onChange({ ...delivery, secret: event.currentTarget.value || undefined })
          }
        />
      </Field>
      <div>
        <RadioButtonGroup
          value={delivery.attach ?? 'files'}
          options={[
            { value: 'files' as const, label: t('schedules.attachFiles', 'Files in the message') },
            { value: 'links' as const, label: t('schedules.attachLinks', 'Links to the files') },
          ]}
          onChange={(attach) => onChange({ ...delivery, attach })}
          aria-label={t('schedules.attach', 'What is posted')}
        />
      </div>
    </>
  );
}
