import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { findTool } from '../tools/find.ts';

const LAB_FOLDER = join(import.meta.dirname, '../../../../.lab');

/** A Chromium without a window. Throws when there is none on this machine. */
export async function startBrowser(): Promise<Browser> {
  const tool = await findTool('chromium', { labFolder: LAB_FOLDER, path: process.env['PATH'] ?? '' });
  if (tool.state !== 'found') throw new Error('chromium is missing: ./lab test installs it');
  return chromium.launch({ executablePath: tool.path, args: ['--no-sandbox'] });
}
