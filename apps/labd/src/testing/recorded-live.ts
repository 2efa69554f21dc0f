import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore, importRun, type Manifest, type RunEvent } from '@loadstair/runs';
import type { EventLog } from '@loadstair/lab';
import type { ToldConsole } from './told-console.ts';

/** A quick run of stage 3 that named a limit, as `./lab export` packed it. */
const RECORDED = join(import.meta.dirname, '../../fixtures/stage-3-quick.tar.gz');

/** A run that was really measured, which goes on again until all of it has been told. */
export interface RecordedLive {
  readonly id: string;
  readonly manifest: Manifest;
  readonly events: readonly RunEvent[];
  /** Seconds of load that have been told. */
  seconds(): number;
  /** Goes on telling, up to the end of a step of load. */
  tellStep(step: number): void;
  /** The run ends: what it came to is in its folder, then it is told. */
  tellEnd(): void;
  /** Leaves nothing behind. */
  stop(): void;
}

export async function beginRecorded(told: ToldConsole): Promise<RecordedLive> {
  const aside = mkdtempSync(join(tmpdir(), 'loadstair-recorded-'));
  const store = createStore(aside);
  const id = await importRun(store, RECORDED);
  const [manifest, events] = [store.manifest(id), store.events(id)];
  const log: EventLog<RunEvent> = told.begin(manifest);
  let next = 0;
  const tellTo = (end: number): void => {
    for (const event of events.slice(next, end)) log.append(event);
    next = end;
  };
  return {
    id,
    manifest,
    events,
    seconds: () => events.slice(0, next).filter(({ type }) => type === 'live').length,
    tellStep: (step) => tellTo(1 + events.findIndex((event) => event.type === 'step' && event.kind === 'load' && event.step === step)),
    tellEnd() {
      tellTo(events.length - 1);
      cpSync(join(aside, 'runs', id), join(told.labFolder, 'runs', id), { recursive: true });
      told.rest();
      tellTo(events.length);
      log.close();
    },
    stop: () => rmSync(aside, { recursive: true, force: true }),
  };
}
