import { Problem } from '@loadstair/kit';
import { profiles, type Profile } from '@loadstair/loadprofiles';
import { nearMiss } from '@loadstair/topology';

/** Exit status 2. */
export class UnknownProfile extends Problem {
  constructor(name: string) {
    const names = profiles.map((profile) => profile.name);
    const near = nearMiss(name, names);
    super({
      what: `Unknown profile ${name}.`,
      why: `profiles are ${names.join(', ')}`,
      do: near === null ? './lab profiles' : `--profile ${near}`,
      code: 'E_UNKNOWN_PROFILE',
      exit: 2,
    });
  }
}

export function profileByName(name: string): Profile {
  const profile = profiles.find((one) => one.name === name);
  if (profile === undefined) throw new UnknownProfile(name);
  return profile;
}
