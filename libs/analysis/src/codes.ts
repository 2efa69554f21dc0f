import type { CodeMeaning } from '@loadstair/kit';
import type { RefusalCode } from './verdict.ts';

/** The codes of refusals, for people: docs/reference/codes.md is made from them. */
export const CODES = {
  INTERRUPTED: {
    means: 'The run was stopped before its end.',
    mend: 'Run it again, and let it finish.',
  },
  UNBUDGETED: {
    means: 'The hosts ran without CPU limits (`--unbudgeted`), so the measured loads mean nothing.',
    mend: 'Run as root without `--unbudgeted`. `./lab doctor limits` says whether limits work here.',
  },
  GAPS: {
    means: 'While load ran, a host died, appeared, or had its limits changed, or more than 5 % of the samples are missing.',
    mend: 'Run it again, and leave its hosts alone. If samples are missing, read `.lab/instances/INSTANCE/lab.log`.',
  },
  PHYS_CPU: {
    means: 'The machine was busy with something else: less than 30 % of its CPU was idle.',
    mend: 'Close other programs (browsers, builds), or use a machine with more cores.',
  },
  PHYS_STEAL: {
    means: 'The hypervisor gave more than 1 % of this machine’s CPU to other guests.',
    mend: 'Run it again when the physical machine is quiet.',
  },
  GEN_CPU: {
    means: 'The load generator had too little CPU left to keep its schedule.',
    mend: 'Close other programs, or offer less load: `--scale 0.5`.',
  },
  GEN_SOCKETS: {
    means: 'The load generator could not send some requests, because it had no file handles or ports left.',
    mend: 'Raise its limit of open files (`ulimit -n`), or offer less load: `--scale 0.5`.',
  },
  GEN_SCHED: {
    means: 'Arrivals began late, or fewer of them began than planned. The load was not the load that the profile asked for.',
    mend: 'Close other programs, or offer less load: `--scale 0.5`.',
  },
  GEN_DROP: {
    means: 'Some arrivals never began.',
    mend: 'Offer less load: `--scale 0.5`.',
  },
  FOREIGN_LOAD: {
    means: 'More requests reached the site than the load generator sent: somebody else used the site meanwhile.',
    mend: 'Find out who uses the site, and run it again.',
  },
  SHORT: {
    means: 'There were too few requests to tell whether a step met the SLO.',
    mend: 'Use the full profile, without `--quick`.',
  },
  BLIND: {
    means: 'The use of a CPU, a pool or proxy slots could not be read.',
    mend: 'Read the log of that host: `./lab logs HOST`. Then run it again.',
  },
  MIX: {
    means: 'The requests were not in the planned proportions, usually because whole journeys failed.',
    mend: 'Look in the report which requests failed.',
  },
  UNSTEADY: {
    means: 'In a step that met the SLO, latency or requests in flight kept growing.',
    mend: 'Use longer steps, without `--quick`.',
  },
  LITTLE: {
    means: 'Two counts of the same requests disagree: arrivals in flight, and rate × time (Little’s law).',
    mend: 'Run it again. If the code comes back, report it.',
  },
  DRIFT: {
    means: 'The speed of the machine changed during the run. This is only noted: it does not refuse a run.',
    mend: 'Run it again when the machine is quiet, if the interval is too wide.',
  },
} as const satisfies Readonly<Record<RefusalCode, CodeMeaning>>;
