import { Problem } from '@loadstair/kit';
import { rate } from '@loadstair/analysis';
import { carriedIn, costOf, withinBudget, type Carried, type Fix, type GameLog } from '@loadstair/labs';
import type { OpenedRun } from '@loadstair/runs';
import { brokenSite, stageByNumber, type Game } from '@loadstair/stages';
import type { Io } from '@loadstair/terminal-view/io';
import { wrap } from '@loadstair/terminal-view/wrap';

/** How much more than the broken site a mended one must carry: what an injected cause at least takes away. */
const MENDED = 1.15;

interface Opens {
  open(run: string): { readonly run: OpenedRun };
}

/** What the broken site carried, from its own run or from the one that was made again; null where neither can be judged. */
export function referenceOf({ run, mends, opened }: GameLog, runs: Opens): Carried | null {
  if (opened === null) return null;
  const unchanged = [run, ...mends.flatMap((mend) => (mend.set.length === 0 ? [mend.run] : []))];
  for (const id of unchanged) {
    const carried = carriedBy(runs.open(id).run);
    if (carried !== null) return carried;
  }
  return null;
}

function carriedBy({ id, runData, verdict }: OpenedRun): Carried | null {
  return verdict.kind === 'refused' ? null : carriedIn({ kind: 'run', id, data: runData, verdict });
}

/** Whether a run shows that the site meets its SLO again where the broken one did not. */
export function judgeMend(run: OpenedRun, broken: Carried | null): { readonly met: boolean; readonly text: string } {
  if (run.verdict.kind === 'refused')
    return { met: false, text: `This run cannot be judged (${run.verdict.codes.join(', ')}); it does not count.` };
  const carried = carriedBy(run);
  if (carried === null || broken === null) return { met: false, text: 'There is no run of the broken site to compare this run with.' };
  const wanted = MENDED * broken.load;
  const met = carried.load >= wanted;
  return { met, text: `${met ? 'Mended' : 'Not mended'}: it must carry ${rate(wanted)}/s, and carries ${carried.words}.` };
}

/** The changed site, where it costs no more than the site of its stage; null, and why, where it cannot be tried. */
export function mendable(
  game: Game,
  set: readonly string[],
  { io, asker }: { readonly io: Io; readonly asker: { readonly person: boolean } },
): { readonly set: readonly string[] } | null {
  try {
    if (set.length === 0)
      throw new Problem({ what: 'Nothing was changed.', why: 'a setting is <tier>.<key>=<value>', do: '', code: 'E_LAB_CHANGE', exit: 2 });
    withinBudget(unpaid(game), set);
    return brokenSite(game, set);
  } catch (error) {
    if (!(error instanceof Problem) || !asker.person) throw error;
    io.err.write(`${wrap(`  ${error.message}`, io.err.columns, 2).join('\n')}\n`);
    return null;
  }
}

/** A mended site may cost as much as the larger of the site of its stage and the broken one. */
function unpaid(game: Game): Pick<Fix, 'topology' | 'budget' | 'changed'> {
  const [healthy, broken] = [stageByNumber(game.stage).topology, brokenSite(game).topology];
  const changed = (set: readonly string[]) => brokenSite(game, set).topology;
  const [own, had] = [costOf(healthy), costOf(broken)];
  const budget = { labCpus: Math.max(0, had.labCpus - own.labCpus), memoryMiB: Math.max(0, had.memoryMiB - own.memoryMiB) };
  return { topology: healthy, budget, changed };
}
