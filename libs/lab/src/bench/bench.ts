import { cpus, release } from 'node:os';
import { VARIANTS } from '@loadstair/measure';
import { benchHistory, type BenchEvent, type BenchResult } from '@loadstair/runs';
import { benched } from '@loadstair/stages';
import type { LabConfig } from '../config.ts';
import type { Lab } from '../lab.ts';
import { busyInRun, runRows } from './run-rows.ts';
import { observeRun } from './observe-run.ts';
import { busyInBlocks, telemetryRows } from './telemetry-rows.ts';
import { measureTelemetryCost } from './telemetry-cost.ts';

export interface BenchRequest {
  readonly quick: boolean;
  /** Seconds the command took until labd answered. */
  readonly commandS: number;
}

export interface BenchContext {
  readonly config: LabConfig;
  readonly lab: Lab;
  readonly request: BenchRequest;
  readonly emit: (event: BenchEvent) => void;
  readonly signal: AbortSignal;
}

/** Measures the lab itself: what its telemetry and its own programs cost, how true its load is, how fast it starts. */
export async function bench(context: BenchContext): Promise<void> {
  const { config, lab, request, emit, signal } = context;
  const stages = benched();
  const begunMs = Date.now();
  const part = (state: 'begun' | 'done', text: string): void => emit({ type: 'part', atMs: Date.now(), state, text });

  part('begun', 'telemetry: hosts with and without it, loaded one at a time');
  const costs = await lab.lend(
    stages.telemetry(...VARIANTS),
    (session, inner) => measureTelemetryCost({ config, session, quick: request.quick, signal: inner }),
    signal,
  );
  part('done', `telemetry  ${costs.costs.reduce((sum, one) => sum + one.blocks.length, 0)} blocks in ${secondsSince(begunMs)} s`);

  const runBegunMs = Date.now();
  part('begun', `a run of stage ${stages.run}, started as from the command line`);
  const observed = await observeRun(lab, config.labFolder, { stage: stages.run, quick: request.quick }, signal);
  part('done', `run        ${observed.run} in ${secondsSince(runBegunMs)} s`);

  const result: BenchResult = {
    schema: 1,
    at: new Date(begunMs).toISOString(),
    quick: request.quick,
    seconds: Math.round((Date.now() - begunMs) / 1000),
    machine: { cores: cpus().length, model: cpus()[0]?.model ?? 'unknown', kernel: release(), node: process.versions.node },
    rows: [...telemetryRows(costs), ...runRows(observed, { commandS: request.commandS, generatorStartS: costs.generatorStartS })],
    busy: busyInBlocks(costs) ?? busyInRun(observed.runData),
  };
  benchHistory(config.labFolder).append(result);
  emit({ type: 'result', atMs: Date.now(), result });
}

function secondsSince(ms: number): number {
  return Math.round((Date.now() - ms) / 1000);
}
