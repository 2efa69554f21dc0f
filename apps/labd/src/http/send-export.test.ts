import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createStore, EXPORT_PREFIX, importRun } from '@loadstair/runs';
import type { Response } from 'express';
import { sendExport } from './send-export.ts';

const RECORDED = join(import.meta.dirname, '../../fixtures/stage-3-quick.tar.gz');
const LONG_AGO = new Date('2026-01-01T00:00:00.000Z');

let folder: string;
let left: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-send-'));
  left = mkdtempSync(join(tmpdir(), EXPORT_PREFIX));
});
afterEach(() => {
  for (const path of [folder, left]) rmSync(path, { recursive: true, force: true });
});

it('leaves nothing behind, and removes what a killed labd left', async () => {
  utimesSync(left, LONG_AGO, LONG_AGO);
  const store = createStore(join(folder, 'lab'));
  const run = store.open(await importRun(store, RECORDED));
  const sent: string[] = [];
  const response = Object.assign(new EventEmitter(), { download: (file: string) => void sent.push(file) });
  await sendExport(run, response as unknown as Response);
  expect(existsSync(left)).toBe(false);
  const [file = ''] = sent;
  expect(existsSync(file)).toBe(true);
  response.emit('close');
  expect(existsSync(dirname(file))).toBe(false);
});
