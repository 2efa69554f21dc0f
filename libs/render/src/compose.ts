import { posix } from 'node:path';
import type { PlannedJob, Readiness } from '@loadstair/components';
import { stringify } from 'yaml';
import type { ContainerComponent, ContainerHost, ContainerPlan } from './container-plan.ts';

export interface RenderedFile {
  /** Relative to the folder of the rendered files. */
  readonly path: string;
  readonly text: string;
}

/** What services wait for: of a server, that it answers; of a job, that it has ended well. */
type Condition = { readonly condition: 'service_healthy' | 'service_completed_successfully' };
type Service = Readonly<Record<string, unknown>>;

const NETWORK = 'lab';
const REPOSITORY = '${LOADSTAIR_REPOSITORY:?the folder of the repository}';
/** No host's address: the first address of the network, which Docker takes unless told, is. */
const GATEWAY = '172.30.255.254';
/** Addresses for containers that are no host: jobs before a host has started. */
const OTHERS = '172.30.253.0/24';
/** Port of this machine at which the first public host is reached; the others follow. */
const FIRST_PORT = 8080;

/**
 * A plan as files for `docker compose`: a service for each component, in the network of its host, and one for each job. A host's
 * limits hold for each of its components: containers have none together.
 *
 * @param coresPerLabCpu share of a core that one lab CPU is
 */
export function renderCompose(plan: ContainerPlan, { coresPerLabCpu }: { readonly coresPerLabCpu: number }): RenderedFile[] {
  const { topology, addresses } = plan.placement;
  const hosts = plan.tiers.flatMap((tier) => tier.hosts.map((host) => ({ host, after: tier.after })));
  const ready = new Map(
    plan.tiers.map(({ name, hosts: all }) => [name, Object.assign({}, ...all.map(readyOf)) as Record<string, Condition>]),
  );
  const published = hosts.filter(({ host }) => host.placed.tierSpec.public).map(({ host }) => host.placed.name);
  const services = hosts.flatMap(({ host, after }) =>
    servicesOf(host, {
      cpus: Number((host.placed.tierSpec.cpu * coresPerLabCpu).toFixed(3)),
      port: published.includes(host.placed.name) ? FIRST_PORT + published.indexOf(host.placed.name) : null,
      before: Object.assign({}, ...after.map((name) => ready.get(name))) as Record<string, Condition>,
    }),
  );
  const volumes = hosts.flatMap(({ host }) => host.components.flatMap((component) => volumesOf(host, component).map(({ name }) => name)));
  const document = {
    name: `loadstair-${topology.stage}-${topology.slug}`,
    services: Object.fromEntries(services),
    networks: { [NETWORK]: { ipam: { config: [{ subnet: addresses.network, ip_range: OTHERS, gateway: GATEWAY }] } } },
    ...(volumes.length === 0 ? {} : { volumes: Object.fromEntries(volumes.map((name) => [name, {}])) }),
  };
  return [
    { path: 'compose.yaml', text: stringify(document, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false }) },
    ...hosts.flatMap(({ host }) => filesOf(host).map(({ path, text }) => ({ path: besides(host, path), text }))),
  ];
}

interface Around {
  readonly cpus: number;
  readonly port: number | null;
  readonly before: Readonly<Record<string, Condition>>;
}

function servicesOf(host: ContainerHost, { cpus, port, before }: Around): [string, Service][] {
  return host.components.flatMap((component, index) => {
    const previous = host.components[index - 1];
    const own = serviceOf(host, component);
    const others = { ...before, ...(previous === undefined ? {} : readyOfComponent(host, previous)) };
    const prepared = component.inImage.prepares.at(-1);
    const waits = { ...others, ...(prepared === undefined ? {} : completed(jobName(host, component, prepared))) };
    const served = host.components.at(-1)?.ports[0];
    const mounts = [
      ...component.files.map(({ path }) => `./${besides(host, path)}:${path}:ro`),
      ...volumesOf(host, component).map(({ name, folder }) => `${name}:${folder}`),
    ];
    const service: Service = {
      ...described(component.inImage, mounts, { ...component.process.env, ...component.inImage.env }),
      ...(index === 0
        ? {
            hostname: host.placed.name,
            networks: { [NETWORK]: { ipv4_address: host.placed.address } },
            ...(port === null || served === undefined ? {} : { ports: [`${port}:${served}`] }),
          }
        : inNetworkOf(host)),
      ...(component.inImage.user === null ? {} : { user: component.inImage.user }),
      command: [component.process.command, ...component.process.args, ...component.inImage.args].map(literal),
      working_dir: component.process.cwd,
      tmpfs: host.scratch.map((folder) => `${folder}:mode=1777`),
      cpus,
      mem_limit: `${host.placed.tierSpec.memoryMiB}m`,
      healthcheck: { test: testOf(component.readiness), interval: '2s', timeout: '2s', retries: 60 },
      ...waitingFor(waits),
      stop_signal: component.stop.signal,
      stop_grace_period: `${component.stop.graceMs / 1000}s`,
    };
    return [...preparesOf(host, component, others), [own, service] as [string, Service], ...jobsOf(host, component)];
  });
}

