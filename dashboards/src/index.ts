export { panelId } from './panel-id.ts';
export {
  annotationQueries,
  panelQueries,
  rateIntervalS,
  UnknownVariable,
  type AnnotationQuery,
  type DashboardJson,
  type PanelQuery,
  type QueriedDashboard,
  type QueryOptions,
} from './panel-queries.ts';
export { dashboardsOf } from './read.ts';
export { RULE_FILES } from './rule-files.ts';
