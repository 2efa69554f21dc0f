import type { MeasuredAnswer } from '@loadstair/lab-api';
import { addressOf, type Call } from '@loadstair/lab-api/client';

/** What a copy reads of a labd. */
export interface CopySource {
  /** Reads an answer. */
  readonly read: Call;
  /** Reads an answer and keeps it. */
  readonly take: Call;
  /** Keeps what is at an address. */
  keep(address: string): Promise<void>;
  /** Keeps an answer of our own. */
  put(address: string, answer: unknown): void;
}

export interface CopiedAnswers {
  /** Paths of pages, without a slash at either end. */
  readonly pages: readonly string[];
  /** How many. */
  readonly runs: number;
}

/** Traces of a run that are copied, the slowest first. */
const MOST_TRACES = 10;
/** Labs ask for a name; nothing is kept under it. */
const LEARNER = 'you';

/**
 * Reads all that the pages of the console show of a labd, but for its machine.
 *
 * @throws Problem when labd does not answer
 */
export async function copyAnswers(source: CopySource): Promise<CopiedAnswers> {
  const { read, take, put } = source;
  // A copy goes to strangers, whom the machine that wrote it does not concern.
  put(addressOf('GET /api/status'), { ...(await read('GET /api/status')), machine: '', pid: 0 });
  await take('GET /api/profiles');
  await take('GET /api/baseline');
  await take('GET /api/searches');
  const measured = await take('GET /api/measured');
  const stagePages = await copyStages(source);
  const runs = await copyRuns(source);
  await copyComparisons(source, measured, runs.compared);
  const labPages = await copyLabs(source);
  return { pages: ['', 'runs', 'compare', ...stagePages, ...runs.pages, ...labPages], runs: runs.runs };
}

async function copyStages({ take }: CopySource): Promise<string[]> {
  const stages = (await take('GET /api/stages')).map(({ topology }) => String(topology.stage));
  const pages = ['stages', ...stages.map((stage) => `stages/${stage}`)];
  for (const stage of stages)
    for (const other of stages.filter((one) => one !== stage)) {
      await take('GET /api/stages/{stage}/diff/{other}', { path: { stage, other } });
      pages.push(`stages/${stage}/diff/${other}`);
    }
  return pages;
}

interface CopiedRuns extends CopiedAnswers {
  /** Ids of runs that can be compared with each other, together. */
  readonly compared: readonly (readonly string[])[];
}

async function copyRuns(source: CopySource): Promise<CopiedRuns> {
  const pages: string[] = [];
  let runs = 0;
  const byProfile = new Map<string, string[]>();
  for (let page = 1, last = 1; page <= last; page += 1) {
    const list = await source.take('GET /api/runs', { query: { page } });
    last = list.pages;
    for (const run of list.runs) {
      if (run.kind !== 'run') continue;
      pages.push(...(await copyRun(source, run.id)));
      runs += 1;
      if (run.experiment === null) byProfile.set(run.profile, [...(byProfile.get(run.profile) ?? []), run.id]);
    }
  }
  return { pages, runs, compared: [...byProfile.values()] };
}

async function copyRun({ take, keep }: CopySource, run: string): Promise<string[]> {
  const at = `runs/${run}`;
  const path = { run };
  const answer = await take('GET /api/runs/{run}', { path });
  if (answer.state !== 'ended') return [at];
  await keep(`/api/${at}/events`);
  await keep(`/api/${at}/report`);
  await take('GET /api/runs/{run}/over-time', { path });
  await take('GET /api/runs/{run}/confirmation', { path });
  await take('GET /api/runs/{run}/logs', { path, query: {} });
  const { requests } = await take('GET /api/runs/{run}/traces', { path, query: {} });
  const traces = [...new Set(requests.map(({ trace }) => trace))].slice(0, MOST_TRACES);
  for (const trace of traces) await take('GET /api/runs/{run}/traces/{trace}', { path: { run, trace } });
  const { dashboards } = await take('GET /api/runs/{run}/dashboards/{uid}', { path: { run, uid: FIRST_DASHBOARD } });
  for (const { uid } of dashboards) if (uid !== FIRST_DASHBOARD) await take('GET /api/runs/{run}/dashboards/{uid}', { path: { run, uid } });
  const { verdict } = answer;
  // No page of evidence has more lines than the verdict has facts and causes that were ruled out.
  const facts = verdict.kind === 'refused' ? 0 : verdict.evidence.length + (verdict.kind === 'none-in-range' ? 0 : verdict.ruledOut.length);
  return [
    at,
    `${at}/dashboards`,
    ...dashboards.map(({ uid }) => `${at}/dashboards/${uid}`),
    `${at}/traces`,
    ...traces.map((trace) => `${at}/traces/${trace}`),
    `${at}/logs`,
    ...Array.from({ length: facts }, (_, index) => `${at}/evidence/${index + 1}`),
  ];
}

/** The dashboard that the console opens. */
const FIRST_DASHBOARD = 'run';

/** Stages of each profile: all, each alone, and each pair. Runs of one profile: each pair, in either order. */
async function copyComparisons(
  { take }: CopySource,
  { common, profiles, steps }: MeasuredAnswer,
  runs: readonly (readonly string[])[],
): Promise<void> {
  const built = steps.flatMap((step) => (step.kind === 'built' ? [step.stage] : []));
  for (const { profile, cells } of profiles) {
    const known = cells.map(({ stage }) => stage);
    const chosen = [known, ...known.map((stage) => [stage]), ...pairs(known).filter(([a, b]) => a < b)];
    for (const stages of new Set(chosen.filter(({ length }) => length > 0).map((one) => one.join(','))))
      await take('GET /api/compare', { query: { stages, profile } });
  }
  for (const profile of new Set([common, ...profiles.map((one) => one.profile)]))
    for (const stage of built) await take('GET /api/trend', { query: { stage, profile } });
  for (const [a, b] of runs.flatMap((ids) => pairs(ids))) await take('GET /api/compare', { query: { runs: `${a},${b}` } });
}

function pairs<Value>(values: readonly Value[]): (readonly [Value, Value])[] {
  return values.flatMap((a) => values.flatMap((b) => (a === b ? [] : [[a, b] as const])));
}

/** The labs are taken in the page itself: their drawings are copied, and the test that can be read. */
async function copyLabs({ read, take, keep }: CopySource): Promise<string[]> {
  const query = { learner: LEARNER };
  const pages = ['labs', 'labs/class', 'labs/test'];
  await take('GET /api/labs/test', { query });
  for (const { stage } of (await read('GET /api/labs', { query })).labs) {
    const lab = await read('GET /api/labs/{lab}', { path: { lab: String(stage) }, query });
    const pictures = picturesIn(lab);
    pages.push(`labs/${stage}`);
    for (const { step } of lab.steps) {
      const view = await read('GET /api/labs/{lab}/steps/{step}', { path: { lab: String(stage), step }, query });
      for (const file of picturesIn(view)) pictures.add(file);
      pages.push(`labs/${stage}/${step}`);
    }
    for (const file of pictures) await keep(`/pictures/${stage}/${file}`);
  }
  return pages;
}

/** Files of the drawings that stand somewhere in an answer. */
function picturesIn(answer: unknown): Set<string> {
  if (typeof answer !== 'object' || answer === null) return new Set();
  const { kind, file } = answer as { readonly kind?: unknown; readonly file?: unknown };
  const inside = Object.values(answer).flatMap((value) => [...picturesIn(value)]);
  return new Set(kind === 'picture' && typeof file === 'string' ? [file, ...inside] : inside);
}
