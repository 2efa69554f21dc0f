import { profiles, type Profile } from '@loadstair/loadprofiles';

const found = profiles.find((profile) => profile.name === 'mixed');
if (found === undefined) throw new Error('There is no profile mixed.');

/** The profile that is the same on all stages; its SLO is the line in the charts, and what alerts go by. */
export const mixed: Profile = found;
