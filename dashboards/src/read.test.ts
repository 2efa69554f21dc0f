import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { GENERATED } from './generated-folder.ts';
import { dashboardsOf } from './read.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-dashboards-'));
  cpSync(GENERATED, folder, { recursive: true });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

it('reads dashboards beside files that are none, and names each of those once', () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const strays = ['run.json~', '.run.json.swp', 'notes.txt', '.hidden.json'];
  for (const name of strays) writeFileSync(join(folder, name), 'no JSON');
  writeFileSync(join(folder, 'torn.json'), '{"uid":');
  writeFileSync(join(folder, 'null.json'), 'null');
  writeFileSync(join(folder, 'odd.json'), '{"uid":"odd","title":"odd","panels":[{"type":"x","targets":[{"expr":7}]}]}');
  mkdirSync(join(folder, 'folder.json'));
  const uids = dashboardsOf(2, folder).map(({ uid }) => uid);
  expect(uids).toEqual(dashboardsOf(2).map(({ uid }) => uid));
  dashboardsOf(2, folder);
  expect(warned).toHaveBeenCalledTimes(4);
});
