import type { Project } from './project.ts';
import type { PanelAnswers } from './query-panels.ts';

/** Mixed load uses every part of a site, so that no panel is empty for lack of requests. */
const RUN = ['--profile', 'mixed', '--quick', '--json'];
/** A verdict that names a limit, or says that none was reached. */
const VERDICTS = ['named', 'none-in-range'];
const STAND_IN = 'exec node_modules/node-linux-*/bin/node --conditions=@loadstair/source tools/try-compose/src/stand-in.ts "$@"';

/** Runs a stage in the container to a verdict, then queries every panel about the time of the run. Throws when one has no answer. */
export async function tryStage(project: Project, stage: number): Promise<string[]> {
  const startMs = Date.now();
  const ran = await project.exec(['./lab', 'run', String(stage), ...RUN]);
  const endMs = Date.now();
  const line = ran.stdout.trim().split('\n').at(-1) ?? '';
  const { verdict } = line.startsWith('{') ? (JSON.parse(line) as { verdict?: { kind: string; codes?: readonly string[] } }) : {};
  if (verdict === undefined || !VERDICTS.includes(verdict.kind))
    throw new Error(`Stage ${stage} came to no verdict in the container (status ${ran.status}): ${line}\n${ran.stderr.slice(-1500)}`);

  const stoodIn = await project.inPlaceOfGrafana(['-c', STAND_IN, 'sh', String(stage), String(startMs), String(endMs)]);
  if (stoodIn.status !== 0) throw new Error(`The stand-in for Grafana: ${stoodIn.stderr}`);
  const answers = JSON.parse(stoodIn.stdout) as PanelAnswers;
  const unexplained = answers.empty.filter(({ says }) => says === null);
  if (answers.refused.length > 0 || unexplained.length > 0)
    throw new Error(`Panels without an answer: ${JSON.stringify([...answers.refused, ...unexplained], null, 2)}`);
  return [
    `stage ${stage}: ${verdict.kind} after ${Math.round((endMs - startMs) / 1000)} s`,
    `stage ${stage}: ${answers.queries} queries of ${answers.panels} panels of ${answers.dashboards} dashboards answered; ${answers.empty.length} panels are empty and say why`,
  ];
}
