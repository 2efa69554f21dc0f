import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { until } from '@loadstair/kit/node';
import { REPO_FOLDER } from '@loadstair/lab-api/folders';
import { stages } from '@loadstair/stages';
import { endCommands } from './command.ts';
import { readCompose } from './compose-file.ts';
import { startEngine, type Engine } from './engine.ts';
import { makeBaseImages, removeBaseImages } from './images.ts';
import { startProject, type Project } from './project.ts';
import { tryConsole } from './try-console.ts';
import { tryStage } from './try-stage.ts';

/**
 * Tries docker-compose.yml for real, without a registry: builds the image on base images made here, starts the lab, runs stages to a
 * verdict in the container, queries every panel as Grafana would, and takes everything down.
 *
 *   npm run try-compose -- --stages 1,2
 */
const { values } = parseArgs({ options: { stages: { type: 'string', default: String(stages[0]?.topology.stage) } } });
const numbers = values.stages.split(',').map(Number);
/** Ports that a lab on this machine does not use; the addresses that the lab prints must follow them. */
const VARIABLES = { LOADSTAIR_CONSOLE_PORT: '14600', LOADSTAIR_SITE_PORT: '18080', LOADSTAIR_GRAFANA_PORT: '13000' };
const begun = performance.now();
const say = (text: string): void =>
  void process.stdout.write(`${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${text}\n`);
// The program that runs now ends, and everything is taken down.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, endCommands);

const isV1 = !existsSync('/sys/fs/cgroup/cgroup.controllers');
const files = ['docker-compose.yml', ...(isV1 ? ['docker-compose.cgroup-v1.yml'] : [])].map((name) => join(REPO_FOLDER, name));
const compose = readCompose(files, VARIABLES);
let left: readonly string[] = [];
const engine = await startEngine(say);
try {
  await tryAll(engine);
} finally {
  left = await engine.stop();
  say(left.length === 0 ? 'everything is gone' : `left: ${left.join(', ')}`);
}
if (left.length > 0) process.exitCode = 1;

async function tryAll(on: Engine): Promise<void> {
  const images = await makeBaseImages(on);
  say('base images made');
  let project: Project | null = null;
  try {
    const args = { BASE_IMAGE: images.base, NODE_IMAGE: images.node, GO_IMAGE: images.go };
    const options = Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
    const { image } = compose.services['lab'] as { image: string };
    await on.docker(['build', '--network', 'host', ...options, '--tag', image, REPO_FOLDER], { shown: true });
    const bytes = Number(await on.docker(['image', 'inspect', '--format', '{{.Size}}', image]));
    say(`image built, ${Math.round(bytes / 1e6)} MB`);

    project = await startProject(on, compose);
    const { state } = project;
    await until(async () => (await state()) === 'healthy', { what: 'the lab is healthy', timeoutMs: 120_000, everyMs: 500 });
    say('the lab is up');
    for (const line of await tryConsole(project, VARIABLES)) say(line);
    for (const number of numbers) for (const line of await tryStage(project, number)) say(line);
  } finally {
    await project?.down();
    if (!on.own) await removeBaseImages(on, images);
  }
}
