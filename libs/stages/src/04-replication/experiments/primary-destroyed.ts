import { lostForGood, lostWrites, predictedLosses } from '@loadstair/experiments';
import { destroy } from '@loadstair/operations';
import { overSlowLink } from '../over-slow-link.ts';

export const primaryDestroyed = overSlowLink({
  name: 'primary-destroyed',
  title: 'The primary is lost with its disk',
  happens:
    'The link to the replicas is slow, and the primary is destroyed. A replica takes its place, but there is no disk to recover from: what the replicas had not received is lost for good, and listed.',
  dies: destroy({ tier: 'db' }),
  sync: 0,
  expectations: [predictedLosses({ factor: 2 }), lostForGood({}), lostWrites({ most: null })],
});