/** Jobs before a component starts; its host may have no network yet. */
function preparesOf(host: ContainerHost, component: ContainerComponent, before: Readonly<Record<string, Condition>>): [string, Service][] {
  const volumes = volumesOf(host, component).map(({ name, folder }) => `${name}:${folder}`);
  return component.inImage.prepares.map((job, index) => {
    const previous = component.inImage.prepares[index - 1];
    const waits = previous === undefined ? before : completed(jobName(host, component, previous));
    return [jobName(host, component, job), { ...jobOf(job, volumes), networks: [NETWORK], ...waitingFor(waits) }];
  });
}

function jobsOf(host: ContainerHost, component: ContainerComponent): [string, Service][] {
  const shared = volumesOf(host, component).flatMap((volume) => (volume.shared ? [`${volume.name}:${volume.folder}`] : []));
  return component.inImage.jobs.map((job, index) => {
    const previous = component.inImage.jobs[index - 1];
    const before = previous === undefined ? healthy(serviceOf(host, component)) : completed(jobName(host, component, previous));
    return [jobName(host, component, job), { ...jobOf(job, shared), ...inNetworkOf(host), ...waitingFor(before) }];
  });
}

function jobOf(job: PlannedJob, mounts: readonly string[]): Service {
  return {
    ...described({ name: job.image, repository: job.repository }, mounts, job.process.env),
    user: job.user,
    command: [job.process.command, ...job.process.args].map(literal),
    restart: 'no',
  };
}

function waitingFor(conditions: Readonly<Record<string, Condition>>): Service {
  return Object.keys(conditions).length === 0 ? {} : { depends_on: conditions };
}

/** What a server and its jobs have in common. */
function described(
  { name, repository }: { readonly name: string; readonly repository: boolean },
  mounts: readonly string[],
  env: Readonly<Record<string, string>>,
): Service {
  const all = [...mounts, ...(repository ? [`${REPOSITORY}:/repository:ro`] : [])];
  const environment = Object.entries(env).map(([name, value]) => [name, literal(value)] as const);
  return {
    image: name,
    ...(environment.length === 0 ? {} : { environment: Object.fromEntries(environment) }),
    ...(all.length === 0 ? {} : { volumes: all }),
  };
}

/** Volumes of a component; jobs see those that are shared. */
function volumesOf(
  host: ContainerHost,
  component: ContainerComponent,
): { readonly name: string; readonly folder: string; readonly shared: boolean }[] {
  const service = serviceOf(host, component);
  const named = (folder: string, shared: boolean): { name: string; folder: string; shared: boolean } => ({
    name: `${service}-${posix.basename(folder)}`,
    folder,
    shared,
  });
  return [...component.volumes.map((folder) => named(folder, false)), ...component.inImage.shared.map((folder) => named(folder, true))];
}

function inNetworkOf(host: ContainerHost): Service {
  return { network_mode: `service:${serviceOf(host, host.components[0] as ContainerComponent)}` };
}

/** The first component's service has the host's name and network. */
function serviceOf(host: ContainerHost, component: ContainerComponent): string {
  return component === host.components[0] ? host.placed.name : `${host.placed.name}-${component.kind}`;
}

function jobName(host: ContainerHost, component: ContainerComponent, job: PlannedJob): string {
  return `${serviceOf(host, component)}-${job.name}`;
}

function healthy(service: string): Record<string, Condition> {
  return { [service]: { condition: 'service_healthy' } };
}

function completed(service: string): Record<string, Condition> {
  return { [service]: { condition: 'service_completed_successfully' } };
}

function readyOf(host: ContainerHost): Record<string, Condition> {
  return Object.assign({}, ...host.components.map((component) => readyOfComponent(host, component))) as Record<string, Condition>;
}

function readyOfComponent(host: ContainerHost, component: ContainerComponent): Record<string, Condition> {
  const job = component.inImage.jobs.at(-1);
  return { ...healthy(serviceOf(host, component)), ...(job === undefined ? {} : completed(jobName(host, component, job))) };
}

function filesOf(host: ContainerHost): readonly { readonly path: string; readonly text: string }[] {
  return host.components.flatMap(({ files }) => files);
}

/** Where a file of a host lies among the rendered ones. */
function besides({ placed }: ContainerHost, path: string): string {
  return posix.join('hosts', placed.name, posix.relative(placed.folder, path));
}

/** Official images have bash, and few have a program that asks over HTTP. */
function testOf(readiness: Readiness): string[] {
  switch (readiness.kind) {
    case 'http':
      return [
        'CMD',
        'bash',
        '-c',
        `${connected(readiness)} && printf 'GET ${readiness.path} HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'`,
      ];
    case 'tcp':
      return ['CMD', 'bash', '-c', connected(readiness)];
    case 'exec':
      return ['CMD', readiness.command, ...readiness.args].map(literal);
  }
}

function connected({ address, port }: { readonly address: string; readonly port: number }): string {
  return `exec 3<>/dev/tcp/${address}/${port}`;
}

/** Compose takes a dollar for the begin of a variable's name. */
function literal(text: string): string {
  return text.replaceAll('$', '$$$$');
}
