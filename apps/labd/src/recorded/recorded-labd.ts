import { join } from 'node:path';
import { createReadings, problemLinesOf, type Benches, type Confirmations } from '@loadstair/lab';
import { openRecorded } from '@loadstair/recorded';
import type { RunStore } from '@loadstair/runs';
import type { LabdConfig } from '../config.ts';
import type { StartedLabd } from '../labd.ts';
import { startServer } from '../server.ts';
import { newToken } from '../state-file.ts';
import { cannot, createRecordedLab } from './recorded-lab.ts';
import { onlyWhatIsRecorded } from './only-recorded.ts';

/** Where it answers, and what a browser needs to predict and to answer. */
interface Address {
  readonly url: string;
  /** Origin of the console in a browser. */
  readonly pages: string;
  readonly key: string;
}

/** Tells the command that started this process where it answers, or why it does not. */
export async function announced<Started extends Address>(starting: Promise<Started>): Promise<Started> {
  try {
    const started = await starting;
    const { url, pages, key } = started;
    await send({ url, pages, key });
    return started;
  } catch (error) {
    await send({ problem: problemLinesOf(error) });
    throw error;
  }
}

/** To whoever started this process, where somebody listens. */
function send(message: object): Promise<void> {
  return new Promise((sent) => {
    if (process.send === undefined) sent();
    else process.send(message, undefined, undefined, () => sent());
  });
}

/**
 * The console on recorded runs: needs no right, no network and nothing of Linux. It leaves no state file, so that no command takes it for
 * a lab that measures.
 *
 * @param speed how many times faster than it was measured a run is played
 * @param onShutdown called when somebody asks through the API that it ends
 */
export async function startRecordedLabd(config: LabdConfig, speed: number, onShutdown: () => void): Promise<StartedLabd & Address> {
  const { repoFolder, labFolder, instance, port, doors } = config;
  const recorded = await openRecorded({ repoFolder, labFolder });
  const lab = createRecordedLab(recorded, { instance, speed });
  const { store, machine } = recorded;
  const readings = createReadings(config, lab, {
    store,
    machine,
    health: () => Promise.reject(cannot('the state of a machine')),
  });
  const key = newToken();
  const server = await startServer({
    lab,
    benches: NO_BENCHES,
    confirmations: confirmationsOf(store),
    readings: {
      ...readings,
      // While it is played it is shown as it went, though all of it is here.
      run: (id) => (id === lab.playing() ? { state: 'going', manifest: store.manifest(id) } : readings.run(id)),
    },
    consoleFolder: join(repoFolder, 'apps', 'console', 'dist', 'web'),
    labFolder,
    port,
    doors,
    token: key,
    onShutdown,
    only: onlyWhatIsRecorded,
  });
  let stopped: Promise<void> | null = null;
  return {
    url: server.url,
    pages: doors.consoleUrl ?? server.url,
    key,
    stop() {
      stopped ??= lab.stop().then(() => server.stop());
      return stopped;
    },
  };
}

const NO_BENCHES: Benches = { begin: refuseBench, events: refuseBench, stop: refuseBench };

function refuseBench(): never {
  throw cannot('measuring the lab itself');
}

/** What short runs have proved of a recorded run; no other is proved here. */
function confirmationsOf(store: Pick<RunStore, 'open'>): Confirmations {
  return {
    of(id) {
      const { confirmation } = store.open(id);
      return confirmation === null
        ? { state: 'impossible', why: 'it was recorded, and nothing runs on this machine' }
        : { state: 'done', confirmation };
    },
    begin: () => Promise.reject(cannot('confirming a run')),
    isGoing: () => false,
  };
}
