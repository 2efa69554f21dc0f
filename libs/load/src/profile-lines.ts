import { wrapped } from '@loadstair/kit';
import { profiles, type JourneyName, type Profile } from '@loadstair/loadprofiles';
import { isWrite, requestsOf } from './journey-requests.ts';

const COLUMNS = 80;

/** Requests that only read, files left out, for each that writes, as the journeys of a profile are planned; null where nobody writes. */
export function requestsPerWrite({ journeys }: Pick<Profile, 'journeys'>): number | null {
  let [reads, writes] = [0, 0];
  for (const [journey, share] of Object.entries(journeys) as [JourneyName, number][]) {
    for (const { name, file } of requestsOf(journey)) {
      if (isWrite(name)) writes += share;
      else if (!file) reads += share;
    }
  }
  return writes === 0 ? null : reads / writes;
}

/** Every profile: its name, how much its users read for each write, and what it is for; within 80 columns. */
export function profileLines(): string[] {
  const name = Math.max(...profiles.map((profile) => profile.name.length)) + 2;
  const ratios = profiles.map((profile) => {
    const ratio = requestsPerWrite(profile);
    return ratio === null ? 'reads only' : `${ratio.toFixed(1)} reads a write`;
  });
  const ratio = Math.max(...ratios.map((text) => text.length)) + 2;
  return profiles.flatMap((profile, index) =>
    wrapped(profile.purpose, COLUMNS - 2 - name - ratio).map((line, row) =>
      row === 0 ? `  ${profile.name.padEnd(name)}${(ratios[index] ?? '').padEnd(ratio)}${line}` : `  ${' '.repeat(name + ratio)}${line}`,
    ),
  );
}
