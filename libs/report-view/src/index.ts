export { capacitySection } from './capacity-section.ts';
<<<<<<< HEAD
export { onsetChart, useChart, type PredictedLoad } from './charts.ts';
=======
export { onsetChart, useChart } from './charts.ts';
export { evidenceCharts } from './evidence-charts.ts';
export { evidenceRows, type EvidenceRow } from './evidence-rows.ts';
>>>>>>> wt-trace
export { evidence, split } from './evidence.ts';
export { heatClass, heatStrip } from './heat-strip.ts';
export { Html, html } from './html.ts';
export { keepsUp } from './keeps-up.ts';
export { latencyOverlay, type OverlaidArm, type Over } from './latency-overlay.ts';
export { decadeAbove, decadeBelow, decades, linear, ticks, type Scale } from './scale.ts';
export { proof } from './proof.ts';
export { CHART_TOKENS, chartColour, PALETTE, SERIES_COLOURS, type ChartColour, type Theme, type Token } from './palette.ts';
export { comparisonText, staircase, type StairArm } from './staircase.ts';
export { classesTable, stepsTable, useOverTime } from './tables.ts';
export { incidents, observer, trust, type HostNote } from './trust.ts';
export { verdictBlock } from './verdict-block.ts';
