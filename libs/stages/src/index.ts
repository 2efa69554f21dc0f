export { registerStage, stageByNumber, stageLines, stageListLines, stages, tierLines, UnknownStage } from './catalogue.ts';
export { benched, type Benched } from './benched.ts';
export { LEVELS, type BrokenSite, type Level } from './broken-site.ts';
export { EXAMPLE, EXAMPLE_EXPERIMENT } from './examples.ts';
export { actions, experimentByName, experimentLines, experiments, topologyOf, UnknownExperiment } from './experiments.ts';
export { plannedStages, type PlannedStage } from './planned.ts';
export { needsControl, settingsOf, type DisturbanceKind, type Expected, type Injection, type Limit } from './injection.ts';
export {
  BadCode,
  brokenSite,
  gamedayCode,
  gamedayVersion,
  gameOf,
  limitsOf,
  NoBrokenSite,
  profileOf,
  shownSite,
  type Game,
  type GameChoice,
} from './gameday.ts';
export { injections, injectionsByName, UnknownInjection } from './injections.ts';
export { KNOWLEDGE_TEST } from './knowledge-test.ts';
export { labs } from './labs.ts';
export { pictureFile } from './pictures.ts';
export { settingLines, settingsOfStages } from './setting-lines.ts';
export type { Stage } from './stage.ts';
export { neededTools, toolNeededBy, toolsFor } from './tools-for.ts';
export { BadPriceTable, priceBy, priceOf, readPrices, trafficPrice, type PriceTable, type Traffic } from './prices.ts';
export { trafficIn, withTraffic } from './traffic.ts';
