import { describe, expect, it } from '@jest/globals';
import type { ListedRun } from '@loadstair/runs';
import { labs, stageByNumber } from '@loadstair/stages';
import { hashIfSettable } from './asked.ts';
import { chooseRuns } from './choose.ts';

type EndedRun = Extract<ListedRun, { kind: 'run' }>;

const STAGE = stageByNumber(2);
const LAB = labs.find(({ stage }) => stage === 2) ?? null;

function stored(id: string, manifest: { readonly set?: readonly string[]; [key: string]: unknown } = {}, rest: object = {}): EndedRun {
  const topologyHash = hashIfSettable(STAGE.topology, manifest.set ?? []);
  const base = { run: id, stage: 2, set: [], topologyHash, profile: STAGE.profile, quick: true, scale: 1 };
  const run = { kind: 'run', id, searched: false, outcome: null, verdict: { kind: 'named' }, manifest: { ...base, ...manifest } };
  // Nothing else of a run is looked at.
  return { ...run, ...rest } as unknown as EndedRun;
}

const experiment = (id: string, name: string, kind = 'held'): EndedRun => stored(id, { experiment: name }, { outcome: { kind } });
const chosen = (...runs: EndedRun[]): string[] => chooseRuns(runs, STAGE, LAB).runs.map(({ id }) => id);

describe('chooseRuns', () => {
  it('takes the newest run of everything the lab runs, and says what is missing', () => {
    const { runs, missing } = chooseRuns([stored('new0'), stored('old0'), experiment('dies', 'big-host-dies')], STAGE, LAB);
    expect(runs.map(({ id }) => id)).toEqual(['new0', 'dies']);
    expect(missing.map(({ command }) => command)).toContain('./lab experiment wrong-tier --quick');
    expect(missing.map(({ command }) => command)).not.toContain('./lab experiment big-host-dies --quick');
  });

  it.each([
    ['was refused', stored('x', {}, { verdict: { kind: 'refused' } })],
    ['was measured elsewhere', stored('x', { imported: { atMs: 1 } })],
    ['ran on a stage that has changed since', stored('x', { topologyHash: 'before' })],
    ['missed an expectation', experiment('x', 'big-host-dies', 'not-held')],
    ['is damaged', { kind: 'damaged', id: 'x', reason: '' } as unknown as EndedRun],
  ])('takes none that %s', (_, run) => expect(chosen(run)).toEqual([]));

  it('takes the newest search, and changes that the budget of the lab allows', () => {
    const search = stored('srch', { quick: false, profile: 'mixed' }, { searched: true });
    const allowed = stored('fix0', { set: ['web.cpu=1.7', 'db.cpu=1'] });
    const tooMuch = stored('fix1', { set: ['web.cpu=4'] });
    expect(chosen(stored('run0'), allowed, tooMuch, search)).toEqual(['run0', 'srch', 'fix0']);
  });
});
