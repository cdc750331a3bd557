/** Callers of today by hour, as Grafana's sparkline. What must hold: drawn again only when a number of it changed. */
import { FieldType, type FieldSparkline } from '@grafana/data';
import { t } from '@grafana/i18n';
import { GraphDrawStyle } from '@grafana/schema';
import { Sparkline, useTheme2 } from '@grafana/ui';
import React, { memo, useMemo } from 'react';

interface Props {
  hours: readonly unknown[];
  width: number;
  height: number;
}

export const Hours = memo(
  function Hours({ hours, width, height }: Props) {
    const theme = useTheme2();
    const sparkline = useMemo<FieldSparkline>(
      () => ({
        y: {
          name: 'entered',
          type: FieldType.number,
          config: { color: { mode: 'fixed', fixedColor: 'blue' }, min: 0 },
          values: [...hours],
          state: { range: rangeOf(hours) },
        },
      }),
      [hours],
    );
    return (
      <div
        role="img"
        aria-label={t('queueBoard.hours', 'Callers of today by hour: {{hours}}', {
          hours: known(hours).join(', '),
        })}
      >
        <Sparkline
          theme={theme}
          width={width}
          height={height}
          sparkline={sparkline}
          config={{
            custom: { drawStyle: GraphDrawStyle.Bars, fillOpacity: 60, lineWidth: 0, barWidthFactor: 0.8 },
          }}
        />
      </div>
    );
  },
  (a, b) => a.width === b.width && a.height === b.height && a.hours.join() === b.hours.join(),
);

const known = (hours: readonly unknown[]): number[] =>
  hours.filter((hour): hour is number => typeof hour === 'number');

/** Grafana before 13 does not find it out by itself. */
function rangeOf(hours: readonly unknown[]) {
  const max = Math.max(1, ...known(hours));
  return { min: 0, max, delta: max };
}
