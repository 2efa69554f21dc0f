import { lostWrites, waitingWrites } from '@loadstair/experiments';
import { powerLoss } from '@loadstair/operations';
import { overNarrowLink } from '../over-narrow-link.ts';

/** A hundred times what a commit takes that waits for a replica over a wide way. */
const WAIT_MS = 500;

/** Writes that waited too long failed, and were not acknowledged: they are no part of the count. */
export const narrowLinkSync = overNarrowLink({
  name: 'narrow-link-sync',
  title: 'The same death while commits wait',
  happens:
    'The way to the replicas is as narrow, but a commit is answered only when a replica has it: writes wait for the link instead of being lost. The primary loses power, and no acknowledged write is missing.',
  dies: powerLoss({ tier: 'db' }),
  sync: 1,
  expectations: [waitingWrites({ phase: 'narrow', waitMs: WAIT_MS, least: 0.5 }), lostWrites({ most: 0 })],
});
