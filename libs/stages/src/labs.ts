import type { Lab } from '@loadstair/labs';
import { lab as singleServer } from './01-single-server/lab.ts';
import { lab as separateDatabase } from './02-separate-database/lab.ts';
import { lab as loadBalancer } from './03-load-balancer/lab.ts';
import { lab as replication } from './04-replication/lab.ts';
import { lab as cache } from './05-cache/lab.ts';
import { lab as cdn } from './06-cdn/lab.ts';

/** The guided labs, in the order of their stages. */
export const labs: readonly Lab[] = [singleServer, separateDatabase, loadBalancer, replication, cache, cdn];
