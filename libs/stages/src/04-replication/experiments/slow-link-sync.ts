import { lostWrites, waitingWrites } from '@loadstair/experiments';
import { powerLoss } from '@loadstair/operations';
import { overSlowLink, TRANSIT_MS } from '../over-slow-link.ts';

/** Writes that waited too long failed, and were not acknowledged: they are no part of the count of lost ones. */
export const slowLinkSync = overSlowLink({
  name: 'slow-link-sync',
  title: 'A slow link with synchronous commits',
  happens:
    'The link is just as slow, but a commit is acknowledged only when a replica has it, so writes wait for the link. The primary loses power, and no acknowledged write is lost.',
  dies: powerLoss({ tier: 'db' }),
  sync: 1,
  // Who likes a photo once more writes nothing, and does not wait.
  expectations: [waitingWrites({ phase: 'slow', waitMs: TRANSIT_MS, least: 0.5 }), lostWrites({ most: 0 })],
});
