export interface Listed {
  /** as commander writes them */
  readonly arguments?: string;
  readonly does: string;
}

/**
 * Every command by the file in this folder that registers it: what stands behind its name, and what it does. Enough for the list of
 * all, which would else load every one of them.
 */
export const COMMANDS = {
  run: {
    run: { arguments: '<stage>', does: 'load a stage, measure it, and name what limits it' },
  },
  capacity: {
    capacity: { arguments: '<stage>', does: 'search the highest load that holds the SLO' },
  },
  compare: {
    compare: { arguments: '<what...>', does: 'compare stages or stored runs: is the difference real?' },
    baseline: { does: 'runs that later ones are held against' },
  },
  experiments: {
    experiments: { arguments: '[stage]', does: 'list experiments: what happens when' },
    experiment: { arguments: '<name>', does: 'run one: load, actions, and what must then be seen' },
  },
  workshop: {
    workshop: { arguments: '[lab]', does: 'take a guided lab: predict, run, check, reflect' },
  },
  site: {
    up: { arguments: '<stage>', does: 'start a stage and leave it running' },
    status: { does: 'what runs now' },
    logs: { arguments: '<host>', does: 'log of a host' },
    scale: { arguments: '<tier> <count>', does: 'change the number of hosts of a tier while it runs' },
    crash: { arguments: '[host]', does: 'end the programs of a host; its kernel refuses whoever connects' },
    'power-loss': { arguments: '[host]', does: 'take the power from a host: it falls silent, nobody is told' },
    destroy: { arguments: '[host]', does: 'take the power from a host, and its disk with it' },
    'power-on': { arguments: '<host>', does: 'start a dead host again, with what its disk has' },
    replace: { arguments: '<host>', does: 'put a fresh host in place of one' },
    down: { does: 'stop everything of an instance' },
  },
  visit: {
    visit: { arguments: '[path]', does: 'find the site by its name and ask it, as users do; both are timed' },
  },
  failover: {
    failover: { arguments: '[group]', does: 'put the most advanced replica in the place of the primary' },
    recover: { arguments: '[group]', does: 'restore writes that only an old primary has' },
  },
  purge: {
    purge: { arguments: '<path>', does: 'make every edge forget a file' },
    clear: { arguments: '[tier]', does: 'make caches and edges of a tier or a place forget all they keep' },
  },
  catalogue: {
    stages: { arguments: '[stage]', does: 'list the stages, or show one' },
    settings: { arguments: '<stage>', does: 'list what --set may change of a stage' },
    profiles: { does: 'list load profiles: what users do, and how much they read for each write' },
    diff: { arguments: '<from> <to>', does: 'what one stage changes of another' },
  },
  runs: {
    runs: { does: 'list runs, newest first' },
    show: { arguments: '<run>', does: 'the verdict of a run again' },
    export: { arguments: '<run> <file>', does: 'pack a run into one file' },
    import: { arguments: '<file>', does: 'take over a run that was exported' },
  },
  prune: {
    prune: { does: 'remove old runs, damaged ones, and old caches and logs' },
  },
  verify: {
    verify: { arguments: '[what...]', does: 'check that measured verdicts agree with the catalogue' },
  },
  bench: {
    bench: { does: 'measure the lab itself: its cost, its schedule, its start' },
  },
  console: {
    console: { does: 'see runs, stages and comparisons in a browser' },
  },
  doctor: {
    doctor: { arguments: '[topic]', does: 'what this machine has and what is missing' },
  },
  test: {
    test: { does: 'run the project’s own checks and tests' },
  },
  completion: {
    completion: { arguments: '<shell>', does: 'print a completion script' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Listed>>>>;

export type CommandFile = keyof typeof COMMANDS;

/** @returns the file that registers a command; undefined where none does */
export function fileOf(command: string): CommandFile | undefined {
  return (Object.keys(COMMANDS) as CommandFile[]).find((file) => Object.hasOwn(COMMANDS[file], command));
}
