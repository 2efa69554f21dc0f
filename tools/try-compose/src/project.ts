import { REPO_FOLDER } from '@loadstair/lab-api/folders';
import { ended, type Ended } from './command.ts';
import type { ComposeFile } from './compose-file.ts';
import type { Engine } from './engine.ts';
import { runArguments } from './run-arguments.ts';

/** The lab of a compose file, started as `docker compose up` starts it. */
export interface Project {
  /** `starting`, `healthy` or `unhealthy`. Throws with the log of the container when that has ended. */
  state(): Promise<string>;
  /** Runs a command in the container of the lab. */
  exec(words: readonly string[]): Promise<Ended>;
  /** What the lab has printed. */
  printed(): Promise<string>;
  /** Runs a program of the lab's image in place of Grafana: with Grafana's variables, mounts and network, as Grafana's user. */
  inPlaceOfGrafana(words: readonly string[]): Promise<Ended>;
  /** Removes containers, network and volumes. */
  down(): Promise<void>;
}

/** The user id of Grafana's image. */
const GRAFANA_USER = '472';

export async function startProject({ docker, client }: Engine, { name: project, services }: ComposeFile): Promise<Project> {
  const place = { project, folder: REPO_FOLDER };
  const lab = runArguments('lab', services['lab'] ?? {}, place);
  const container = `${project}-lab`;
  await docker(['network', 'create', project]);
  const down = async (): Promise<void> => {
    await ended([...client, 'stop', container]);
    await ended([...client, 'rm', '--force', '--volumes', container]);
    await ended([...client, 'volume', 'rm', `${project}_lab`, `${project}_grafana`]);
    await ended([...client, 'network', 'rm', project]);
  };
  try {
    await docker(['run', '--detach', ...lab.options, lab.image]);
  } catch (error) {
    await down();
    throw error;
  }
  const printed = async (): Promise<string> => {
    const { stdout, stderr } = await ended([...client, 'logs', container]);
    return stdout + stderr;
  };
  return {
    printed,
    down,
    async state() {
      const [running, health] = (await docker(['inspect', '--format', '{{.State.Running}} {{.State.Health.Status}}', container])).split(
        ' ',
      );
      if (running !== 'true') throw new Error(`The container of the lab has ended: ${await printed()}`);
      return health ?? '';
    },
    exec: (words) => ended([...client, 'exec', container, ...words]),
    inPlaceOfGrafana(words) {
      // Nobody asks it anything.
      const grafana = Object.entries(services['grafana'] ?? {}).filter(([field]) => field !== 'ports');
      const { options } = runArguments('grafana', Object.fromEntries(grafana), place);
      return ended([...client, 'run', '--rm', ...options, '--user', GRAFANA_USER, '--entrypoint', 'sh', lab.image, ...words]);
    },
  };
}
