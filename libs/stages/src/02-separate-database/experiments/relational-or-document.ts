import { cheaperArrival, noFailures, type Experiment, type Phase } from '@loadstair/experiments';
import { compareAnswers } from '../compare-answers.ts';
import { sameAnswers } from '../same-answers.ts';

const JOURNEYS = {
  'read from rows': 'page',
  'read as a document': 'page-document',
  'renamed in a row': 'rename',
  'renamed in documents': 'rename-document',
} as const;
type Kind = keyof typeof JOURNEYS;

/** Both ways take turns, so that what the machine does in between falls on both alike. */
const turns = (one: Kind, other: Kind, rate: number): Phase[] =>
  [one, other, other, one, one, other].map((kind, index) => ({
    name: `${kind} ${index + 1}`,
    load: { rate },
    journeys: { [JOURNEYS[kind]]: 1 },
    holdS: { full: 12, quick: index < 4 ? 6 : null },
  }));
// Two changes of name in all documents take some 2 ms of database CPU: far fewer of them than of reads.
const phases = [...turns('read from rows', 'read as a document', 40), ...turns('renamed in a row', 'renamed in documents', 12)];

export const relationalOrDocument: Experiment = {
  name: 'relational-or-document',
  stage: 2,
  title: 'Rows with joins, or one document',
  happens:
    'A photo’s page shows the names of all users who liked it or commented on it. The page is read from rows and as one document, in alternation. Then users change their names: in one row, or in every document that shows the name.',
  takesS: { full: 180, quick: 80 },
  profile: 'pages',
  first: [compareAnswers({ paths: ['/users/{id}', '/documents/users/{id}'], users: 200 })],
  phases,
  expectations: [
    sameAnswers({}),
    noFailures({ phases: phases.filter(({ holdS }) => holdS.quick !== null).map(({ name }) => name) }),
    cheaperArrival({ tier: 'db', phases: 'read as a document', than: 'read from rows' }),
    cheaperArrival({ tier: 'db', phases: 'renamed in a row', than: 'renamed in documents' }),
  ],
};
