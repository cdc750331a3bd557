/** Words of the codes a journey is told in. A code nobody knows is shown as it is. */
import { t } from '@grafana/i18n';
import type { BadgeColor } from '@grafana/ui';
import type { BarKind } from './timeline';
import type { JourneyVisit } from './types';
import { PLAIN } from '../../i18n/plain';

const lookUp = (words: Record<string, string>, code: string | null): string | null =>
  code === null ? null : (words[code] ?? code);

export const outcomeText = (outcome: string): string =>
  lookUp(
    {
      waiting: t('journey.outcome.waiting', 'Waiting'),
      answered: t('journey.outcome.answered', 'Answered'),
      abandoned: t('journey.outcome.abandoned', 'Abandoned'),
      timedOut: t('journey.outcome.timedOut', 'Timed out'),
      exitedByKey: t('journey.outcome.exitedByKey', 'Left by key'),
      exitedEmpty: t('journey.outcome.exitedEmpty', 'Left: no agents'),
      withdrawn: t('journey.outcome.withdrawn', 'Withdrawn'),
      pulledOut: t('journey.outcome.pulledOut', 'Pulled out'),
      canceledAtConnect: t('journey.outcome.canceledAtConnect', 'Gone while connecting'),
      interrupted: t('journey.outcome.interrupted', 'Interrupted by a restart'),
    },
    outcome,
  ) ?? outcome;

export const ringResultText = (result: string | null): string =>
  lookUp(
    {
      answered: t('journey.ring.answered', 'answered'),
      noAnswer: t('journey.ring.noAnswer', 'no answer'),
      busy: t('journey.ring.busy', 'busy'),
      rejected: t('journey.ring.rejected', 'rejected'),
      unavailable: t('journey.ring.unavailable', 'phone unreachable'),
      canceled: t('journey.ring.canceled', 'the caller left'),
      lostRace: t('journey.ring.lostRace', 'another agent was faster'),
      dumped: t('journey.ring.dumped', 'dropped by the PBX'),
    },
    result,
  ) ?? t('journey.ring.rings', 'rings');

export const barText = (kind: BarKind): string =>
  ({
    wait: t('journey.bar.wait', 'Waits'),
    ring: t('journey.bar.ring', 'Rings'),
    talk: t('journey.bar.talk', 'Talks'),
    hold: t('journey.bar.hold', 'On hold'),
    wrapUp: t('journey.bar.wrapUp', 'Wrap-up'),
  })[kind];

export function outcomeColor(outcome: string): BadgeColor {
  switch (outcome) {
    case 'answered':
      return 'green';
    case 'waiting':
      return 'blue';
    case 'abandoned':
    case 'timedOut':
    case 'interrupted':
      return 'red';
    default:
      return 'orange';
  }
}

/** Name and number; once where the PBX gives the number as the name. */
export const callerText = (name: string | null, number: string | null): string =>
  [...new Set([name, number])].filter(Boolean).join(' · ');

/** Who or what ended the talk: "Agent", "Blind transfer to 200". Null while it lasts or nobody knows. */
export function endText({
  endedBy,
  endReason,
  transferKind,
  transferTo,
  exitKey,
  outcome,
}: JourneyVisit): string | null {
  if (transferKind !== null) {
    const kind =
      transferKind === 'attended'
        ? t('journey.end.attended', 'Attended transfer')
        : t('journey.end.blind', 'Blind transfer');
    return transferTo === null
      ? kind
      : t('journey.end.transferTo', '{{kind}} to {{target}}', { ...PLAIN, kind, target: transferTo });
  }
  if (outcome === 'exitedByKey' && exitKey !== null) {
    return t('journey.end.key', 'Pressed {{key}}', { ...PLAIN, key: exitKey });
  }
  if (endReason === 'restart') {
    return t('journey.end.restart', 'Restart of the PBX');
  }
  if (endReason === 'gap') {
    return t('journey.end.gap', 'Unknown: a gap in the data');
  }
  return lookUp(
    {
      agent: t('journey.end.agent', 'The agent hung up'),
      caller: t('journey.end.caller', 'The caller hung up'),
      transfer: t('journey.end.transfer', 'Transfer'),
    },
    endedBy === 'unknown' ? null : endedBy,
  );
}
