/**
 * Opens a report with the preset its user chose as default.
 *
 * In: the report, the state of its page. Out: whether the preset is still on its way. What must hold: an address that says
 * anything is never overruled; a preset that is gone is simply not opened.
 */
import { useEffect, useState } from 'react';
import { useUser } from '../../../app/UserContext';
import { DEFAULT_RANGE, type ReportState } from '../report-url';
import { getPreset, stateOfPreset } from './usePresets';

export function useDefaultPreset(
  report: string,
  state: ReportState,
  change: (changed: Partial<ReportState>) => void,
): boolean {
  const { preferences } = useUser();
  // Only how the page was opened counts: clearing filters later must not bring the preset back.
  const [wanted, setWanted] = useState<number | null>(() =>
    isPlain(state) ? (preferences.defaultPresets[report] ?? null) : null,
  );

  useEffect(() => {
    if (wanted === null) {
      return;
    }
    let isGone = false;
    getPreset(wanted)
      .then(
        (preset) => !isGone && change(stateOfPreset(preset)),
        () => undefined,
      )
      .finally(() => !isGone && setWanted(null));
    return () => {
      isGone = true;
    };
  }, [wanted, change]);
  return wanted !== null;
}

const isPlain = ({ range, filters, tz, preset, compare, table }: ReportState): boolean =>
  range.from === DEFAULT_RANGE.from &&
  range.to === DEFAULT_RANGE.to &&
  Object.keys(filters).length === 0 &&
  tz === null &&
  preset === null &&
  table === null &&
  !compare;
