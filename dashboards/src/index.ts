export { panelId } from './panel-id.ts';
export {
  annotationQueries,
  panelQueries,
  rateIntervalS,
  UnknownVariable,
  type AnnotationQuery,
  type PanelQuery,
  type QueriedDashboard,
  type QueryOptions,
} from './panel-queries.ts';
export { dashboardsOf, type DashboardJson } from './read.ts';
export { RULE_FILES } from './rule-files.ts';
