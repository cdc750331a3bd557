/**
 * Names of reports' parameters and of their choices in the active language.
 *
 * What must hold: a parameter that came later than this list is still shown, by its name.
 */
import { t } from '@grafana/i18n';

export function paramText(name: string): string {
  switch (name) {
    case 'aht':
      return t('params.aht', 'Average handle time, s');
    case 'agents2':
      return t('params.agents2', 'Second side: agents');
    case 'agentsOnDuty':
      return t('params.agentsOnDuty', 'Agents on duty');
    case 'basis':
      return t('params.basis', 'Talk time');
    case 'binSeconds':
      return t('params.binSeconds', 'Width of bins, s');
    case 'by':
      return t('params.by', 'By');
    case 'caller':
      return t('params.caller', 'Caller’s number');
    case 'countryCode':
      return t('params.countryCode', 'Country code');
    case 'currency':
      return t('params.currency', 'Currency');
    case 'destination':
      return t('params.destination', 'Destination');
    case 'did':
      return t('params.did', 'DID');
    case 'direction':
      return t('params.direction', 'Direction');
    case 'disposition':
      return t('params.disposition', 'Disposition');
    case 'granularity':
      return t('params.granularity', 'Rows by');
    case 'hours':
      return t('params.hours', 'Business hours');
    case 'marginHours':
      return t('params.marginHours', 'Same matter within, h');
    case 'maxDuration':
      return t('params.maxDuration', 'Duration at most, s');
    case 'maxSeconds':
      return t('params.maxSeconds', 'Up to, s');
    case 'maxWait':
      return t('params.maxWait', 'Wait at most, s');
    case 'metric':
      return t('params.metric', 'Metric');
    case 'minContacts':
      return t('params.minContacts', 'Contacts at least');
    case 'minDuration':
      return t('params.minDuration', 'Duration at least, s');
    case 'minTalk':
      return t('params.minTalk', 'Talk at least, s');
    case 'minWait':
      return t('params.minWait', 'Wait at least, s');
    case 'nationalDigits':
      return t('params.nationalDigits', 'Digits of a national number');
    case 'of':
      return t('params.of', 'Of');
    case 'order':
      return t('params.order', 'Order');
    case 'outcome':
      return t('params.outcome', 'Outcome');
    case 'patience':
      return t('params.patience', 'Patience, s');
    case 'pbx':
      return t('params.pbx', 'PBX');
    case 'period':
      return t('params.period', 'Period');
    case 'queues2':
      return t('params.queues2', 'Second side: queues');
    case 'rounding':
      return t('params.rounding', 'Rounding');
    case 'shrinkagePercent':
      return t('params.shrinkagePercent', 'Shrinkage, %');
    case 'slFormula':
      return t('params.slFormula', 'Service level formula');
    case 'slThreshold':
      return t('params.slThreshold', 'Service level within, s');
    case 'source':
      return t('params.source', 'Source');
    case 'state':
      return t('params.state', 'State');
    case 'stepSeconds':
      return t('params.stepSeconds', 'Step, s');
    case 'tagged':
      return t('params.tagged', 'Has a tag');
    case 'tags':
      return t('params.tags', 'Tags');
    case 'targetPercent':
      return t('params.targetPercent', 'Service level target, %');
    case 'top':
      return t('params.top', 'Show first');
    case 'trunk':
      return t('params.trunk', 'Trunk');
    case 'volumePercent':
      return t('params.volumePercent', 'Call volume, %');
    case 'withinHours':
      return t('params.withinHours', 'Reached within, h');
    case 'agents':
      return t('params.agents', 'Agents');
    case 'columns':
      return t('params.columns', 'Columns');
    case 'from2':
      return t('params.from2', 'Second period: from');
    case 'groupBy':
      return t('params.groupBy', 'Grouping');
    case 'limit':
      return t('params.limit', 'Rows at most');
    case 'queues':
      return t('params.queues', 'Queues');
    case 'to2':
      return t('params.to2', 'Second period: to');
    default:
      return name;
  }
}

/** @returns the code itself when it has no word here; codes of columns have theirs from the API */
export function choiceText(param: string, choice: string): string {
  switch (`${param} ${choice}`) {
    case 'order asc':
      return t('params.choice.ascending', 'Ascending');
    case 'order desc':
      return t('params.choice.descending', 'Descending');
    case 'of queues':
      return t('params.choice.queues', 'Queues');
    case 'of agents':
      return t('params.choice.agents', 'Agents');
    case 'by weekday':
      return t('params.choice.weekday', 'Weekday');
    case 'by day':
      return t('params.choice.averageDay', 'Average day');
    case 'by date':
      return t('params.choice.date', 'Date');
    case 'by agent':
      return t('params.choice.agent', 'Agent');
    case 'by destination':
      return t('params.choice.destination', 'Destination');
    case 'by both':
      return t('params.choice.both', 'Both');
    case 'tagged yes':
      return t('params.choice.yes', 'Yes');
    case 'tagged no':
      return t('params.choice.no', 'No');
    case 'hours all':
      return t('params.choice.hoursAll', 'All hours');
    case 'hours open':
      return t('params.choice.hoursOpen', 'Open');
    case 'hours closed':
      return t('params.choice.hoursClosed', 'Closed');
    case 'basis reported':
      return t('params.choice.reported', 'As the PBX states it');
    case 'basis measured':
      return t('params.choice.measured', 'Measured');
    case 'rounding call':
      return t('params.choice.perCall', 'Per call');
    case 'rounding total':
      return t('params.choice.perTotal', 'Per total');
    default:
      return param === 'granularity' ? granularityText(choice) : choice;
  }
}

function granularityText(granularity: string): string {
  switch (granularity) {
    case 'total':
      return t('params.granularity.total', 'Whole range');
    case '15m':
      return t('params.granularity.quarterHour', '15 minutes');
    case '30m':
      return t('params.granularity.halfHour', '30 minutes');
    case 'hour':
      return t('params.granularity.hour', 'Hour');
    case 'day':
      return t('params.granularity.day', 'Day');
    case 'week':
      return t('params.granularity.week', 'Week');
    case 'month':
      return t('params.granularity.month', 'Month');
    default:
      return granularity;
  }
}
