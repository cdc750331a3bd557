/** The options of the queue board in the panel editor. */
import type { PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';
import { DEFAULTS, type QueueBoardOptions } from './types';

export function addOptions(builder: PanelOptionsEditorBuilder<QueueBoardOptions>): void {
  const board = [t('queueBoard.options.board', 'Board')];
  builder
    .addRadio({
      path: 'layout',
      name: t('queueBoard.options.layout', 'Layout'),
      category: board,
      defaultValue: DEFAULTS.layout,
      settings: {
        options: [
          { value: 'cards', label: t('queueBoard.options.cards', 'Cards') },
          { value: 'rows', label: t('queueBoard.options.rows', 'Rows') },
        ],
      },
      showIf: ({ bigScreen }) => !bigScreen,
    })
    .addRadio({
      path: 'density',
      name: t('queueBoard.options.density', 'Density'),
      category: board,
      defaultValue: DEFAULTS.density,
      settings: {
        options: [
          { value: 'comfortable', label: t('queueBoard.options.comfortable', 'Comfortable') },
          { value: 'compact', label: t('queueBoard.options.compact', 'Compact') },
        ],
      },
    })
    .addSelect({
      path: 'sortBy',
      name: t('queueBoard.options.sortBy', 'First'),
      category: board,
      defaultValue: DEFAULTS.sortBy,
      settings: {
        options: [
          { value: 'longestWait', label: t('queueBoard.options.byWait', 'Longest wait') },
          { value: 'waiting', label: t('queueBoard.options.byWaiting', 'Most callers waiting') },
          { value: 'serviceLevel', label: t('queueBoard.options.byServiceLevel', 'Lowest service level') },
          { value: 'name', label: t('queueBoard.options.byName', 'By name') },
        ],
      },
    })
    .addBooleanSwitch({
      path: 'hideQuiet',
      name: t('queueBoard.options.hideQuiet', 'Hide quiet queues'),
      description: t('queueBoard.options.hideQuietHelp', 'Nobody waits and there are no agents'),
      category: board,
      defaultValue: DEFAULTS.hideQuiet,
    })
    .addBooleanSwitch({
      path: 'bigScreen',
      name: t('queueBoard.options.bigScreen', 'Big screen'),
      description: t(
        'queueBoard.options.bigScreenHelp',
        'Large type, no scrolling; pages turn by themselves',
      ),
      category: board,
      defaultValue: DEFAULTS.bigScreen,
    })
    .addNumberInput({
      path: 'pageSeconds',
      name: t('queueBoard.options.pageSeconds', 'Seconds per page'),
      category: board,
      defaultValue: DEFAULTS.pageSeconds,
      settings: { min: 0, max: 600, integer: true },
      showIf: ({ bigScreen }) => bigScreen,
    });
  addParts(builder);
  addLimits(builder);
}

function addParts(builder: PanelOptionsEditorBuilder<QueueBoardOptions>): void {
  const category = [t('queueBoard.options.show', 'Show')];
  builder
    .addBooleanSwitch({
      path: 'showAgents',
      name: t('queueBoard.options.showAgents', 'Agents by state'),
      category,
      defaultValue: DEFAULTS.showAgents,
    })
    .addBooleanSwitch({
      path: 'showToday',
      name: t('queueBoard.options.showToday', 'Figures of today'),
      category,
      defaultValue: DEFAULTS.showToday,
    })
    .addBooleanSwitch({
      path: 'showSparkline',
      name: t('queueBoard.options.showSparkline', 'Callers by hour'),
      category,
      defaultValue: DEFAULTS.showSparkline,
      showIf: ({ layout, bigScreen }) => bigScreen || layout === 'cards',
    });
}

function addLimits(builder: PanelOptionsEditorBuilder<QueueBoardOptions>): void {
  const category = [t('queueBoard.options.limits', 'Alarms')];
  const warning = t('queueBoard.options.warning', 'warning from');
  const critical = t('queueBoard.options.critical', 'critical from');
  const wait = t('queueBoard.options.wait', 'Longest wait, s');
  const waiting = t('queueBoard.options.waiting', 'Callers waiting');
  const below = t('queueBoard.options.warningBelow', 'warning below');
  const criticalBelow = t('queueBoard.options.criticalBelow', 'critical below');
  const serviceLevel = t('queueBoard.options.serviceLevel', 'Service level 0–1');
  const limit = (
    path: keyof QueueBoardOptions & `${string}${'Warning' | 'Critical'}`,
    name: string,
    max?: number,
  ) =>
    builder.addNumberInput({
      path,
      name,
      category,
      defaultValue: DEFAULTS[path],
      settings: { min: 0, max, step: max === 1 ? 0.01 : 1 },
    });
  limit('waitWarning', `${wait}: ${warning}`);
  limit('waitCritical', `${wait}: ${critical}`);
  limit('waitingWarning', `${waiting}: ${warning}`);
  limit('waitingCritical', `${waiting}: ${critical}`);
  limit('serviceLevelWarning', `${serviceLevel}: ${below}`, 1);
  limit('serviceLevelCritical', `${serviceLevel}: ${criticalBelow}`, 1);
  builder.addBooleanSwitch({
    path: 'alarmNoReady',
    name: t('queueBoard.options.alarmNoReady', 'Callers wait and no agent is ready'),
    category,
    defaultValue: DEFAULTS.alarmNoReady,
  });
}
