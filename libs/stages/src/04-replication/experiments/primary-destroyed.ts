import { lostForGood, lostWrites, predictedLosses } from '@loadstair/experiments';
import { destroy } from '@loadstair/operations';
import { overSlowLink } from '../over-slow-link.ts';

export const primaryDestroyed = overSlowLink({
  name: 'primary-destroyed',
  title: 'The primary is lost with its disk',
  happens:
    'The link to the replicas is slow, and the primary is destroyed together with its disk. A replica is promoted. Writes that no replica had received cannot be recovered; the lab lists them.',
  dies: destroy({ tier: 'db' }),
  sync: 0,
  expectations: [predictedLosses({ factor: 2 }), lostForGood({}), lostWrites({ most: null })],
});
