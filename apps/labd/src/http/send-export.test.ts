import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createStore, EXPORT_PREFIX, importRun } from '@loadstair/runs';
import type { Response } from 'express';
import { sendExport } from './send-export.ts';

const RECORDED = join(import.meta.dirname, '../../fixtures/stage-3-quick.tar.gz');
const LONG_AGO = new Date('2026-01-01T00:00:00.000Z');

let folder: string;
let temporary: string;
let before: string | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadstair-send-'));
  temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  before = process.env['TMPDIR'];
  process.env['TMPDIR'] = temporary;
});
afterEach(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  rmSync(folder, { recursive: true, force: true });
});

it('leaves nothing behind, and removes what a killed labd left', async () => {
  const left = join(temporary, `${EXPORT_PREFIX}left`);
  mkdirSync(left);
  utimesSync(left, LONG_AGO, LONG_AGO);
  const store = createStore(join(folder, 'lab'));
  const run = store.open(await importRun(store, RECORDED));
  const sent: boolean[] = [];
  const response = Object.assign(new EventEmitter(), { download: (file: string) => void sent.push(existsSync(file)) });
  await sendExport(run, response as unknown as Response);
  expect(sent).toEqual([true]);
  expect(existsSync(left)).toBe(false);
  response.emit('close');
  expect(readdirSync(temporary)).toEqual([]);
});
