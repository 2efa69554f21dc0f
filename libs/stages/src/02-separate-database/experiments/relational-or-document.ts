import { cheaperArrival, type Experiment, type Phase } from '@loadstair/experiments';
import { compareAnswers } from '../compare-answers.ts';
import { sameAnswers } from '../same-answers.ts';

/** Reads take turns, so that what the machine does in between falls on both alike. */
const turns = (...names: readonly ('document' | 'relational')[]): Phase[] =>
  names.map((name, index) => ({
    name: `${name} ${index + 1}`,
    load: { rate: 60 },
    journeys: { [name === 'document' ? 'document' : 'mobile']: 1 },
    holdS: { full: 15, quick: index < 4 ? 5 : null },
  }));

export const relationalOrDocument: Experiment = {
  name: 'relational-or-document',
  stage: 2,
  title: 'A user as rows, or as one document',
  happens:
    'The same users are read as joined rows and as one key-value document, in turns at the same load; the database’s CPU is compared.',
  takesS: { full: 150, quick: 45 },
  profile: 'pages',
  first: [compareAnswers({ paths: ['/users/{id}', '/documents/users/{id}'], users: 200 })],
  phases: turns('relational', 'document', 'document', 'relational', 'relational', 'document'),
  expectations: [sameAnswers({}), cheaperArrival({ tier: 'db', phases: 'document', than: 'relational' })],
};
