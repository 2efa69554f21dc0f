import { startOrder, type PlacedHost, type Placement } from '@loadstair/topology';
import { componentOf } from './catalogue.ts';
import type { HostContext, InImage, PlannedFile, ProcessSpec } from './component.ts';
import type { Readiness } from './wait/readiness.ts';

/** What runs where, and everything that must be known to run it: a driver starts it, a renderer writes it down. Data only. */
export interface Plan {
  readonly placement: Placement;
  /** In an order in which what others talk to comes first; hosts of one tier start together. */
  readonly tiers: readonly PlannedTier[];
}

export interface PlannedTier {
  readonly name: string;
  /** Tiers that its hosts talk to and that start before it. */
  readonly after: readonly string[];
  readonly hosts: readonly PlannedHost[];
}

export interface PlannedHost {
  readonly placed: PlacedHost;
  /** Folders in which its programs may write what need not last. */
  readonly scratch: readonly string[];
  /** In the order in which they start: what others on the host need comes first. */
  readonly components: readonly PlannedComponent[];
}

export interface PlannedComponent {
  readonly kind: string;
  readonly files: readonly PlannedFile[];
  /** Folders with what cannot be made again. */
  readonly volumes: readonly string[];
  readonly process: ProcessSpec;
  /** Where it listens on the host's private address; the first is where those connect that it serves. */
  readonly ports: readonly number[];
  readonly readiness: Readiness;
  readonly stop: { readonly signal: NodeJS.Signals; readonly graceMs: number };
  /** Name of the official image that has its program. */
  readonly image: string;
}

/** What the components of a host are told, among the hosts of a placement. */
export type ContextOf = (host: PlacedHost, placement: Placement) => HostContext;

/** Touches nothing: a driver starts the plan, a renderer writes it down. */
export function planSite(placement: Placement, contextOf: ContextOf): Plan {
  const order = startOrder(placement.topology);
  return {
    placement,
    tiers: order.map((tier, index) => {
      const before = order.slice(0, index).map(({ name }) => name);
      const peers = placement.topology.links.filter(({ from }) => from === tier.name).map(({ to }) => to);
      return {
        name: tier.name,
        after: before.filter((name) => peers.includes(name)),
        hosts: placement.hosts.filter((host) => host.tier === tier.name).map((host) => planHost(contextOf(host, placement))),
      };
    }),
  };
}

export function planHost(context: HostContext): PlannedHost {
  const kinds = context.host.tierSpec.components.toReversed();
  return {
    placed: context.host,
    scratch: [context.workFolder, context.socketFolder],
    components: kinds.map((kind) => planComponent(kind, context)),
  };
}

function planComponent(kind: string, context: HostContext): PlannedComponent {
  const component = componentOf(kind);
  const { served, others } = component.declaration.ports;
  return {
    kind,
    files: component.files(context),
    volumes: component.volumes?.(context) ?? [],
    process: component.process(context),
    ports: [served, ...others],
    readiness: component.readiness(context),
    stop: component.stop,
    image: component.image,
  };
}

/** What a component needs in a container of its official image. */
export function imageOf(kind: string, context: HostContext): InImage {
  const { image, inImage } = componentOf(kind);
  const nothing = { env: {}, args: [], repository: false, user: null, shared: [], prepares: [], jobs: [] };
  return { name: image, ...nothing, ...inImage?.(context) };
}
