import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verdictLines } from '@loadstair/analysis';
import { labs, stages } from '@loadstair/stages';
import { askedBy, commandOf, findAsked } from './asked.ts';
import { eventsOf } from './events-of.ts';
import { openRecorded, type RecordedRuns } from './open-recorded.ts';
import { fileOf, folderNameOf, readSets } from './set.ts';
import { wantedFor } from './wanted.ts';

const REPO_FOLDER = join(import.meta.dirname, '../../..');
/** What a clone of the repository may cost for one stage. */
const MOST_BYTES = 1_050_000;
const sets = readSets(REPO_FOLDER);
const runs = sets.flatMap((set) => set.runs.map(({ id }) => ({ id, stage: set.stage, file: fileOf(set, id) })));
let labFolder: string;
let recorded: RecordedRuns;

beforeAll(async () => {
  labFolder = mkdtempSync(join(tmpdir(), 'loadstair-sets-'));
  recorded = await openRecorded({ repoFolder: REPO_FOLDER, labFolder });
}, 60_000);
afterAll(() => rmSync(labFolder, { recursive: true, force: true }));

describe('the recorded runs that come with the lab', () => {
  it('are of every stage, each in its folder, all from one machine', () => {
    expect(sets.map(({ stage }) => stage)).toEqual(stages.map(({ topology }) => topology.stage));
    expect(sets.map(({ folder }) => folder.split(/[/\\]/).at(-1))).toEqual(stages.map(({ topology }) => folderNameOf(topology)));
    expect(new Set(sets.map(({ machine }) => `${machine.cores} ${machine.model}`)).size).toBe(1);
  });

  it('are small', () => {
    const bytes = sets.map((set) => set.runs.reduce((sum, { id }) => sum + statSync(fileOf(set, id)).size, 0));
    expect(Math.max(...bytes)).toBeLessThan(MOST_BYTES);
  });

  it.each(runs)('$id of stage $stage is read, judged and shown by the code of today', ({ id }) => {
    const run = recorded.store.open(id);
    const last = eventsOf(run, recorded.store).at(-1);
    expect(last?.type).toBe(run.outcome === null ? 'verdict' : 'outcome');
    expect(run.outcome?.kind ?? run.verdict.kind).toMatch(/^(named|none-in-range|unexplained|held)$/);
    expect(verdictLines(run.verdict, run.runData).length).toBeGreaterThan(0);
    expect(Object.keys(recorded.store.series(id).panels).length).toBeGreaterThan(0);
    // An experiment may offer no load.
    expect(recorded.store.spans(id).length > 0).toBe(run.runData.steps.length > 0);
  });

  it.each(stages.map((stage) => ({ number: stage.topology.stage, stage })))('have all that lab $number must run', ({ stage }) => {
    const lab = labs.find((one) => one.stage === stage.topology.stage) ?? null;
    const listed = recorded.store.list().filter((run) => run.kind === 'run');
    const optional = new Set(
      lab?.steps.flatMap(({ optional, action }) =>
        optional && (action.kind === 'run' || action.kind === 'experiment') ? [commandOf(askedBy(action, true))] : [],
      ),
    );
    const missing = wantedFor({ ...stage, experiments: [] }, lab).filter(
      ({ asked, command }) => !optional.has(command) && findAsked(listed, asked) === null,
    );
    expect(missing.map(({ command }) => command)).toEqual([]);
  });

  it('name no path of the machine that they were measured on', () => {
    // Experiments of earlier versions name no report.
    const named = runs.flatMap(({ id }) => {
      const { report } = recorded.store.events(id).at(-1) as { readonly report?: string };
      return report === undefined ? [] : [{ id, report }];
    });
    expect(named.length).toBeGreaterThan(runs.length / 2);
    expect(named).toEqual(named.map(({ id }) => ({ id, report: `.lab/runs/${id}/report.html` })));
  });
});
