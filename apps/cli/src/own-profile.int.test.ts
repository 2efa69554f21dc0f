import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from '@jest/globals';
import { readProfileFile } from '@loadstair/load';
import { leftoversOf } from '@loadstair/verify';
import { lab, LAB_FOLDER, labOk } from './testing/lab-command.ts';

const INSTANCE = 47;
const RUN_MS = 180_000;
/** Several command lines, one after the other. */
const COMMANDS_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'loadstair-own-profile-'));
const file = join(folder, 'evening.ts');
let run = '';
const folderOf = (id: string): string => join(LAB_FOLDER, 'runs', id);

afterAll(() => {
  if (run !== '') rmSync(folderOf(run), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}, COMMANDS_MS);

it(
  'a file to begin with is written once, and never over another one',
  async () => {
    expect(JSON.parse(await labOk('profiles', 'new', file, '--json'))).toEqual({ schema: 1, file, profile: 'evening' });
    const again = await lab(['profiles', 'new', file]);
    expect(again).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('already exists') });
  },
  COMMANDS_MS,
);

it(
  'a wrong one is refused before anything starts, with the field and what is allowed',
  async () => {
    const wrong = join(folder, 'wrong.ts');
    writeFileSync(wrong, readFileSync(file, 'utf8').replace('latencyMs: 250', 'latencyMs: 0'));
    const { status, stdout, stderr } = await lab(['run', '1', '--profile', wrong, '--instance', String(INSTANCE)]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('wrong.ts: slo.latencyMs cannot be used.\n  why   found 0; allowed is a number from 1 to 6000');
  },
  COMMANDS_MS,
);

it(
  'from the file to a verdict, judged by its own SLO',
  async () => {
    // Instead of climbing: a load that any machine holds, so that what is named does not depend on it.
    const steps = "steps: { kind: 'fixed', loads: [{ rate: 6, holdS: 20 }], settleS: 3 }";
    const text = readFileSync(file, 'utf8').replace("steps: { kind: 'climb' }", steps).replace('latencyMs: 250', 'latencyMs: 900');
    writeFileSync(file, text);
    const words = ['run', '2', '--profile', file, '--instance', String(INSTANCE), '--yes', '--json'];
    const { status, stdout, stderr } = await lab(words);
    expect(stderr).toContain('profile=evening');
    const result = JSON.parse(stdout) as { run: string; profile: string; verdict: object };
    run = result.run;
    expect({ status, ...result }).toMatchObject({ status: 0, stage: 2, profile: 'evening', verdict: { kind: 'none-in-range', load: 6 } });
    const runData = JSON.parse(readFileSync(join(folderOf(run), 'run-data.json'), 'utf8')) as { profile: { slo: object } };
    expect(runData.profile.slo).toEqual({ quantile: 0.95, latencyMs: 900, errorShare: 0.01 });
    expect(leftoversOf(INSTANCE)).toEqual([]);
  },
  RUN_MS,
);

it(
  'the run holds the profile, as data: it can be taken out of it, also where it was imported',
  async () => {
    expect(run).not.toBe('');
    const packed = join(folder, 'run.tar.gz');
    await labOk('export', run, packed);
    const aside = join(folder, 'aside');
    renameSync(folderOf(run), aside);
    await labOk('import', packed);
    const manifest = JSON.parse(readFileSync(join(folderOf(run), 'manifest.json'), 'utf8')) as Record<string, unknown>;
    expect(manifest).toMatchObject({
      command: './lab run 2 --profile ./evening.ts',
      ownProfile: { name: 'evening', journeys: { engage: 0.1 } },
    });
    expect(await labOk('show', run)).toContain(`./lab profiles new evening.ts --from ${run}`);
    const copy = join(folder, 'copy.ts');
    await labOk('profiles', 'new', copy, '--from', run);
    expect({ ...(await readProfileFile(copy)), name: 'evening' }).toEqual(await readProfileFile(file));
  },
  COMMANDS_MS,
);

it(
  'the run can be opened, and deleted by its id',
  async () => {
    expect(run).not.toBe('');
    // Nothing on this path opens a browser.
    const opened = await lab(['open', run, '--json', '--instance', String(INSTANCE)], { env: { PATH: folder } });
    expect(JSON.parse(opened.stdout)).toEqual({
      schema: 1,
      run,
      address: pathToFileURL(join(folderOf(run), 'report.html')).href,
      opened: false,
    });
    expect(await lab(['rm', ''])).toMatchObject({ status: 2, stdout: '' });
    expect(JSON.parse(await labOk('rm', run, '--json', '--instance', String(INSTANCE)))).toEqual({ schema: 1, removed: [run] });
    expect(existsSync(folderOf(run))).toBe(false);
  },
  COMMANDS_MS,
);
