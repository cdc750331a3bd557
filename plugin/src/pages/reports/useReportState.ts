/** The state of a report's page, kept in its address. */
import { usePageState, type PageState } from '../../components/filters/usePageState';
import { queryOf, stateOf, type ReportState } from './report-url';

export type ReportPageState = PageState<ReportState>;

export const useReportState = (): ReportPageState => usePageState(stateOf, queryOf);
