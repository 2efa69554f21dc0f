import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startToldConsole, type ToldConsole } from '@loadstair/labd/testing';
import { NUMBER } from './number.ts';
import { registerStampedPhotos } from './register.ts';
import { stampedPhotos } from './stage.ts';

const INSTANCE = 41;
/** Building the console, and a browser. */
const START_MS = 60_000;

let forget: () => void;
let told: ToldConsole;

beforeAll(async () => {
  forget = registerStampedPhotos();
  told = await startToldConsole(INSTANCE);
}, START_MS);

afterAll(async () => {
  await told?.stop();
  forget();
});

it('labd tells of the stage, without the limit that is expected of it', async () => {
  const stages = (await (await fetch(`${told.url}/api/stages`)).json()) as { topology: { slug: string } }[];
  expect(stages).toHaveLength(NUMBER);
  const { story, profile, topology } = stampedPhotos;
  expect(stages.at(-1)).toMatchObject({
    story,
    profile,
    topology: JSON.parse(JSON.stringify(topology)) as object,
    experiments: [{ name: 'fresh-ink' }],
    changes: expect.arrayContaining(['+ link inkroom → web   http']),
  });
  expect(stages.at(-1)).not.toHaveProperty('expected');
});

it(
  'the console shows its page: picture, what changed, and its experiment',
  async () => {
    const page = await told.open();
    await page.goto(`${told.url}/stages/${NUMBER}`);
    await page.getByRole('heading', { name: `${NUMBER} Stamped photos` }).waitFor();
    const text = await page.locator('main').innerText();
    for (const words of [stampedPhotos.story.changed, '+ tier inkroom', './lab experiment fresh-ink', 'Photos are stamped at half'])
      expect(text).toContain(words);
    const picture = await page
      .getByRole('img', { name: /stamped-photos/ })
      .first()
      .innerHTML();
    for (const tier of ['inkroom ×2', 'cloakroom', 'strongroom']) expect(picture).toContain(`⊕ ${tier}`);
    for (const host of ['inkroom-1', 'inkroom-2', 'cloakroom-1', 'strongroom-1']) expect(picture).toContain(host);
    expect(told.thrown()).toEqual([]);
  },
  START_MS,
);
