import type { Term } from '../term.ts';

/** What people do with a site, and how a lab asks about it. */
export const EXPERIMENT_TERMS: readonly Term[] = [
  { term: 'run', also: ['runs'], meaning: 'One measurement: the lab starts a site, puts load on it, measures it and stores the result.' },
  {
    term: 'experiment',
    also: ['experiments'],
    meaning: 'Constant load in phases, actions at set times, and expectations that are checked on the measurements.',
  },
  { term: 'phase', also: ['phases'], meaning: 'A part of an experiment with constant load. Phases are compared with each other.' },
  { term: 'action', also: ['actions'], meaning: 'A change to a running site, such as a crash, a new host or a different setting.' },
  { term: 'expectation', also: ['expectations'], meaning: 'A statement about an experiment that its measurements meet or do not meet.' },
  {
    term: 'variant',
    also: ['variants'],
    meaning: 'One of several versions of a site that are compared under the same load.',
    avoid: ['arms'],
  },
  {
    term: 'crash',
    also: ['crashes'],
    meaning: 'The programs of a host end. Its kernel keeps running, and refuses new connections at once.',
  },
  {
    term: 'power loss',
    also: ['loses power'],
    meaning: 'A host falls silent: it neither answers nor refuses, so clients must wait for a timeout.',
  },
  { term: 'destroyed', meaning: 'A host is gone together with its disk.' },
  {
    term: 'injection',
    also: ['injected', 'fault', 'faults'],
    meaning: 'A known cause of a limit that the lab puts into a site, to see whether the verdict names it.',
  },
  {
    term: 'prediction',
    also: ['predicted', 'predict'],
    meaning: 'What a learner, or the lab, expects; it is stored before the run and cannot be changed afterwards.',
  },
  {
    term: 'gameday',
    also: ['gamedays'],
    meaning: 'A game: learners find and name a hidden cause in a broken site, and then mend the site.',
  },
  {
    term: 'quick',
    meaning: 'A shorter form of a run or experiment, with wider intervals.',
  },
];
