import { Problem } from '@loadstair/kit';
import { NoNumberLeft, MAX_NUMBER } from './numbers.ts';

/**
 * Third bytes of the addresses of an instance, 127.I.x.y: a block for each use, in which every place has a byte of its own
 * (block + position of the place).
 */
const BLOCKS = {
  /** Private address of host y. */
  hosts: 0,
  /** Host y as it is reached from a place that is far from it: a proxy listens there. */
  ways: 10,
  /** Public address of host y. */
  doors: 100,
  /** Clients of a place: the load generator, the visitor, who dials. */
  clients: 200,
} as const;
const LAB = 254;

/** A block has room for so many places. */
export const MAX_PLACES = 10;

/** Last bytes of clients' addresses. */
const GENERATOR = { first: 1, last: 20 } as const;
const VISITOR = 250;

/** More places than an instance has address blocks for. */
export class NoBlockLeft extends Problem {
  constructor(places: number) {
    super({
      what: 'There are no addresses left for another place.',
      why: `An instance has address blocks for ${MAX_PLACES} places; this topology has ${places}.`,
      do: `use at most ${MAX_PLACES} places`,
      code: 'E_NO_ADDRESS',
      exit: 2,
    });
  }
}

/** Addresses of clients of one place. */
export interface ClientAddresses {
  /** All of them, as a network. */
  readonly network: string;
  /** From where the load generator sends, as a range: `127.7.200.1-127.7.200.20`. */
  readonly generator: string;
  readonly visitor: string;
  /** Who tries whether a host can be reached. */
  readonly dialler: string;
}

/** Every address of one instance, all of them in 127.I.0.0/16; nobody else knows which byte means what. */
export interface AddressPlan {
  /** Everything that belongs to the instance, as a network. */
  readonly network: string;
  /** The lab itself: DNS, OTLP, Prometheus. */
  readonly lab: string;
  /** Private address of a host; throws NoNumberLeft. */
  readonly host: (place: string, number: number) => string;
  /** Public address of a host; throws NoNumberLeft. */
  readonly door: (place: string, number: number) => string;
  /** Where a proxy listens that stands for the way from a place to a host; throws NoNumberLeft. */
  readonly way: (from: string, number: number) => string;
  readonly clients: (place: string) => ClientAddresses;
  /** Networks of the private addresses of all hosts, and of all clients. */
  readonly hostNetworks: readonly string[];
  readonly clientNetworks: readonly string[];
  /** Place of a client; null of an address that is no client's. */
  readonly placeOfClient: (address: string) => string | null;
}

/**
 * @param instance 1–120
 * @param places names, in the order of the topology
 * @throws NoBlockLeft
 */
export function addressPlan(instance: number, places: readonly string[]): AddressPlan {
  if (places.length > MAX_PLACES) throw new NoBlockLeft(places.length);
  const prefix = (block: number, place: string): string => {
    const position = places.indexOf(place);
    if (position === -1) throw new Error(`Unknown place ${place}. Places are ${places.join(', ')}.`);
    return `${addressPrefix(instance)}${block + position}`;
  };
  const at =
    (block: number) =>
    (place: string, number: number): string => {
      if (number < 1 || number > MAX_NUMBER) throw new NoNumberLeft();
      return `${prefix(block, place)}.${number}`;
    };
  const network = (block: number, place: string): string => `${prefix(block, place)}.0/24`;
  return {
    network: `${addressPrefix(instance)}0.0/16`,
    lab: `${addressPrefix(instance)}${LAB}.1`,
    host: at(BLOCKS.hosts),
    door: at(BLOCKS.doors),
    way: at(BLOCKS.ways),
    clients: (place) => {
      const client = (last: number): string => `${prefix(BLOCKS.clients, place)}.${last}`;
      return {
        network: network(BLOCKS.clients, place),
        generator: `${client(GENERATOR.first)}-${client(GENERATOR.last)}`,
        visitor: client(VISITOR),
        dialler: client(GENERATOR.first),
      };
    },
    hostNetworks: places.map((place) => network(BLOCKS.hosts, place)),
    clientNetworks: places.map((place) => network(BLOCKS.clients, place)),
    placeOfClient: (address) => places.find((place) => address.startsWith(`${prefix(BLOCKS.clients, place)}.`)) ?? null,
  };
}

/** What all addresses of an instance begin with, and no others. */
export function addressPrefix(instance: number): string {
  return `127.${instance}.`;
}

/** The same address in another instance. */
export function inInstance(address: string, instance: number): string {
  return address.replace(/^127\.\d+\./, addressPrefix(instance));
}
