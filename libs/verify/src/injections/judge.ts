import { isHeldOut } from '@loadstair/kit';
import type { Named, NamedResource, Verdict } from '@loadstair/analysis';
import { needsControl, type Expected, type Injection, type Limit } from '@loadstair/stages';

/** An injection that moves the load by less proves nothing: what was named may have been the limit before (methods of RCA benchmarks). */
export const LEAST_MOVE = 0.15;
/** Share of the counted injections that must be named right. */
export const LEAST_RIGHT = 0.95;

export type JudgedAs = 'right' | 'wrong' | 'moved-nothing';

export interface Judged {
  readonly injection: Injection;
  /** What the verdict says, in few words. */
  readonly said: string;
  /** arrivals/s; null when the verdict has no load. */
  readonly load: number | null;
  readonly controlLoad: number | null;
  /** load ÷ control − 1; null without a control. */
  readonly moved: number | null;
  readonly as: JudgedAs;
}

/** Compares a verdict with what was injected. `control` is the verdict of the same stage without it. */
export function judge(injection: Injection, verdict: Verdict, control: Verdict | null): Judged {
  const load = loadOf(verdict);
  const controlLoad = control === null ? null : loadOf(control);
  const moved = load === null || controlLoad === null ? null : load / controlLoad - 1;
  const right = isRight(injection.expected, verdict);
  // A run that was refused has no load; it was not named right, whatever it moved.
  const idle = needsControl(injection) && verdict.kind !== 'refused' && (moved === null || Math.abs(moved) < LEAST_MOVE);
  return { injection, said: saidOf(verdict), load, controlLoad, moved, as: idle ? 'moved-nothing' : right ? 'right' : 'wrong' };
}

export interface Score {
  readonly right: number;
  /** Injections that count. */
  readonly of: number;
  readonly met: boolean;
  /** Of those, the third that nobody looks at while rules are made. */
  readonly heldOut: { readonly right: number; readonly of: number };
}

export function scoreOf(judged: readonly Judged[]): Score {
  const counted = judged.filter((one) => one.as !== 'moved-nothing');
  const right = rightOf(counted);
  const apart = counted.filter(({ injection: { stage, name } }) => isHeldOut(`${stage}/${name}`));
  return {
    right,
    of: counted.length,
    met: counted.length > 0 && right >= LEAST_RIGHT * counted.length,
    heldOut: { right: rightOf(apart), of: apart.length },
  };
}

function rightOf(judged: readonly Judged[]): number {
  return judged.filter((one) => one.as === 'right').length;
}

/** Load a verdict speaks of: the onset, or the highest load that held when nothing ran out. */
export function loadOf(verdict: Verdict): number | null {
  switch (verdict.kind) {
    case 'named':
    case 'unexplained':
      return verdict.load;
    case 'none-in-range':
      return verdict.highest;
    case 'refused':
      return null;
  }
}

function isRight(expected: Expected, verdict: Verdict): boolean {
  switch (expected.kind) {
    case 'none':
      return verdict.kind === 'none-in-range';
    case 'refused':
      return codesOf(verdict)[0] === expected.code;
    case 'limit':
      return (
        verdict.kind === 'named' &&
        verdict.with.length === 0 &&
        same(verdict, expected.limit) &&
        (expected.limit.alone ?? false) === (verdict.imbalance !== undefined) &&
        (expected.limit.without === undefined || saysWithout(verdict, expected.limit.without)) &&
        (expected.limit.takenOut !== true || verdict.takenOut !== undefined)
      );
    case 'both': {
      if (verdict.kind !== 'named') return false;
      const named = [verdict, ...verdict.with];
      return named.length === 2 && expected.limits.every((limit) => named.some((one) => same(one, limit)));
    }
  }
}

/** Why a run, or what was measured above some load, cannot be trusted. */
function codesOf(verdict: Verdict): readonly string[] {
  return verdict.kind === 'refused' ? verdict.codes : verdict.kind === 'none-in-range' ? (verdict.beyond?.codes ?? []) : [];
}

/** Whether a verdict says of a region that an edge of it sent nobody anything. */
export function saysWithout({ withoutEdge = [] }: Pick<Named, 'withoutEdge'>, where: string): boolean {
  return withoutEdge.some(({ region, silent }) => region === where && silent.length > 0);
}

function same(named: Pick<NamedResource, 'tier' | 'resource'>, limit: Limit): boolean {
  return named.tier === limit.tier && named.resource === limit.resource;
}

/** `web cpu`, `web cpu + db cpu`, `nothing`, `refused GEN_SCHED` */
export function expectedText(expected: Expected): string {
  switch (expected.kind) {
    case 'none':
      return 'nothing';
    case 'refused':
      return `refused ${expected.code}`;
    case 'limit':
      return limitText(expected.limit);
    case 'both':
      return expected.limits.map(limitText).join(' + ');
  }
}

function saidOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'named':
      return [verdict, ...verdict.with].map(limitText).join(' + ');
    case 'none-in-range':
      return 'nothing';
    case 'unexplained':
      return 'unexplained';
    case 'refused':
      return `refused ${verdict.codes[0]}`;
  }
}

function limitText({ tier, resource }: Limit): string {
  return `${tier} ${resource}`;
}
