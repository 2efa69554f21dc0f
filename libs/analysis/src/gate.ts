import { moduleOf, percent, presenceIn, useIn } from '@loadstair/resources';
import { check, leastBy, LIMITS, stepsOf, type Check, type Claims } from './gate-check.ts';
import { dropped, foreignLoad, little, mix, schedule, short, sockets, unsteady } from './gate-load.ts';
import { findOnset, loadSteps, stepHolds } from './onset.ts';
import type { Incident, RunData, StepData } from './run-data.ts';
import { median } from './statistics.ts';
import type { GateCheck, RefusalCode } from './verdict.ts';

/** All checks, the one that explains the others first. A run with one `refuse` has no verdict. */
export function gate(run: RunData): GateCheck[] {
  const onset = findOnset(run);
  const all = loadSteps(run);
  const relevant = onset === null ? all : all.filter((step) => step.offered <= onset.firstFail);
  const passing = relevant.filter((step) => stepHolds(step, run.profile.slo).holds);
  const claims: Claims = { onset, relevant, passing };
  const checks: readonly [RefusalCode, Check][] = [
    ['INTERRUPTED', interrupted(run)],
    ['UNBUDGETED', unbudgeted(run)],
    ['GAPS', gaps(run, claims)],
    ['PHYS_CPU', physicalCpu(claims)],
    ['PHYS_STEAL', steal(claims)],
    ['GEN_CPU', generatorCpu(run, claims)],
    ['GEN_SOCKETS', sockets(claims)],
    ['GEN_SCHED', schedule(run, claims)],
    ['GEN_DROP', dropped(claims)],
    ['FOREIGN_LOAD', foreignLoad(claims)],
    ['SHORT', short(run, claims)],
    ['BLIND', blind(run, claims)],
    ['MIX', mix(claims)],
    ['UNSTEADY', unsteady(run, claims)],
    ['LITTLE', little(claims)],
    ['DRIFT', drift(claims)],
  ];
  return checks.map(([code, check]) => ({ code, ...check }));
}

function interrupted(run: RunData): Check {
  const ended = run.ended === 'finished';
  return check(ended, ended ? 'ran to its end' : 'stopped before its end', 'a complete run', null, null, 'run it again and let it finish');
}

function unbudgeted(run: RunData): Check {
  return check(
    run.budgeted,
    run.budgeted ? 'every host had its CPU budget' : 'started with --unbudgeted',
    'a CPU budget on every host',
    null,
    null,
    './lab doctor',
  );
}

const DISTURBING: readonly Incident['kind'][] = [
  'host-died',
  'host-restarted',
  'host-added',
  'host-stopped',
  'oom',
  'limit-changed',
  'lab-program-died',
];

function gaps(run: RunData, { relevant }: Claims): Check {
  const disturbing = run.incidents.filter(({ kind, planned }) => DISTURBING.includes(kind) && planned !== true);
  const first = disturbing[0];
  if (first !== undefined) {
    return check(
      false,
      `${first.subject}: ${first.kind.replaceAll('-', ' ')} while load ran`,
      'no host or lab program starts or ends, and no limit changes',
      disturbing.length,
      0,
      first.kind === 'limit-changed'
        ? 'find out which other program sets limits on these control groups, and run it again'
        : 'run it again without changing hosts',
    );
  }
  const worst = leastBy(relevant, (step) => Math.min(step.coverage.prometheus, step.coverage.sampler));
  const share = worst === null ? 1 : Math.min(worst.coverage.prometheus, worst.coverage.sampler);
  return check(
    share >= LIMITS.coverage,
    `${percent(share)} of the samples were recorded`,
    `at least ${percent(LIMITS.coverage)}`,
    share,
    LIMITS.coverage,
    'see .lab/instances/<instance>/lab.log',
    stepsOf(relevant, (step) => Math.min(step.coverage.prometheus, step.coverage.sampler) < LIMITS.coverage),
  );
}

function physicalCpu({ relevant }: Claims): Check {
  const worst = leastBy(relevant, (step) => step.machine.idle);
  const idle = worst?.machine.idle ?? 1;
  const outside = Math.max(0, ...relevant.map((step) => step.machine.outside));
  return {
    ...check(
      idle >= LIMITS.idleRefuse,
      `${percent(idle)} of the machine idle, ${percent(outside)} used outside the lab`,
      `at least ${percent(LIMITS.idleRefuse)} idle`,
      idle,
      LIMITS.idleRefuse,
      'close other programs',
      stepsOf(relevant, (step) => step.machine.idle < LIMITS.idleRefuse),
    ),
    ...(idle >= LIMITS.idleRefuse && idle < LIMITS.idleWarn ? { outcome: 'warn' as const } : {}),
  };
}

function steal({ relevant }: Claims): Check {
  const worst = Math.max(0, ...relevant.map((step) => step.machine.steal));
  return check(
    worst <= LIMITS.steal,
    `${percent(worst)} of CPU time stolen by other virtual machines`,
    `at most ${percent(LIMITS.steal)}`,
    worst,
    LIMITS.steal,
    'run it again when the physical machine is quiet',
    stepsOf(relevant, (step) => step.machine.steal > LIMITS.steal),
  );
}

function generatorCpu(run: RunData, { relevant }: Claims): Check {
  const room = (step: StepData): number => {
    const idle = step.machine.idle * run.machine.cores;
    return idle + step.machine.generatorCores === 0 ? 0 : idle / (idle + step.machine.generatorCores);
  };
  const worst = leastBy(relevant, room);
  const share = worst === null ? 1 : room(worst);
  return check(
    share >= LIMITS.generatorIdleShare,
    `${percent(share)} of the load generator’s CPU was idle`,
    `at least ${percent(LIMITS.generatorIdleShare)}`,
    share,
    LIMITS.generatorIdleShare,
    'close other programs, or --scale 0.5',
    stepsOf(relevant, (step) => room(step) < LIMITS.generatorIdleShare),
  );
}

function blind(run: RunData, { relevant }: Claims): Check {
  const hidden = run.resources.filter(
    ({ id, kind, host }) =>
      moduleOf(kind).prominence === 'first' && relevant.some((step) => presenceIn(step, host) > 0 && useIn(step, id) === null),
  );
  const names = hidden.map((resource) => resource.id);
  return check(
    hidden.length === 0,
    hidden.length === 0 ? 'every resource was measured' : `not measured: ${names.slice(0, 4).join(', ')}`,
    'use of every CPU, pool and slot',
    hidden.length,
    0,
    'see ./lab logs for that host',
  );
}

function drift({ relevant }: Claims): Check {
  const probes = relevant.flatMap((step) => step.machine.probeMs ?? []);
  const middle = median(probes);
  const spread = middle === null || middle === 0 ? 0 : Math.max(...probes.map((probe) => Math.abs(probe / middle - 1)));
  const fine = check(
    true,
    `the machine’s speed changed by ${percent(spread)}`,
    `any; more than ${percent(LIMITS.probeSpread)} is noted`,
    spread,
    LIMITS.probeSpread,
    'run it again when the machine is quiet',
  );
  return spread > LIMITS.probeSpread ? { ...fine, outcome: 'warn' } : fine;
}
