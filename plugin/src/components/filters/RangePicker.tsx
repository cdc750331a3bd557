/**
 * Grafana's time picker for reports: its quick ranges are those that saved reports know, in the report's zone.
 *
 * In: the range as it stands in the address. Out: what was picked, in the same form.
 */
import { dateTimeForTimeZone, isDateTime, type TimeRange } from '@grafana/data';
import { TimeRangePicker } from '@grafana/ui';
import React from 'react';
import {
  absolute,
  NAMED_RANGES,
  pickedRange,
  RANGE_NAMES,
  shifted,
  zoomedOut,
  type RawRange,
  type Span,
} from './range';
import { rangeNameText } from './range-texts';

interface Props {
  range: RawRange;
  /** What it means now. */
  span: Span;
  zone: string;
  onChange: (range: RawRange) => void;
  onChangeZone: (zone: string) => void;
}

export function RangePicker({ range, span, zone, onChange, onChangeZone }: Props) {
  return (
    <TimeRangePicker
      value={timeRangeOf(range, span, zone)}
      timeZone={zone}
      quickRanges={RANGE_NAMES.map((name) => ({ ...NAMED_RANGES[name], display: rangeNameText(name) }))}
      weekStart="monday"
      isOnCanvas
      onChange={(picked) => onChange(rawOf(picked))}
      onChangeTimeZone={(picked: string) => onChangeZone(picked)}
      onMoveBackward={() => onChange(absolute(shifted(span, zone, -1)))}
      onMoveForward={() => onChange(absolute(shifted(span, zone, 1)))}
      onZoom={() => onChange(absolute(zoomedOut(span)))}
    />
  );
}

export function timeRangeOf({ from, to }: RawRange, { fromMs, toMs }: Span, zone: string): TimeRange {
  const first = dateTimeForTimeZone(zone, fromMs);
  // Grafana shows ends as the last second of what they include.
  const last = dateTimeForTimeZone(zone, toMs % 60_000 === 0 ? toMs - 1000 : toMs);
  const isRelative = from.startsWith('now') || to.startsWith('now');
  return { from: first, to: last, raw: isRelative ? { from, to } : { from: first, to: last } };
}

export function rawOf({ from, to, raw }: TimeRange): RawRange {
  const picked = pickedRange(from.valueOf(), to.valueOf());
  return {
    from: isDateTime(raw.from) ? picked.from : raw.from,
    to: isDateTime(raw.to) ? picked.to : raw.to,
  };
}
