export { BudgetsImpossible, type Cgroups, type GroupReading } from './budgets/cgroups.ts';
export { detectCgroups } from './budgets/detect.ts';
export type {
  Driver,
  HostEvent,
  HostReading,
  HostsReading,
  HostState,
  HostStatus,
  MachineReading,
  RunningSite,
  StartOptions,
} from './driver.ts';
export { confined } from './process/confine.ts';
export { userIds } from './process/identity.ts';
export type { Isolation } from './process/isolation.ts';
export { endLeftovers, leftoversOf } from './process/leftovers.ts';
export { ownerOf } from './process/private-folder.ts';
export { limitGenerator, limitGeneratorFiles } from './process/limit-generator.ts';
export { prepareProcessDriver } from './process/prepare-process-driver.ts';
export { NoReplica, TakesWrites } from './process/databases.ts';
export { checkFiles, hardLimitOfFiles, TooFewFiles } from './process/open-files.ts';
export { CannotScale, OverCommitted, TooManyTogether } from './process/room.ts';
export { visitSite, type Timed, type VisitAnswer, type VisitRequest, type VisitTimes } from './process/visit.ts';
export { PortTaken } from './process/ports.ts';
export { allTools, toolOf } from './tools/catalogue.ts';
export { findingsOf, missingOf, type Findings } from './tools/findings.ts';
export { findTool, parseVersion, type ToolReport } from './tools/find.ts';
export { bootLinks } from './tools/boot-links.ts';
export type { JournalEntry } from './tools/journal.ts';
export { installPackages, isRoot, mendMachine, type Progress } from './tools/packages.ts';
export { mendCommand, provideTools, type BundleSource, type ProvideOptions } from './tools/provide.ts';
export { ToolsMissing, type MissingTool } from './tools/tools-missing.ts';
export { RIGHT_NAMES, type Right, type RightName } from './tools/right.ts';
export { rightsOf } from './tools/rights.ts';
