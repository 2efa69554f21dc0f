import { lostWrites, predictedLosses, restoredWrites } from '@loadstair/experiments';
import { powerLoss } from '@loadstair/operations';
import { overSlowLink } from '../over-slow-link.ts';

export const slowLink = overSlowLink({
  name: 'slow-link',
  title: 'A primary dies behind a slow link',
  happens:
    'The log takes three seconds to the replicas, and the primary loses power. Lag × write rate says how many acknowledged writes are lost, which are then counted, listed, and restored from the old primary’s disk.',
  dies: powerLoss({ tier: 'db' }),
  sync: 0,
  expectations: [predictedLosses({ factor: 2 }), restoredWrites({}), lostWrites({ most: null })],
});
