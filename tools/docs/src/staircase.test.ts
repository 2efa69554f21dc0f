import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { rate } from '@loadstair/analysis';
import { REPOSITORY } from './repository.ts';
import { coloursOf, PICTURE, STAIRS, staircasePicture, type Stairs } from './staircase.ts';

const stairs = JSON.parse(readFileSync(join(REPOSITORY, STAIRS), 'utf8')) as Stairs;

it('the picture is drawn from its data: npm run staircase', () => {
  const picture = staircasePicture(stairs);
  expect(readFileSync(join(REPOSITORY, PICTURE), 'utf8')).toBe(picture);
  expect(stairs.arms.length).toBeGreaterThan(2);
  for (const { label, estimate } of stairs.arms) {
    expect(picture).toContain(`>${label}<`);
    expect(picture).toContain(`>${rate(estimate?.load ?? NaN)}<`);
  }
});

it('the README says in words what the picture shows', () => {
  const alt =
    /<img src="docs\/pictures\/staircase\.svg" alt="([^"]+)"/.exec(readFileSync(join(REPOSITORY, 'README.md'), 'utf8'))?.[1] ?? '';
  for (const { estimate } of stairs.arms) expect(alt).toContain(rate(estimate?.load ?? NaN));
});

it('has the colours of both themes', () => {
  expect(coloursOf(':root {\n  --ink: light-dark(#111111, #eeeeee);\n}')).toBe(
    ':root{--ink:#111111}@media (prefers-color-scheme: dark){:root{--ink:#eeeeee}}',
  );
});
