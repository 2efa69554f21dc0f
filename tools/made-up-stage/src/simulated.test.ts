import { describe, expect, it } from '@jest/globals';
import { diagnose, verdictInShort, verdictLines, type RunData } from '@loadstair/analysis';
import { declarations } from '@loadstair/components/declarations';
import { simulate } from '@loadstair/simulation';
import { applySettings } from '@loadstair/topology';
import { NUMBER } from './number.ts';
import { stampedPhotos, topology } from './stage.ts';
import { whileRegistered } from './testing/registered.ts';

/** Pads of two hosts hold some 100 requests/s, web servers several times that. */
const PREDICTED = 50;

/** A run of the stage as `./lab run` would measure it. */
function runWith(seed: number, settings: readonly string[] = [], predicted = PREDICTED): RunData {
  return simulate({
    name: 'stamped',
    topology: applySettings(topology, settings, declarations),
    profile: stampedPhotos.profile,
    model: {},
    disturbance: {},
    seed,
    quick: false,
    loads: { predicted },
  });
}

describe('a simulated run of the stage', () => {
  whileRegistered();

  it.each([1, 2])('ends where its pads do, and the verdict names them (seed %i)', (seed) => {
    const run = runWith(seed);
    expect(run.stage).toEqual({ number: NUMBER, slug: 'stamped-photos' });
    const verdict = diagnose(run);
    expect(verdict).toMatchObject({ kind: 'named', tier: 'inkroom', resource: 'stamp-ink' });
    expect(`${verdictInShort(verdict)}\n${verdictLines(verdict, run).join('\n')}`).toMatch(/inkroom.* ink/);
  });

  it('is limited by something else with pads to spare, at a higher load', () => {
    const [few, many] = [diagnose(runWith(1)), diagnose(runWith(1, ['inkroom.pads=64'], 3 * PREDICTED))];
    if (few.kind !== 'named' || many.kind !== 'named') throw new Error('both are named');
    expect(many.tier).not.toBe('inkroom');
    expect(many.load).toBeGreaterThan(2 * few.load);
  });

  it('asks both groups of databases, and no Redis but the cache', () => {
    const run = runWith(3);
    const step = run.steps.filter(({ kind }) => kind === 'load').at(-1);
    const busy = (host: string): number => step?.use.find(({ resource }) => resource === `${host}/cpu`)?.busy ?? 0;
    expect(busy('strongroom-1')).toBeGreaterThan(0.01);
    expect(busy('cache-1')).toBeGreaterThan(2 * busy('cloakroom-1'));
  });
});
