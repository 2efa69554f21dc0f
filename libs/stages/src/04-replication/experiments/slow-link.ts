import { lostWrites, predictedLosses, restoredWrites } from '@loadstair/experiments';
import { powerLoss } from '@loadstair/operations';
import { overSlowLink } from '../over-slow-link.ts';

export const slowLink = overSlowLink({
  name: 'slow-link',
  title: 'A primary lost behind a slow link',
  happens:
    'The write-ahead log needs three seconds to reach the replicas, and the primary loses power. Lag × write rate predicts how many acknowledged writes are lost. The lab counts and lists them, and restores them from the old primary’s disk.',
  dies: powerLoss({ tier: 'db' }),
  sync: 0,
  expectations: [predictedLosses({ factor: 2 }), restoredWrites({}), lostWrites({ most: null })],
});
