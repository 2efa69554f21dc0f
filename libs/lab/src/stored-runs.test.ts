import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { baselineStore, createStore } from '@loadstair/runs';
import { LabProblem } from './problem.ts';
import { createStoredRuns, type StoredRuns } from './stored-runs.ts';

let labFolder: string;
let busy: string | null;
let runs: StoredRuns;
const folderOf = (id: string): string => join(labFolder, 'runs', id);

beforeEach(() => {
  labFolder = mkdtempSync(join(tmpdir(), 'loadstair-stored-'));
  for (const id of ['k3f9', 'm2x7']) mkdirSync(folderOf(id), { recursive: true });
  busy = null;
  runs = createStoredRuns(labFolder, (run) => (run === busy ? 'it is going' : null));
});
afterEach(() => rmSync(labFolder, { recursive: true, force: true }));

const refusal = (remove: () => void): unknown => {
  try {
    remove();
    return null;
  } catch (error) {
    return error;
  }
};

describe('deleting a run', () => {
  it('removes its folder and no other', () => {
    runs.remove('k3f9');
    expect([existsSync(folderOf('k3f9')), existsSync(folderOf('m2x7'))]).toEqual([false, true]);
  });

  it('never removes the run that is going', () => {
    busy = 'k3f9';
    expect(refusal(() => runs.remove('k3f9'))).toMatchObject({ status: 409, why: 'it is going' });
    expect(existsSync(folderOf('k3f9'))).toBe(true);
  });

  it('never removes a run of the baseline, nor any while the baseline cannot be read', () => {
    baselineStore(labFolder).write(['k3f9']);
    expect(refusal(() => runs.remove('k3f9'))).toMatchObject({ status: 409, why: 'it is part of the baseline' });
    writeFileSync(join(labFolder, 'baseline.json'), '{');
    expect(refusal(() => runs.remove('m2x7'))).toMatchObject({ status: 409, why: expect.stringContaining('The baseline cannot be read.') });
    expect([existsSync(folderOf('k3f9')), existsSync(folderOf('m2x7'))]).toEqual([true, true]);
  });

  it.each(['none', '..', '', '.', 'k3f9/..'])('knows no run "%s"', (id) => {
    expect(refusal(() => runs.remove(id))).toBeInstanceOf(LabProblem);
    expect(existsSync(folderOf('k3f9'))).toBe(true);
  });
});

describe('a label', () => {
  it('is kept beside the run, without what steers a terminal, its name on one line', () => {
    const label = runs.label('k3f9', { name: ' before\nthe \u001b[31mindex ', note: 'one\ntwo\u0007', starred: true });
    expect(label).toEqual({ name: 'before the [31mindex', note: 'one\ntwo', starred: true });
    expect(createStore(labFolder).labelOf('k3f9')).toEqual(label);
  });

  it('is given to no run that is not there', () => {
    expect(refusal(() => runs.label('none', { name: '', note: '', starred: true }))).toMatchObject({ status: 404 });
  });
});
