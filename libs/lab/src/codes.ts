import type { Codes } from '@loadstair/kit';

/** The error codes of this package, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  E_UNKNOWN_BENCH: {
    means: 'This labd did not start a bench of that id.',
    mend: 'Run `./lab bench --history`: it lists earlier benches.',
  },
  E_INSTANCE_TAKEN: {
    means: 'The instance runs a different site from the one that the command needs.',
    mend: 'End it with `./lab down`, or use another instance: `--instance N`.',
  },
  E_NOT_CONFIRMABLE: {
    means: 'The run cannot be confirmed. The error gives the reason, for example that the run named no limit.',
    mend: 'Run the stage again with `--confirm`.',
  },
  E_BUSY: {
    means: 'The instance is starting or stopping a site.',
    mend: 'Wait a few seconds, or use another instance: `--instance N`.',
  },
  E_NOT_CLEAN: {
    means: 'A program, mount or rule of the instance is still there.',
    mend: 'Run `./lab down`: it ends what is left, and names what it cannot end.',
  },
  E_RUNNING: {
    means: 'A run is in progress in the instance, and the command would disturb it.',
    mend: 'Wait for its end, or stop it with `./lab down`.',
  },
  E_NO_SITE: {
    means: 'The command changes a running site, and none is up.',
    mend: 'Start one: `./lab up STAGE`.',
  },
  E_WARM_UP: {
    means: 'The site answered no request in the warm-up.',
    mend: 'Read the log of a host: `./lab logs HOST`.',
  },
  E_RUN_IN_USE: {
    means: 'The run cannot be deleted: it is still running, or something refers to it. The error gives the reason.',
    mend: 'Do what the error says, then delete it again.',
  },
  E_SEARCHING: {
    means: 'Searches for a comparison are already running.',
    mend: 'Wait until they have ended, or stop them on the page of the comparison.',
  },
  E_UNKNOWN_OPERATION: {
    means: 'There is no operation of that id: this labd did not begin it, or it ended long ago.',
    mend: 'Run `./lab status`: it shows the site as it is now.',
  },
  E_BAD_REQUEST: {
    means: 'A request to the API of labd is not valid. The error names the field.',
    mend: 'Read `/openapi.json` of labd. If a command of the lab sent the request, report a bug.',
  },
  E_LAB: {
    means: 'The lab itself failed, in a way that has no code of its own.',
    mend: 'Run the command again with `--debug`, and report what it prints.',
  },
  E_STORED_SERIES: {
    means: 'The series of earlier sites cannot be read: their Prometheus did not start.',
    mend: 'Do what the error says. Runs keep what their own pages show, so nothing of a run is lost.',
  },
  E_PROMETHEUS: {
    means: 'Prometheus did not start.',
    mend: 'Read the log that the error names. `./lab doctor tools` shows which Prometheus is used.',
  },
  E_UNKNOWN_DASHBOARD: {
    means: 'The run has no dashboard of that name.',
    mend: 'Use one of those that the error lists.',
  },
  E_UNKNOWN_TRACE: {
    means: 'The run holds no trace of that id.',
    mend: 'Open the traces of the run in the console.',
  },
} as const satisfies Codes;
