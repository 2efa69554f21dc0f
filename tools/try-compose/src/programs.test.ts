import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';
import { toolOf } from '@loadstair/runtime';
import { neededTools, stages, toolsFor } from '@loadstair/stages';
import { programs } from './programs.ts';

it('the image has every program that a stage needs, and no browser', () => {
  const { debian, go } = programs();
  const needed = new Set([...neededTools(stages), ...stages.flatMap(({ topology }) => toolsFor(topology))]);
  needed.delete('node');
  expect(needed.size).toBeGreaterThan(5);
  for (const name of needed) {
    const { source } = toolOf(name);
    if (source.how === 'apt') expect(debian).toContain(source.pack);
    else expect(go).toContainEqual({ name, package: source.how === 'go' ? source.module : '' });
  }
  expect(debian).not.toContain('chromium');
});

it('the Dockerfile installs the lists, and names no program itself', () => {
  const dockerfile = readFileSync(join(REPO_FOLDER, 'Dockerfile'), 'utf8');
  const { debian, go } = programs();
  for (const name of [...debian, ...go.map((program) => program.package)]) expect(dockerfile).not.toContain(name);
  expect(dockerfile).toMatch(/xargs apt-get install .*< \/programs/);
  expect(dockerfile).toMatch(/go build -o "\/programs\/\$name" "\$package"/);
});
