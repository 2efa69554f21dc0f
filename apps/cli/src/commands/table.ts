/** Headings of the list of all commands, in order. */
export const GROUPS = ['Run', 'Compare', 'Learn', 'A running site', 'Stored runs', 'The lab itself'] as const;

export interface Listed {
  readonly group: (typeof GROUPS)[number];
  /** as commander writes them */
  readonly arguments?: string;
  readonly does: string;
  /** Of programs, not of people. */
  readonly hidden?: true;
}

/**
 * Every command by the file in this folder that registers it: what stands behind its name, and what it does. Enough for the list of
 * all, which would else load every one of them.
 */
export const COMMANDS = {
  run: {
    run: { group: 'Run', arguments: '<stage>', does: 'load a stage, measure it, and name what limits it' },
  },
  capacity: {
    capacity: { group: 'Run', arguments: '<stage>', does: 'search for the highest load at which the SLO is met' },
  },
  experiments: {
    experiments: { group: 'Run', arguments: '[stage]', does: 'list what-if experiments' },
    experiment: { group: 'Run', arguments: '<name>', does: 'run an experiment: steady load, actions, expectations' },
  },
  compare: {
    compare: { group: 'Compare', arguments: '<what...>', does: 'compare stages or stored runs: is the difference real?' },
    baseline: { group: 'Compare', does: 'show or set the runs that later runs are compared with' },
  },
  workshop: {
    workshop: { group: 'Learn', arguments: '[lab]', does: 'take a guided lab: predict, run, check, reflect' },
  },
  gameday: {
    gameday: { group: 'Learn', does: 'find a hidden cause in a broken site, and mend the site' },
  },
  catalogue: {
    stages: { group: 'Learn', arguments: '[stage]', does: 'list the stages, or show one' },
    diff: { group: 'Learn', arguments: '<from> <to>', does: 'show what changes from one stage to another' },
    settings: { group: 'Learn', arguments: '[stage]', does: 'list what --set can change' },
  },
  profiles: {
    profiles: { group: 'Learn', arguments: '[profile]', does: 'list load profiles, show one, or begin one of your own' },
  },
  site: {
    up: { group: 'A running site', arguments: '<stage>', does: 'start a stage and leave it running' },
    status: { group: 'A running site', does: 'show what is running' },
    logs: { group: 'A running site', arguments: '<host>', does: 'show the log of a host' },
    down: { group: 'A running site', does: 'stop everything in an instance' },
  },
  visit: {
    visit: { group: 'A running site', arguments: '[path]', does: 'look up the site and request a page, with times' },
  },
  changes: {
    scale: { group: 'A running site', arguments: '<tier> <count>', does: 'change the number of hosts of a tier' },
    crash: { group: 'A running site', arguments: '[host]', does: 'kill the programs of a host; connections are refused' },
    'power-loss': { group: 'A running site', arguments: '[host]', does: 'cut the power of a host: it falls silent' },
    destroy: { group: 'A running site', arguments: '[host]', does: 'cut the power of a host and destroy its disk' },
    'power-on': { group: 'A running site', arguments: '<host>', does: 'start a dead host again, with the data on its disk' },
    replace: { group: 'A running site', arguments: '<host>', does: 'replace a host with a fresh one' },
  },
  failover: {
    failover: { group: 'A running site', arguments: '[group]', does: 'promote the most advanced replica to primary' },
    recover: { group: 'A running site', arguments: '[group]', does: 'restore writes that only an old primary has' },
  },
  purge: {
    purge: { group: 'A running site', arguments: '<path>', does: 'remove a file from every edge' },
    clear: { group: 'A running site', arguments: '[tier]', does: 'empty the caches or edges of a tier or a place' },
  },
  runs: {
    runs: { group: 'Stored runs', does: 'list runs, newest first' },
    show: { group: 'Stored runs', arguments: '<run>', does: 'show the verdict of a run again' },
    export: { group: 'Stored runs', arguments: '<run> <file>', does: 'pack a run into one file' },
    import: { group: 'Stored runs', arguments: '<file>', does: 'add a run that was exported elsewhere' },
  },
  open: {
    open: { group: 'Stored runs', arguments: '[run]', does: 'open the page or the report of a run in a browser' },
  },
  rm: {
    rm: { group: 'Stored runs', arguments: '<run...>', does: 'delete runs' },
  },
  record: {
    record: { group: 'Stored runs', arguments: '[stage]', does: 'refresh the recorded runs of a stage from stored ones' },
  },
  prune: {
    prune: { group: 'Stored runs', does: 'remove old and damaged runs, and old caches and logs' },
  },
  console: {
    console: { group: 'The lab itself', does: 'see runs, stages and comparisons in a browser' },
  },
  prepare: {
    prepare: { group: 'The lab itself', arguments: '[stage]', does: 'install everything beforehand, or pack it into one file' },
  },
  uninstall: {
    uninstall: { group: 'The lab itself', does: 'remove what the lab installed on this machine, and nothing else' },
  },
  'static-site': {
    site: { group: 'The lab itself', does: 'write the recorded console as files for any web server' },
  },
  doctor: {
    doctor: { group: 'The lab itself', arguments: '[topic]', does: 'show what this machine has and what is missing' },
  },
  verify: {
    verify: { group: 'The lab itself', arguments: '[what...]', does: 'check that measured verdicts agree with the catalogue' },
  },
  bench: {
    bench: { group: 'The lab itself', does: 'measure what the lab itself costs' },
  },
  test: {
    test: { group: 'The lab itself', does: 'run the checks and tests of the project' },
  },
  completion: {
    completion: { group: 'The lab itself', arguments: '<shell>', does: 'print a completion script for your shell' },
    complete: {
      group: 'The lab itself',
      arguments: '<line>',
      does: 'list what may follow a line; completion scripts ask this',
      hidden: true,
    },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Listed>>>>;

export type CommandFile = keyof typeof COMMANDS;

/** @returns the file that registers a command; undefined where none does */
export function fileOf(command: string): CommandFile | undefined {
  return (Object.keys(COMMANDS) as CommandFile[]).find((file) => Object.hasOwn(COMMANDS[file], command));
}

/** Every command by its name, in the order of the groups. */
export const LISTED: readonly (Listed & { readonly name: string })[] = GROUPS.flatMap((group) =>
  Object.values<Readonly<Record<string, Listed>>>(COMMANDS)
    .flatMap((commands) => Object.entries(commands))
    .flatMap(([name, listed]) => (listed.group === group ? [{ name, ...listed }] : [])),
);
