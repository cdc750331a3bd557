/** The range of a page and asking again. In: the page's state. Out: Grafana's pickers, and what was picked. */
import { t } from '@grafana/i18n';
import { RefreshPicker } from '@grafana/ui';
import React from 'react';
import type { RawRange, Span } from './range';
import { RangePicker } from './RangePicker';

interface Props {
  range: RawRange;
  /** Null: the range of the address is no range. */
  span: Span | null;
  zone: string;
  isLoading: boolean;
  onChange: (changed: { range: RawRange } | { tz: string }) => void;
  onRefresh: () => void;
}

export function RangeControls({ range, span, zone, isLoading, onChange, onRefresh }: Props) {
  return (
    <>
      {span && (
        <RangePicker
          range={range}
          span={span}
          zone={zone}
          onChange={(picked) => onChange({ range: picked })}
          onChangeZone={(tz) => onChange({ tz })}
        />
      )}
      <RefreshPicker
        isOnCanvas
        noIntervalPicker
        onRefresh={onRefresh}
        onIntervalChanged={onRefresh}
        isLoading={isLoading}
        tooltip={t('app.refresh', 'Ask again')}
      />
    </>
  );
}
