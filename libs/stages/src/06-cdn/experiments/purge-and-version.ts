import { edgesAnswer, type Experiment } from '@loadstair/experiments';
import { askEdges, clear, purge } from '@loadstair/operations';

const FILE = '/static/site.css';
const NEXT = `${FILE}?v=2`;

/** No load: what edges say of one file is all there is to see. */
export const purgeAndVersion: Experiment = {
  name: 'purge-and-version',
  stage: 6,
  title: 'Purge a file, or version its name',
  happens:
    'The edges hold a stylesheet. It is purged, and fetched again. Then pages refer to a new version, which is a different file to an edge.',
  takesS: { full: 15, quick: 15 },
  profile: 'galleries',
  first: [
    clear({ tier: 'edge' }),
    askEdges({ paths: [FILE, FILE] }),
    purge({ path: FILE }),
    askEdges({ paths: [FILE, FILE] }),
    askEdges({ paths: [NEXT, NEXT, FILE] }),
  ],
  phases: [],
  expectations: [
    edgesAnswer({ about: 'a file is a miss once, then a hit', asking: 1, from: ['miss', 'hit'] }),
    edgesAnswer({ about: 'a purged file is fetched again', asking: 2, from: ['miss', 'hit'] }),
    edgesAnswer({ about: 'a new version is a new file, and the old one stays', asking: 3, from: ['miss', 'hit', 'hit'] }),
  ],
};
