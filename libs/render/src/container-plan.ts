import {
  contentOf,
  imageOf,
  planSite,
  type ContextOf,
  type InImage,
  type Plan,
  type PlannedComponent,
  type PlannedHost,
  type PlannedTier,
  type Secrets,
  type ToolPaths,
} from '@loadstair/components';
import { declarations, withoutSlowWays } from '@loadstair/components/declarations';
import { Problem } from '@loadstair/kit';
import { placeTopology, type AddressPlan, type Placement, type Topology } from '@loadstair/topology';

/** Network of the containers; the last two bytes of an address are those that the host has in an instance of the lab. */
const PREFIX = '172.30.';
const INSTANCE = 1;
/** Where the repository, and the folders of hosts, are seen in a container. */
const REPOSITORY = '/repository';
const HOSTS = '/loadstair';
/** Every program is found on PATH, and none in a folder of its own. */
function toolsOnPath(): ToolPaths {
  return Object.fromEntries([...declarations.values()].map(({ tool }) => [tool.name, tool.wantsFolder ? '' : (tool.programs[0] ?? '')]));
}

/** A plan whose components say what they need in containers of their images. */
export type ContainerPlan = Omit<Plan, 'tiers'> & { readonly tiers: readonly ContainerTier[] };
type ContainerTier = Omit<PlannedTier, 'hosts'> & { readonly hosts: readonly ContainerHost[] };
export type ContainerHost = Omit<PlannedHost, 'components'> & { readonly components: readonly ContainerComponent[] };
export type ContainerComponent = PlannedComponent & { readonly inImage: InImage };

/** Where a name leads depends on who asks and on what is healthy, which only the lab's own name server answers. */
export class NamesNotInContainers extends Problem {
  constructor(names: readonly string[]) {
    super({
      what: 'This stage cannot be rendered for containers.',
      why: `its clients resolve ${names.join(', ')}, and containers have no name server that answers by a client’s place`,
      do: './lab stages',
      code: 'E_NOT_IN_CONTAINERS',
      exit: 2,
    });
  }
}

/**
 * The plan of a topology for containers of official images, which find their programs on PATH. Hosts are reached at fixed
 * addresses of one network and have no public addresses: ports are published. Distances and slow ways are not carried over.
 *
 * @throws NamesNotInContainers
 */
export function planForContainers(topology: Topology, secrets: Secrets): ContainerPlan {
  if (topology.names !== undefined) throw new NamesNotInContainers(topology.names.map(({ name }) => name));
  const placement = placeInNetwork(topology);
  const context = contextIn(secrets);
  const withImages = (host: PlannedHost): ContainerHost => ({
    ...host,
    components: host.components.map((component) => ({ ...component, inImage: imageOf(component.kind, context(host.placed, placement)) })),
  });
  const plan = planSite(placement, context);
  return { ...plan, tiers: plan.tiers.map((tier) => ({ ...tier, hosts: tier.hosts.map(withImages) })) };
}

function placeInNetwork(topology: Topology): Placement {
  const tiers = topology.tiers.map((tier) => ({ ...withoutSlowWays(tier), distanceMs: 0 }));
  const placement = placeTopology({ ...topology, distances: [], tiers }, { instance: INSTANCE, labFolder: HOSTS });
  return {
    ...placement,
    addresses: moved(placement.addresses),
    labAddress: inNetwork(placement.labAddress),
    hosts: placement.hosts.map((host) => ({
      ...host,
      address: inNetwork(host.address),
      publicAddress: null,
      folder: `${HOSTS}/${host.name}`,
    })),
  };
}

function inNetwork(text: string): string {
  return text.replaceAll(`127.${INSTANCE}.`, PREFIX);
}

function moved(plan: AddressPlan): AddressPlan {
  return {
    ...plan,
    network: inNetwork(plan.network),
    lab: inNetwork(plan.lab),
    host: (place, number) => inNetwork(plan.host(place, number)),
    door: (place, number) => inNetwork(plan.door(place, number)),
    way: (from, number) => inNetwork(plan.way(from, number)),
    hostNetworks: plan.hostNetworks.map(inNetwork),
    clientNetworks: plan.clientNetworks.map(inNetwork),
  };
}

function contextIn(secrets: Secrets): ContextOf {
  return (host, placement) => ({
    host,
    placement,
    content: contentOf(host, placement),
    tools: toolsOnPath(),
    cacheFolder: `${HOSTS}/cache`,
    repoFolder: REPOSITORY,
    user: null,
    account: null,
    workFolder: `${host.folder}/work`,
    socketFolder: `${host.folder}/sockets`,
    secrets,
    takesTraces: false,
  });
}
