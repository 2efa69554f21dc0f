import { isIPv4 } from 'node:net';
import { parseArgs } from 'node:util';
import type { LabConfig } from '@loadstair/lab';
import { LAB_FOLDER, MAX_INSTANCE, REPO_FOLDER, stateFile } from '@loadstair/lab-api/folders';
import { SPEED } from '@loadstair/recorded/speed';
import { labdPort } from '@loadstair/topology';

/** Where labd is reached. Outside of a container: on loopback alone, under its own port. */
export interface Doors {
  /** IPv4 address that labd listens on. In a container, published ports do not lead to its loopback. */
  readonly listen: string;
  /** Origin of the console in a browser; null where it is labd's own address. */
  readonly consoleUrl: string | null;
  /** Origin of the site in a browser; labd then serves the site at a port of its own. Null where the site's own address will do. */
  readonly siteUrl: string | null;
  /** Host names by which other containers, such as Grafana's, may query Prometheus through labd. */
  readonly queryNames: readonly string[];
}

/** On loopback alone. */
export const LOOPBACK: Doors = { listen: '127.0.0.1', consoleUrl: null, siteUrl: null, queryNames: [] };

/** What labd reads from its arguments and environment when it starts. */
export interface LabdConfig extends LabConfig {
  readonly port: number;
  readonly doors: Doors;
  readonly stateFile: string;
  /** Stamp of the sources, kept in the state file for clients. */
  readonly sources: string;
  /** How many times faster recorded runs are played; null where runs are measured. */
  readonly recordedSpeed: number | null;
}

export class BadLabdConfig extends Error {
  constructor(problems: readonly string[]) {
    super(`labd cannot start: ${problems.join('; ')}. It is started by ./lab; see ./lab --help.`);
    this.name = 'BadLabdConfig';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws BadLabdConfig */
export function configFrom(argv: readonly string[], environment: Environment = process.env): LabdConfig {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      instance: { type: 'string', default: '1' },
      sources: { type: 'string', default: '' },
      recorded: { type: 'string' },
    },
  });
  const instance = Number(values.instance);
  if (!Number.isInteger(instance) || instance < 1 || instance > MAX_INSTANCE) {
    throw new BadLabdConfig([`--instance ${values.instance} is not a whole number from 1 to ${MAX_INSTANCE}`]);
  }
  // A container publishes the ports of its first instance.
  const doors = instance === 1 ? doorsFrom(environment) : LOOPBACK;
  const recordedSpeed = values.recorded === undefined ? null : Number(values.recorded);
  if (recordedSpeed !== null && !(recordedSpeed >= SPEED.least && recordedSpeed <= SPEED.most)) {
    throw new BadLabdConfig([`--recorded ${values.recorded} is not a speed from ${SPEED.least} to ${SPEED.most}`]);
  }
  return {
    recordedSpeed,
    instance,
    port: labdPort(instance),
    doors,
    storesSeries: doors.queryNames.length > 0,
    repoFolder: REPO_FOLDER,
    labFolder: LAB_FOLDER,
    stateFile: stateFile(instance),
    sources: values.sources,
    path: environment['PATH'] ?? '',
  };
}

/** Only loopback addresses: labd refuses a browser that asks for any other. */
const PUBLISHED = /^http:\/\/(localhost|127\.0\.0\.1):\d{1,5}$/;
/** One label: no name server of the internet has such a name, so no web page can have it lead here. */
const CONTAINER_NAME = /^[a-z][a-z0-9-]*$/;

function doorsFrom(environment: Environment): Doors {
  const { LOADSTAIR_LISTEN: listen, LOADSTAIR_CONSOLE_URL: consoleUrl, LOADSTAIR_SITE_URL: siteUrl } = environment;
  const queryNames = (environment['LOADSTAIR_QUERY_NAMES'] ?? '').split(',').filter(Boolean);
  const problems = [
    ...(listen && !isIPv4(listen) ? [`LOADSTAIR_LISTEN is ${listen}, which is not an IPv4 address`] : []),
    ...Object.entries({ LOADSTAIR_CONSOLE_URL: consoleUrl, LOADSTAIR_SITE_URL: siteUrl }).flatMap(([name, url]) =>
      url && !PUBLISHED.test(url) ? [`${name} is ${url}; it must be like http://127.0.0.1:4600`] : [],
    ),
    ...queryNames.flatMap((name) =>
      CONTAINER_NAME.test(name) && name !== 'localhost' ? [] : [`LOADSTAIR_QUERY_NAMES has ${name}, which is not the name of a container`],
    ),
  ];
  if (problems.length > 0) throw new BadLabdConfig(problems);
  return { listen: listen || LOOPBACK.listen, consoleUrl: consoleUrl || null, siteUrl: siteUrl || null, queryNames };
}
