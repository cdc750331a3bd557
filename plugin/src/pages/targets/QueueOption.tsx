/** One queue to choose, or none for all of them. In/Out: its PBX and its name there. */
import { t } from '@grafana/i18n';
import { Combobox } from '@grafana/ui';
import React from 'react';
import { useResource } from '../../api/useResource';

export interface QueueRef {
  pbx: string;
  queue: string;
}

interface Props {
  /** For the label. */
  id: string;
  value: QueueRef | null;
  onChange: (queue: QueueRef | null) => void;
}

interface Queue {
  pbx: string;
  name: string;
  displayName: string | null;
}

const MOST = 1000;
/** Names of queues are only unique on their PBX. */
const keyOf = ({ pbx, queue }: QueueRef): string => JSON.stringify([pbx, queue]);

export function QueueOption({ id, value, onChange }: Props) {
  const { data } = useResource<{ rows: Queue[] }>('directory/queues', { limit: MOST });
  const options = (data?.rows ?? []).map(({ pbx, name, displayName }) => ({
    value: keyOf({ pbx, queue: name }),
    label: displayName ?? name,
    description: pbx,
    of: { pbx, queue: name },
  }));
  return (
    <Combobox
      id={id}
      width={30}
      isClearable
      value={value && keyOf(value)}
      options={options}
      placeholder={t('targets.all', 'All queues')}
      onChange={(chosen) => onChange(options.find((option) => option.value === chosen?.value)?.of ?? null)}
    />
  );
}
