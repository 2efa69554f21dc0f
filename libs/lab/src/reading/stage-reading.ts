import { declarations } from '@loadstair/components/declarations';
import type { Stage } from '@loadstair/stages';
import { diff, diffLines, settingRows } from '@loadstair/topology';
import type { DiffAnswer, StageAnswer } from '@loadstair/lab-api';

/** A stage as it may be told; its expected limit stays here. */
export function stageReading({ topology, story, profile, experiments }: Stage, before: Stage | null): StageAnswer {
  return {
    topology,
    story,
    profile,
    experiments: experiments.map(({ name, title, happens, takesS }) => ({ name, title, happens, takesS })),
    settings: settingRows(topology, declarations),
    changes:
      before === null
        ? []
        : diffLines(diff(before.topology, topology, declarations))
            .slice(1)
            .map((line) => line.trim()),
  };
}

/** Two stages, and what is different in the second. */
export function diffReading({ topology: from }: Stage, { topology: to }: Stage): DiffAnswer {
  return {
    from,
    to,
    lines: diffLines(diff(from, to, declarations))
      .slice(1)
      .map((line) => line.trim()),
  };
}
