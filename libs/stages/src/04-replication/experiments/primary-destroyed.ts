import { lostForGood, lostWrites, predictedLosses } from '@loadstair/experiments';
import { destroy } from '@loadstair/operations';
import { overNarrowLink } from '../over-narrow-link.ts';

export const primaryDestroyed = overNarrowLink({
  name: 'primary-destroyed',
  title: 'The primary is lost with its disk',
  happens:
    'The way to the replicas is narrow, and the primary is destroyed. A replica takes its place, but there is no disk to recover from: what the replicas had not received is lost for good, and listed.',
  dies: destroy({ tier: 'db' }),
  sync: 0,
  expectations: [predictedLosses({ factor: 2 }), lostForGood({}), lostWrites({ most: null })],
});
