import { answersAgain, failuresWithin, movedAway, noFailures, spreadsEvenly, type Experiment } from '@loadstair/experiments';
import { crash, replace } from '@loadstair/operations';

const AGAIN_ELSEWHERE_MS = 500;
const MARGIN_MS = 250;

export const replicaDies: Experiment = {
  name: 'replica-dies',
  stage: 4,
  title: 'One of several replicas crashes',
  happens: 'A replica crashes, and reads go to the other one. A new replica is built from the primary and gets its share of reads.',
  takesS: { full: 130, quick: 45 },
  profile: 'reads',
  phases: [
    { name: 'two replicas', load: { share: 0.3 }, holdS: { full: 20, quick: 4 } },
    {
      name: 'one dead',
      load: { share: 0.3 },
      holdS: { full: 20, quick: 5 },
      actions: [crash({ tier: 'db-replica' })],
    },
    { name: 'fresh one', load: { share: 0.3 }, holdS: { full: 30, quick: 9 }, actions: [replace({ tier: 'db-replica' })] },
  ],
  expectations: [
    noFailures({ phases: ['two replicas'] }),
    failuresWithin({ action: 'crash', windowMs: AGAIN_ELSEWHERE_MS, marginMs: MARGIN_MS }),
    movedAway({ phase: 'one dead', tier: 'db-replica' }),
    answersAgain({ phase: 'one dead' }),
    noFailures({ phases: ['fresh one'] }),
    spreadsEvenly({ phase: 'fresh one', tier: 'db-replica', within: 0.05 }),
  ],
};
