import { lostWrites, predictedLosses, restoredWrites } from '@loadstair/experiments';
import { powerLoss } from '@loadstair/operations';
import { overNarrowLink } from '../over-narrow-link.ts';

export const narrowLink = overNarrowLink({
  name: 'narrow-link',
  title: 'A primary dies behind a narrow link',
  happens:
    'The way to the replicas carries a fraction of the log, so they fall behind. The primary loses power; lag × write rate says how many acknowledged writes are lost, which are then counted, listed, and restored from the old primary’s disk.',
  dies: powerLoss({ tier: 'db' }),
  sync: 0,
  expectations: [predictedLosses({ factor: 2 }), restoredWrites({}), lostWrites({ most: null })],
});
