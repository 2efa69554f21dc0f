import { limitOf, type InjectionSpec } from '../injection.ts';

export const injections: readonly InjectionSpec[] = [
  {
    name: 'replica-cpu',
    mechanism: 'Each replica gets 40 % of its usual CPU.',
    profile: null,
    set: ['db-replica.cpu=0.2'],
    disturbance: null,
    expected: limitOf('db-replica', 'cpu'),
  },
  {
    name: 'replay-delay',
    mechanism: 'Replicas replay two seconds late but are idle, and each web server gets half of its usual CPU. The lag is not the cause.',
    profile: 'writes',
    set: ['db-replica.delay=2000', 'web.cpu=0.5'],
    disturbance: null,
    expected: limitOf('web', 'cpu'),
  },
  {
    name: 'primary-lock',
    mechanism: 'Every like and comment locks the same row of the primary for 15 ms, so writes go one after the other.',
    profile: 'writes',
    set: ['db.lock=15'],
    disturbance: null,
    expected: limitOf('db', 'lock'),
  },
];
