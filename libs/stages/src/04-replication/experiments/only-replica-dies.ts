import { answersAgain, failuresWithin, noFailures, type Experiment } from '@loadstair/experiments';
import { crash, replace, scale } from '@loadstair/operations';

/** A read whose replica goes away is asked again elsewhere: nobody should notice. The rest is a connection's own time. */
const AGAIN_ELSEWHERE_MS = 500;
const MARGIN_MS = 250;

export const onlyReplicaDies: Experiment = {
  name: 'only-replica-dies',
  stage: 4,
  title: 'The only replica crashes under load',
  happens: 'One replica answers all reads, and crashes. Reads go to the primary until a new replica has been built from the primary.',
  takesS: { full: 130, quick: 45 },
  profile: 'reads',
  first: [scale({ tier: 'db-replica', count: 1 })],
  phases: [
    { name: 'one replica', load: { share: 0.3 }, holdS: { full: 20, quick: 4 } },
    { name: 'none', load: { share: 0.3 }, holdS: { full: 20, quick: 5 }, actions: [crash({ tier: 'db-replica' })] },
    { name: 'rebuilt', load: { share: 0.3 }, holdS: { full: 30, quick: 8 }, actions: [replace({ tier: 'db-replica' })] },
  ],
  expectations: [
    noFailures({ phases: ['one replica'] }),
    failuresWithin({ action: 'crash', windowMs: AGAIN_ELSEWHERE_MS, marginMs: MARGIN_MS }),
    answersAgain({ phase: 'none' }),
    noFailures({ phases: ['rebuilt'] }),
  ],
};
