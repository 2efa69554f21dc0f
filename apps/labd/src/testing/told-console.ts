import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPage } from '@loadstair/dashboard-view/testing';
import type { Manifest, RunEvent } from '@loadstair/runs';
import { startBrowser } from '@loadstair/runtime/testing';
import type { Browser, Page } from 'playwright-core';
import { type Benches, type Confirmations, createEventLog, createReadings, type EventLog, type Lab } from '@loadstair/lab';
import { configFrom } from '../config.ts';
import { startServer } from '../server.ts';
import { REPOSITORY } from './labd-process.ts';

const CONSOLE = join(REPOSITORY, 'apps', 'console');
/** A small laptop's. */
export const SCREEN = { width: 1280, height: 720 };

/** The console in a real browser, served by labd's own server; its runs are told by a test and not measured. */
export interface ToldConsole {
  readonly url: string;
  readonly browser: Browser;
  /** Where its runs are kept. */
  readonly labFolder: string;
  /** A run that goes on from now, in place of the one before; what is appended happens in it. */
  begin(manifest: Manifest): EventLog<RunEvent>;
  /** Nothing goes on any more. */
  rest(): void;
  /** A blank page of that screen; what it throws is kept. */
  open(): Promise<Page>;
  /** What pages threw since it was asked last. */
  thrown(): string[];
  stop(): Promise<void>;
}

/**
 * @param instance whose port is taken
 * @throws when Vite cannot build the console or Chromium is not there
 */
export async function startToldConsole(instance: number): Promise<ToldConsole> {
  const labFolder = mkdtempSync(join(tmpdir(), 'loadstair-told-'));
  const consoleFolder = join(labFolder, 'web');
  buildPage(CONSOLE, consoleFolder);
  const config = { ...configFrom(['--instance', String(instance)]), labFolder };
  const logs = new Map<string, EventLog<RunEvent>>();
  let going: string | null = null;
  const lab = {
    runEvents: (run: string) => logs.get(run) ?? null,
    goingRun: () => (going === null ? null : { run: going, prometheus: null }),
    alerts: async () => null,
    status: () => ({ instance, pid: process.pid, machine: 'told', url: null, stage: null, slug: null, hosts: [], run: going }),
  } as unknown as Lab;
  const server = await startServer({
    lab,
    benches: {} as Benches,
    confirmations: {
      of: () => ({ state: 'impossible', why: 'nothing is measured here' }),
      isGoing: () => false,
    } as unknown as Confirmations,
    readings: createReadings(config, lab),
    consoleFolder,
    labFolder,
    doors: config.doors,
    port: config.port,
    token: 'secret',
    onShutdown: () => {},
  });
  const browser = await startBrowser();
  const errors: string[] = [];
  return {
    url: server.url,
    browser,
    labFolder,
    begin(manifest) {
      const folder = join(labFolder, 'runs', manifest.run);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
      writeFileSync(join(folder, 'events.ndjson'), '');
      const log = createEventLog<RunEvent>();
      logs.set(manifest.run, log);
      going = manifest.run;
      return log;
    },
    rest() {
      going = null;
    },
    async open() {
      const page = await browser.newPage({ viewport: SCREEN });
      page.on('pageerror', (error) => errors.push(error.message));
      return page;
    },
    thrown: () => errors.splice(0),
    async stop() {
      await browser.close();
      for (const log of logs.values()) log.close();
      await server.stop();
      rmSync(labFolder, { recursive: true, force: true });
    },
  };
}
