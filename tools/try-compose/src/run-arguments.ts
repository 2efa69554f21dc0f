import { resolve } from 'node:path';
import type { Service } from './compose-file.ts';

/** A field of a service that this translation does not know: better an error than a container that differs from the file. */
export class UnknownField extends Error {
  constructor(service: string, field: string) {
    super(`${service}.${field} of docker-compose.yml is not known here. Add it to tools/try-compose/src/run-arguments.ts.`);
    this.name = 'UnknownField';
  }
}

interface HealthCheck {
  readonly test: readonly [kind: string, ...words: string[]];
  readonly interval: string;
  readonly timeout: string;
  readonly retries: number;
}

/**
 * Arguments of `docker run` for a service, for machines without the compose plug-in.
 *
 * @param place names the network and the volumes, and the folder that relative paths begin from
 * @throws UnknownField
 */
export function runArguments(
  name: string,
  service: Service,
  place: { readonly project: string; readonly folder: string },
): { readonly options: readonly string[]; readonly image: string } {
  const options = Object.entries(service).flatMap(([field, value]) => {
    const translate = FIELDS[field];
    if (translate === undefined) throw new UnknownField(name, field);
    return translate(value, place);
  });
  return {
    options: ['--name', `${place.project}-${name}`, '--network', place.project, '--network-alias', name, ...options],
    image: String(service['image']),
  };
}

type Translate = (value: unknown, place: { readonly project: string; readonly folder: string }) => string[];

const each =
  (option: string): Translate =>
  (value) =>
    (value as readonly string[]).flatMap((item) => [option, item]);
const one =
  (option: string): Translate =>
  (value) => [option, String(value)];
const pairs =
  (option: string): Translate =>
  (value) =>
    Object.entries(value as Readonly<Record<string, string | number>>).flatMap(([key, item]) => [option, `${key}=${item}`]);

const FIELDS: Readonly<Record<string, Translate>> = {
  // Given in its place, built before, and started in order.
  image: () => [],
  build: () => [],
  depends_on: () => [],
  hostname: one('--hostname'),
  init: (value) => (value === true ? ['--init'] : []),
  cap_add: each('--cap-add'),
  security_opt: each('--security-opt'),
  cgroup: one('--cgroupns'),
  shm_size: (value) => ['--shm-size', String(value).replace(/b$/, '')],
  environment: pairs('--env'),
  ports: each('--publish'),
  restart: one('--restart'),
  volumes: (value, { project, folder }) =>
    (value as readonly string[]).flatMap((volume) => {
      const [source = '', ...rest] = volume.split(':');
      const from = /^[./]/.test(source) ? resolve(folder, source) : `${project}_${source}`;
      return ['--volume', [from, ...rest].join(':')];
    }),
  healthcheck(value) {
    const { test, interval, timeout, retries } = value as HealthCheck;
    // docker run takes a line for the shell.
    const words = test.slice(1).map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
    return [
      ...['--health-cmd', words.join(' ')],
      ...['--health-interval', interval, '--health-timeout', timeout, '--health-retries', String(retries)],
    ];
  },
  stop_grace_period: (value) => ['--stop-timeout', String(value).replace(/s$/, '')],
};
