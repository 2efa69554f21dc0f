import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { profiles } from '@loadstair/loadprofiles';
import { fileOfProfile, profileFrom, TakenProfileName } from './own-profile.ts';
import { askedProfile, BadProfileFile, readProfileFile } from './profile-file.ts';
import { EXAMPLE_PROFILE, profileText } from './profile-template.ts';

const folder = mkdtempSync(join(tmpdir(), 'loadstair-profile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileWith(text: string, name = 'mine.ts'): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const WHOLE = {
  purpose: 'Feeds are read.',
  slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 },
  journeys: { read: 0.7, 'one-user': 0.3 },
  steps: { kind: 'fixed', loads: [{ rate: 5, holdS: 20 }], settleS: 3 },
};
const exporting = (value: unknown): string => `export default ${JSON.stringify(value)};`;

async function problemOf(text: string): Promise<BadProfileFile> {
  const error: unknown = await readProfileFile(fileWith(text)).catch((thrown: unknown) => thrown);
  if (error instanceof BadProfileFile) return error;
  throw new Error(`no problem: ${JSON.stringify(error)}`);
}

describe('a profile of one’s own', () => {
  it('is what a TypeScript file exports, under the name of the file', async () => {
    const typed = `type Shares = Record<string, number>;\nconst journeys: Shares = { read: 0.7, 'one-user': 0.1 + 0.2 };\n${exporting(WHOLE).replace('{"read":0.7,"one-user":0.3}', 'journeys')}`;
    const own = await readProfileFile(fileWith(typed, 'my-feeds.ts'));
    expect(own).toEqual({ ...WHOLE, name: 'my-feeds', journeys: { read: 0.7, 'one-user': 0.1 + 0.2 } });
    expect(profileFrom(own)).toEqual(own);
  });

  it('climbs as stored profiles do, where it says so', async () => {
    const own = await readProfileFile(fileWith(exporting({ ...WHOLE, steps: { kind: 'climb' } })));
    expect(profileFrom(own).steps).toEqual(profileFrom('reads').steps);
  });

  it('is data: what else the file exports is gone', async () => {
    const own = await readProfileFile(fileWith(`export default { ...${JSON.stringify(WHOLE)}, purpose: { toJSON: () => 'Told.' } };`));
    expect(own.purpose).toBe('Told.');
  });

  it.each([EXAMPLE_PROFILE, ...profiles.map(fileOfProfile)])(
    'is read from the file that is written to begin with (%#)',
    async (written) => {
      const { name, ...read } = await readProfileFile(fileWith(profileText(written, './mine.ts')));
      expect(name).toBe('mine');
      expect(read).toEqual(written);
    },
  );

  it('names every journey in the file to begin with', () => {
    const text = profileText(EXAMPLE_PROFILE, './mine.ts');
    for (const journey of Object.keys(EXAMPLE_PROFILE.journeys)) expect(text).toMatch(new RegExp(`^ {4}${journey}: `, 'm'));
    expect(text).toMatch(/^ {4}\/\/ 'one-user': /m);
  });

  it('is chosen by a slash or its ending, a stored one by its name', async () => {
    expect(await askedProfile('reads')).toBe('reads');
    expect(await askedProfile(fileWith(exporting(WHOLE)))).toMatchObject({ name: 'mine' });
    await expect(askedProfile('raeds')).rejects.toMatchObject({ do: '--profile reads' });
    await expect(askedProfile(join(folder, 'nowhere.ts'))).rejects.toMatchObject({ what: expect.stringContaining('There is no file') });
  });

  it('cannot have the name of a stored one', async () => {
    await expect(askedProfile(fileWith(exporting(WHOLE), 'reads.ts'))).rejects.toThrow(TakenProfileName);
  });
});

describe('what is wrong with a file', () => {
  it.each([
    [
      'a share too big',
      { ...WHOLE, journeys: { read: 1.5 } },
      'journeys.read cannot be used',
      'found 1.5; allowed is a number from 0.0001 to 1',
    ],
    [
      'shares that do not add up',
      { ...WHOLE, journeys: { read: 0.7 } },
      'journeys cannot be used',
      'found shares that add up to 0.7; allowed is shares that add up to 1',
    ],
    [
      'a text for a number',
      { ...WHOLE, slo: { ...WHOLE.slo, latencyMs: 'fast' } },
      'slo.latencyMs cannot be used',
      'found "fast"; allowed is a number from 1 to 6000',
    ],
    [
      'a field that is missing',
      { ...WHOLE, slo: undefined },
      'slo cannot be used',
      'found nothing; allowed is an object with quantile, latencyMs and errorShare',
    ],
    [
      'half a second',
      { ...WHOLE, steps: { ...WHOLE.steps, settleS: 0.5 } },
      'steps.settleS cannot be used',
      'found 0.5; allowed is a whole number from 0 to 60',
    ],
    ['a kind of load', { ...WHOLE, steps: { kind: 'ramp' } }, 'steps', 'kind fixed or relative'],
    ['no load', { ...WHOLE, steps: { ...WHOLE.steps, loads: [] } }, 'steps.loads cannot be used', 'found []; allowed is 1 to 30 loads'],
    [
      'a load of a step',
      { ...WHOLE, steps: { ...WHOLE.steps, loads: [{ rate: 0, holdS: 20 }] } },
      'steps.loads.0.rate cannot be used',
      'found 0; allowed is a number from 0.1 to 1000',
    ],
    [
      'settling longer than holding',
      { ...WHOLE, steps: { ...WHOLE.steps, settleS: 15 } },
      'steps.settleS cannot be used',
      'at most half of the shortest holdS',
    ],
    ['a list', [WHOLE], 'the default export cannot be used', 'an object with purpose, slo, journeys and steps'],
  ])('%s: the field, what was found, what is allowed', async (_, exported, what, why) => {
    const problem = await problemOf(exporting(exported));
    expect(problem.what).toContain(what);
    expect(problem.why).toContain(why);
    expect(problem).toMatchObject({ code: 'E_PROFILE_FILE', exit: 2 });
  });

  it('a field or a journey that there is not, with the one that was meant', async () => {
    expect(await problemOf(exporting({ ...WHOLE, sol: WHOLE.slo }))).toMatchObject({
      what: expect.stringContaining('no field sol'),
      do: 'call it slo',
    });
    expect(await problemOf(exporting({ ...WHOLE, slo: undefined, sol: WHOLE.slo }))).toMatchObject({ do: 'call it slo' });
    expect(await problemOf(exporting({ ...WHOLE, slo: { ...WHOLE.slo, latencyMS: 1 } }))).toMatchObject({ do: 'call it latencyMs' });
    expect(await problemOf(exporting({ ...WHOLE, journeys: { raed: 1 } }))).toMatchObject({
      what: expect.stringContaining('no journey raed'),
      why: expect.stringContaining('browse, gallery'),
      do: 'call it read',
    });
  });

  it('no default export, no TypeScript, no name for a profile', async () => {
    expect((await problemOf('export const mine = {};')).why).toBe('it has no default export');
    expect((await problemOf('export default {')).what).toContain('cannot be read');
    await expect(readProfileFile(join(folder, 'Mine.ts'))).rejects.toMatchObject({ what: 'A profile cannot be called Mine.ts.' });
    await expect(readProfileFile(join(folder, 'mine.json'))).rejects.toMatchObject({ what: 'A profile cannot be called mine.json.' });
  });
});
