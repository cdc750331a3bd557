/** The options of the agent board in the panel editor. */
import type { PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';
import { DEFAULTS, type AgentBoardOptions } from './types';

export function addOptions(builder: PanelOptionsEditorBuilder<AgentBoardOptions>): void {
  const category = [t('agentBoard.options.board', 'Board')];
  builder
    .addRadio({
      path: 'layout',
      name: t('agentBoard.options.layout', 'Layout'),
      category,
      defaultValue: DEFAULTS.layout,
      settings: {
        options: [
          { value: 'tiles', label: t('agentBoard.options.tiles', 'Tiles') },
          { value: 'table', label: t('agentBoard.options.table', 'Table') },
        ],
      },
    })
    .addSelect({
      path: 'groupBy',
      name: t('agentBoard.options.groupBy', 'Group by'),
      category,
      defaultValue: DEFAULTS.groupBy,
      settings: {
        options: [
          { value: 'none', label: t('agentBoard.options.none', 'Nothing') },
          { value: 'queue', label: t('agentBoard.options.byQueue', 'Queue') },
          { value: 'team', label: t('agentBoard.options.byTeam', 'Team') },
          { value: 'penalty', label: t('agentBoard.options.byPenalty', 'Penalty') },
          { value: 'state', label: t('agentBoard.options.byState', 'State') },
        ],
      },
    })
    .addSelect({
      path: 'sortBy',
      name: t('agentBoard.options.sortBy', 'Sort by'),
      category,
      defaultValue: DEFAULTS.sortBy,
      settings: {
        options: [
          { value: 'state', label: t('agentBoard.options.sortByState', 'State, then time in it') },
          { value: 'time', label: t('agentBoard.options.sortByTime', 'Longest in state first') },
          { value: 'name', label: t('agentBoard.options.sortByName', 'Name') },
        ],
      },
    })
    .addRadio({
      path: 'density',
      name: t('agentBoard.options.density', 'Density'),
      category,
      defaultValue: DEFAULTS.density,
      settings: {
        options: [
          { value: 'comfortable', label: t('agentBoard.options.comfortable', 'Comfortable') },
          { value: 'compact', label: t('agentBoard.options.compact', 'Compact') },
        ],
      },
    });
  addParts(builder);
  addLimits(builder);
}

function addParts(builder: PanelOptionsEditorBuilder<AgentBoardOptions>): void {
  const category = [t('agentBoard.options.show', 'Show')];
  builder
    .addBooleanSwitch({
      path: 'showCaller',
      name: t('agentBoard.options.showCaller', 'Caller and queue'),
      category,
      defaultValue: DEFAULTS.showCaller,
    })
    .addBooleanSwitch({
      path: 'showToday',
      name: t('agentBoard.options.showToday', 'Calls and misses of today'),
      category,
      defaultValue: DEFAULTS.showToday,
    })
    .addBooleanSwitch({
      path: 'showLoggedOut',
      name: t('agentBoard.options.showLoggedOut', 'Logged-out agents'),
      description: t('agentBoard.options.showLoggedOutHelp', 'Members of no queue whose call still runs'),
      category,
      defaultValue: DEFAULTS.showLoggedOut,
    });
}

function addLimits(builder: PanelOptionsEditorBuilder<AgentBoardOptions>): void {
  const category = [t('agentBoard.options.limits', 'Alarms')];
  const warning = t('agentBoard.options.warning', 'warning from');
  const critical = t('agentBoard.options.critical', 'critical from');
  const pause = t('agentBoard.options.pause', 'Pause, s');
  const talk = t('agentBoard.options.talk', 'Talk, s');
  const misses = t('agentBoard.options.misses', 'Misses in a row');
  const limit = (path: keyof AgentBoardOptions & `${string}${'Warning' | 'Critical'}`, name: string) =>
    builder.addNumberInput({
      path,
      name,
      category,
      defaultValue: DEFAULTS[path],
      settings: { min: 0, integer: true },
    });
  limit('pauseWarning', `${pause}: ${warning}`);
  limit('pauseCritical', `${pause}: ${critical}`);
  limit('talkWarning', `${talk}: ${warning}`);
  limit('talkCritical', `${talk}: ${critical}`);
  limit('missesWarning', `${misses}: ${warning}`);
  limit('missesCritical', `${misses}: ${critical}`);
}
