export { benchmarkMap, type BenchmarkMap } from './benchmark-map.ts';
export { capacitySection } from './capacity-section.ts';
export { onsetChart, onsetPlot, useChart, type PredictedLoad } from './charts.ts';
export { csv, stepsCsv, timelineCsv } from './csv.ts';
export { databasesTable } from './databases-table.ts';
export { evidenceCharts } from './evidence-charts.ts';
export { evidenceRows, type EvidenceRow } from './evidence-rows.ts';
export { evidence, split } from './evidence.ts';
export { failuresTable } from './failures-table.ts';
export { heatClass, heatStrip } from './heat-strip.ts';
export { Html, html } from './html.ts';
export { keepsUp } from './keeps-up.ts';
export { latencyOverlay, type OverlaidArm, type Over } from './latency-overlay.ts';
export { OUTCOME_MARKS, outcomeBlock, outcomeTable } from './outcome-block.ts';
export { outcomeCurve } from './outcome-curve.ts';
export { runTime } from './run-time.ts';
export { outcomeTimeline, timelinePlot, type PredictedSpan, type TimelineLook } from './timeline/outcome-timeline.ts';
export { NO_TIMELINE, timelineCaption, timelineMarks, timelineTable } from './timeline/timeline-table.ts';
export { wholeOf, type TimeWindow } from './timeline/timeline-window.ts';
export { decadeAbove, decadeBelow, decades, linear, ticks, type Scale } from './scale.ts';
export { overlaidRuns, type OverlaidRun } from './overlaid-runs.ts';
export { momentWords, stepName, type ReplayedSecond } from './replay/moment-words.ts';
export { player } from './replay/player.ts';
export { replayPart } from './replay/replay-part.ts';
export { proof } from './proof.ts';
export { CHART_TOKENS, chartColour, PALETTE, SERIES_COLOURS, type ChartColour, type Theme, type Token } from './palette.ts';
export { staircase, type StairArm } from './staircase.ts';
export { classesTable, regionsTable, stepsTable, useOverTime } from './tables.ts';
export { incidents, observer, trust, type HostNote } from './trust.ts';
export { verdictBlock } from './verdict-block.ts';
export { trendChart, type DrawnTrend } from './trend-chart.ts';
export { comparisonText, transitionNotes } from './transition-text.ts';
export { footLines, STATE_MARKS, type ChipHost } from './topology/feet.ts';
export { cellClass, hostCell, type HostSigns } from './topology/host-cell.ts';
export { hostReading, hostsByTier, type HostReading } from './topology/host-reading.ts';
export { HOST_CLASSES, hostShown, type HostShown } from './topology/host-shown.ts';
export { lagWords, worstLag } from './topology/lag.ts';
export {
  densityOf,
  FOOT_LINE,
  FOOT_LINES,
  layout,
  type Box,
  type Cell,
  type Density,
  type Foot,
  type Layout,
  type Wire,
} from './topology/layout.ts';
export type { Lag, SiteNow, Use } from './topology/site-now.ts';
export { wireMark } from './topology/wire-mark.ts';
