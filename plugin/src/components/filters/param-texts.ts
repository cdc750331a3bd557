/**
 * Names of reports' parameters and of their choices in the active language.
 *
 * What must hold: a parameter that came later than this list is still shown, by its name.
 */
import { t } from '@grafana/i18n';

export function paramText(name: string): string {
  switch (name) {
    case 'aht':
      return t('reports.param.aht', 'Average handle time, s');
    case 'agents2':
      return t('reports.param.agents2', 'Second side: agents');
    case 'agentsOnDuty':
      return t('reports.param.agentsOnDuty', 'Agents on duty');
    case 'basis':
      return t('reports.param.basis', 'Talk time');
    case 'binSeconds':
      return t('reports.param.binSeconds', 'Width of bins, s');
    case 'by':
      return t('reports.param.by', 'By');
    case 'caller':
      return t('reports.param.caller', 'Caller’s number');
    case 'countryCode':
      return t('reports.param.countryCode', 'Country code');
    case 'currency':
      return t('reports.param.currency', 'Currency');
    case 'destination':
      return t('reports.param.destination', 'Destination');
    case 'did':
      return t('reports.param.did', 'DID');
    case 'direction':
      return t('reports.param.direction', 'Direction');
    case 'disposition':
      return t('reports.param.disposition', 'Disposition');
    case 'granularity':
      return t('reports.param.granularity', 'Rows by');
    case 'hours':
      return t('reports.param.hours', 'Business hours');
    case 'marginHours':
      return t('reports.param.marginHours', 'Same matter within, h');
    case 'maxDuration':
      return t('reports.param.maxDuration', 'Duration at most, s');
    case 'maxSeconds':
      return t('reports.param.maxSeconds', 'Up to, s');
    case 'maxWait':
      return t('reports.param.maxWait', 'Wait at most, s');
    case 'metric':
      return t('reports.param.metric', 'Metric');
    case 'minContacts':
      return t('reports.param.minContacts', 'Contacts at least');
    case 'minDuration':
      return t('reports.param.minDuration', 'Duration at least, s');
    case 'minTalk':
      return t('reports.param.minTalk', 'Talk at least, s');
    case 'minWait':
      return t('reports.param.minWait', 'Wait at least, s');
    case 'nationalDigits':
      return t('reports.param.nationalDigits', 'Digits of a national number');
    case 'of':
      return t('reports.param.of', 'Of');
    case 'order':
      return t('reports.param.order', 'Order');
    case 'outcome':
      return t('reports.param.outcome', 'Outcome');
    case 'patience':
      return t('reports.param.patience', 'Patience, s');
    case 'pbx':
      return t('reports.param.pbx', 'PBX');
    case 'period':
      return t('reports.param.period', 'Period');
    case 'queues2':
      return t('reports.param.queues2', 'Second side: queues');
    case 'rounding':
      return t('reports.param.rounding', 'Rounding');
    case 'shrinkagePercent':
      return t('reports.param.shrinkagePercent', 'Shrinkage, %');
    case 'slFormula':
      return t('reports.param.slFormula', 'Service level formula');
    case 'slThreshold':
      return t('reports.param.slThreshold', 'Service level within, s');
    case 'source':
      return t('reports.param.source', 'Source');
    case 'state':
      return t('reports.param.state', 'State');
    case 'stepSeconds':
      return t('reports.param.stepSeconds', 'Step, s');
    case 'tagged':
      return t('reports.param.tagged', 'Has a tag');
    case 'tags':
      return t('reports.param.tags', 'Tags');
    case 'targetPercent':
      return t('reports.param.targetPercent', 'Service level target, %');
    case 'top':
      return t('reports.param.top', 'Show first');
    case 'trunk':
      return t('reports.param.trunk', 'Trunk');
    case 'volumePercent':
      return t('reports.param.volumePercent', 'Call volume, %');
    case 'withinHours':
      return t('reports.param.withinHours', 'Reached within, h');
    default:
      return name;
  }
}

/** @returns the code itself when it has no word here; codes of columns have theirs from the API */
export function choiceText(param: string, choice: string): string {
  switch (`${param} ${choice}`) {
    case 'order asc':
      return t('reports.choice.ascending', 'Ascending');
    case 'order desc':
      return t('reports.choice.descending', 'Descending');
    case 'of queues':
      return t('reports.choice.queues', 'Queues');
    case 'of agents':
      return t('reports.choice.agents', 'Agents');
    case 'by weekday':
      return t('reports.choice.weekday', 'Weekday');
    case 'by day':
      return t('reports.choice.averageDay', 'Average day');
    case 'by date':
      return t('reports.choice.date', 'Date');
    case 'by agent':
      return t('reports.choice.agent', 'Agent');
    case 'by destination':
      return t('reports.choice.destination', 'Destination');
    case 'by both':
      return t('reports.choice.both', 'Both');
    case 'tagged yes':
      return t('reports.choice.yes', 'Yes');
    case 'tagged no':
      return t('reports.choice.no', 'No');
    case 'hours all':
      return t('reports.choice.hoursAll', 'All hours');
    case 'hours open':
      return t('reports.choice.hoursOpen', 'Open');
    case 'hours closed':
      return t('reports.choice.hoursClosed', 'Closed');
    case 'basis reported':
      return t('reports.choice.reported', 'As the PBX states it');
    case 'basis measured':
      return t('reports.choice.measured', 'Measured');
    case 'rounding call':
      return t('reports.choice.perCall', 'Per call');
    case 'rounding total':
      return t('reports.choice.perTotal', 'Per total');
    default:
      return param === 'granularity' ? granularityText(choice) : choice;
  }
}

function granularityText(granularity: string): string {
  switch (granularity) {
    case 'total':
      return t('reports.granularity.total', 'Whole range');
    case '15m':
      return t('reports.granularity.quarterHour', '15 minutes');
    case '30m':
      return t('reports.granularity.halfHour', '30 minutes');
    case 'hour':
      return t('reports.granularity.hour', 'Hour');
    case 'day':
      return t('reports.granularity.day', 'Day');
    case 'week':
      return t('reports.granularity.week', 'Week');
    case 'month':
      return t('reports.granularity.month', 'Month');
    default:
      return granularity;
  }
}
