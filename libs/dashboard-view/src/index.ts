export { DashboardView, type DashboardViewProps } from './dashboard-view.tsx';
export { canvasFont, plainAxis } from './charts/axis.ts';
export { indexAfter, usePlot, type Paper, type Plot } from './charts/use-plot.ts';
export { useSpoken } from './charts/use-spoken.ts';
export { cut } from './data/cut.ts';
export type { DashboardData, Exemplar, PanelData, SeriesData, TimeRange } from './data/panel-data.ts';
export { CannotDraw, viewOf, type DashboardView as DashboardModel, type PanelView } from './view/view-of.ts';
