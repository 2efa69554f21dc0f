export { stageByNumber, stageLines, stageListLines, stages, tierLines, UnknownStage } from './catalogue.ts';
export { actions, actionsOf, experimentByName, experimentLines, experiments, topologyOf, UnknownExperiment } from './experiments.ts';
export { needsControl, settingsOf, type DisturbanceKind, type Expected, type Injection, type Limit } from './injection.ts';
export { injections, injectionsByName, UnknownInjection } from './injections.ts';
export { labs } from './labs.ts';
export type { Stage } from './stage.ts';
export { neededTools, toolsFor } from './tools-for.ts';
export { BadPriceTable, priceBy, priceOf, readPrices, trafficPrice, type PriceTable, type Traffic } from './prices.ts';
export { trafficIn, withTraffic } from './traffic.ts';
