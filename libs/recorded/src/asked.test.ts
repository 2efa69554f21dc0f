import { describe, expect, it } from '@jest/globals';
import type { ListedRun } from '@loadstair/runs';
import { stageByNumber, UnknownStage } from '@loadstair/stages';
import { SettingError } from '@loadstair/topology';
import { findAsked, NotRecorded, type Asked } from './asked.ts';

type EndedRun = Extract<ListedRun, { kind: 'run' }>;

const STAGE = stageByNumber(3);

function stored(id: string, manifest: Partial<EndedRun['manifest']> = {}, searched = false): EndedRun {
  const base = { run: id, stage: 3, set: [], profile: STAGE.profile, quick: true, scale: 1 };
  // Nothing else of a run is looked at.
  return { kind: 'run', id, searched, manifest: { ...base, ...manifest } } as unknown as EndedRun;
}

const ask = (asked: Partial<Extract<Asked, { kind: 'run' }>> = {}): Asked => ({ kind: 'run', stage: 3, set: [], quick: true, ...asked });
const find = (runs: readonly EndedRun[], asked: Asked): string | null => findAsked(runs, asked)?.id ?? null;

describe('findAsked', () => {
  it('takes the newest run of the stage as it is, in the form that is asked for', () => {
    const runs = [stored('new1', { quick: false }), stored('new2'), stored('old1')];
    expect([find(runs, ask()), find(runs, ask({ quick: false }))]).toEqual(['new2', 'new1']);
  });

  it('takes the other form where there is no run of this one', () => {
    expect(find([stored('long', { quick: false })], ask())).toBe('long');
  });

  it('takes settings in any order, and ones that change nothing', () => {
    const two = stored('two0', { set: ['web.count=3', 'db.cpu=1.5'] });
    expect(find([two], ask({ set: ['db.cpu=1.5', 'web.count=3'] }))).toBe('two0');
    expect(find([stored('none')], ask({ set: ['web.count=2'] }))).toBe('none');
    expect(find([two], ask({ set: ['db.cpu=1.5'] }))).toBeNull();
  });

  it.each([
    ['another stage', stored('x', { stage: 4 })],
    ['another profile', stored('x', { profile: 'writes' })],
    ['a search', stored('x', {}, true)],
    ['an experiment', stored('x', { experiment: 'kill-web' })],
    ['another scale', stored('x', { scale: 2 })],
    ['a setting that is gone', stored('x', { set: ['web.gone=1'] })],
  ])('does not take %s', (_, run) => expect(find([run], ask())).toBeNull());

  it('takes experiments by their name', () => {
    const asked: Asked = { kind: 'experiment', name: 'kill-web', quick: true };
    expect(find([stored('run0'), stored('kill', { experiment: 'kill-web' })], asked)).toBe('kill');
  });

  it('refuses what no lab could run', () => {
    expect(() => find([], ask({ set: ['web.nonsense=1'] }))).toThrow(SettingError);
    expect(() => find([], ask({ stage: 99 }))).toThrow(UnknownStage);
  });
});

describe('what nobody recorded', () => {
  it('is said by its command; of a change in one sentence', () => {
    expect(new NotRecorded(ask({ quick: false })).what).toBe('./lab run 3 was not recorded.');
    expect(new NotRecorded(ask({ set: ['web.count=4'] })).what).toBe('This change was not recorded, and nothing can be run here.');
    expect(new NotRecorded(ask({ set: ['web.count=4'] })).do).toContain('./lab run 3 --set web.count=4 --quick');
  });
});
