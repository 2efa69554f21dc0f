import { get } from 'node:http';
import { availableParallelism } from 'node:os';
import { startProcess } from '@loadstair/kit/node';
import { limitGenerator, limitGeneratorFiles } from '@loadstair/runtime';
import { stageByNumber, type Injection } from '@loadstair/stages';
import { placeTopology, PORTS } from '@loadstair/topology';

/** What spoils a run from outside; `stop` is idempotent. */
export interface Disturbance {
  stop(): void;
}

/** Too little for the first step of any climb: an arrival takes k6 some 2 ms. */
const STARVED_CORES = 0.05;
/** Connections it can have at once; a climb has more in flight long before its site is full. */
const FILES_MORE = 2;
/** Somebody else's: not seen in the field beside some 130 arrivals/s. */
const FOREIGN_PER_S = 30;

/** Begins to spoil the run that an instance makes now. */
export async function disturb({ disturbance, stage }: Pick<Injection, 'disturbance' | 'stage'>, instance: number): Promise<Disturbance> {
  switch (disturbance) {
    case null:
      return { stop: () => {} };
    case 'starved-generator':
      // The group goes with the run's site, and the limit with it.
      await limitGenerator(instance, STARVED_CORES);
      return { stop: () => {} };
    case 'few-files':
      // The limit goes with the process.
      await limitGeneratorFiles(instance, FILES_MORE);
      return { stop: () => {} };
    case 'busy-machine': {
      const loops = Array.from({ length: availableParallelism() }, () => startProcess('/bin/sh', ['-c', 'while :; do :; done']));
      return {
        stop() {
          for (const loop of loops) loop.signal('SIGKILL');
        },
      };
    }
    case 'foreign-load': {
      const host = siteAddress(stage, instance);
      const timer = setInterval(() => {
        // What becomes of it is nobody's matter.
        get({ host, port: PORTS.http, path: '/', agent: false }, (response) => response.resume()).once('error', () => {});
      }, 1000 / FOREIGN_PER_S);
      return { stop: () => clearInterval(timer) };
    }
  }
}

/** Where users reach the site of a stage. */
function siteAddress(stage: number, instance: number): string {
  const { hosts } = placeTopology(stageByNumber(stage).topology, { instance, labFolder: '/' });
  const address = hosts.find(({ publicAddress }) => publicAddress !== null)?.publicAddress;
  if (address === undefined || address === null) throw new Error(`The site of stage ${stage} has no public address.`);
  return address;
}
