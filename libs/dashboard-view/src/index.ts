export { DashboardView, type DashboardViewProps } from './dashboard-view.tsx';
export { cut } from './data/cut.ts';
export type { DashboardData, PanelData, SeriesData, TimeRange } from './data/panel-data.ts';
export { CHART_COLOURS, type ChartColour, type Theme } from './view/colours.ts';
export { CannotDraw, viewOf, type DashboardView as DashboardModel, type PanelView } from './view/view-of.ts';
