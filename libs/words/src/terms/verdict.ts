import type { Term } from '../term.ts';

/** What a run concludes, and from what. */
export const VERDICT_TERMS: readonly Term[] = [
  {
    term: 'verdict',
    also: ['verdicts'],
    meaning: 'What a run concludes: which resource limits the site, and at which load; or that nothing ran out; or why it cannot tell.',
  },
  {
    term: 'capacity',
    meaning: 'The highest load at which the site still meets its SLO, with its 95 % interval.',
  },
  {
    term: 'onset',
    meaning:
      'The load at which the site stops meeting its SLO, given as the interval between the last step that met it and the first that did not.',
  },
  {
    term: 'limit',
    also: ['limits'],
    meaning:
      'Of a host: the most that it can use of a resource. Of a site: the load at which it begins to miss its SLO, and the resource that runs out there.',
  },
  { term: 'resource', also: ['resources'], meaning: 'Something a host can run out of, such as CPU, memory, a connection pool or a lock.' },
  { term: 'utilisation', meaning: 'The share of time in which a resource is busy, or the share of its places that are taken.' },
  { term: 'saturated', also: ['saturation'], meaning: 'A saturated resource is used up: more work waits for it than it can take.' },
  {
    term: 'would run out at',
    also: ['projected'],
    meaning: 'The load at which a resource would reach its limit, projected from how its use grew with load.',
  },
  {
    term: 'waits on',
    meaning: 'A resource waits on another when it is full only because the other is slow: it is a symptom, not the cause.',
  },
  { term: 'headroom', meaning: 'How much more load a resource could take before it reaches its limit.' },
  {
    term: 'service demand',
    also: ['demand'],
    meaning: 'How much of a resource one arrival uses, such as CPU seconds.',
  },
  {
    term: 'imbalance',
    meaning: 'One host of a tier at its limit while others like it still have capacity.',
  },
  {
    term: 'refused',
    also: ['refusal'],
    meaning: 'The measurement cannot be trusted, for a named reason, so no capacity and no limit are claimed.',
  },
  {
    term: 'trust checks',
    also: ['trust'],
    meaning: 'What must hold before a verdict is given: the load was as planned, the machine was idle enough, the data have no gaps.',
  },
  { term: 'inferred', meaning: 'Concluded from one run, and not tested by a change.' },
  {
    term: 'confirmed',
    meaning: 'Tested by a change: with 30 % more of the named resource, the limit moved to a higher load, as predicted.',
  },
  { term: 'contradicted', meaning: 'Tested by a change: with 30 % more of the named resource, the limit did not move as predicted.' },
  { term: 'unexplained', meaning: 'The site stopped meeting its SLO, and no measured resource explains why.' },
  {
    term: 'confidence',
    meaning: 'How sure a verdict is, from 0 to 1: the share of resampled measurements that lead to the same resource.',
  },
  { term: 'interval', also: ['95 % interval'], meaning: 'The range that would contain the true value in 95 of 100 repetitions.' },
];
