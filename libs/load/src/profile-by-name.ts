import { profiles, type Profile } from '@loadstair/loadprofiles';
import { nearMiss } from '@loadstair/topology';

/** Exit status 2. */
export class UnknownProfile extends Error {
  readonly what: string;
  readonly why: string;
  readonly do: string;
  readonly code = 'E_UNKNOWN_PROFILE';
  readonly exit = 2;
  constructor(name: string) {
    const names = profiles.map((profile) => profile.name);
    const near = nearMiss(name, names);
    super(`Unknown profile ${name}. Profiles are ${names.join(', ')}.`);
    this.name = 'UnknownProfile';
    this.what = `Unknown profile ${name}.`;
    this.why = `profiles are ${names.join(', ')}`;
    this.do = near === null ? './lab run --help' : `--profile ${near}`;
  }
}

export function profileByName(name: string): Profile {
  const profile = profiles.find((one) => one.name === name);
  if (profile === undefined) throw new UnknownProfile(name);
  return profile;
}
