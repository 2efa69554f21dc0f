import { wrapped } from '@loadstair/kit';
import { profiles, type JourneyName, type Profile } from '@loadstair/loadprofiles';
import { isWrite, journeyDoes, requestsOf } from './journey-requests.ts';

const COLUMNS = 80;

/** A profile as a person chooses it. */
export interface ProfileRow {
  readonly name: string;
  readonly purpose: string;
  readonly slo: Profile['slo'];
  /** The most frequent first; shares of all arrivals, 0–1. */
  readonly journeys: readonly { readonly name: string; readonly does: string; readonly share: number }[];
  /** Requests that only read, files left out, for each that writes; null where nobody writes. */
  readonly readsPerWrite: number | null;
}

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

export function profileRow(profile: Profile): ProfileRow {
  const { name, purpose, slo } = profile;
  const journeys = (Object.entries(profile.journeys) as [JourneyName, number][])
    .toSorted(([, a], [, b]) => b - a)
    .map(([journey, share]) => ({ name: journey, does: journeyDoes(journey), share }));
  return { name, purpose, slo, journeys, readsPerWrite: requestsPerWrite(profile) };
}

/** Every stored profile. */
export function profileRows(): ProfileRow[] {
  return profiles.map(profileRow);
}

/** Every stored profile: its name, how much its users read for each write, and what it is for; within 80 columns. */
export function profileLines(): string[] {
  const rows = profileRows();
  const name = Math.max(...rows.map((row) => row.name.length)) + 2;
  const ratio = Math.max(...rows.map((row) => ratioText(row).length)) + 2;
  return rows.flatMap((row) =>
    wrapped(row.purpose, COLUMNS - 2 - name - ratio).map((line, index) =>
      index === 0 ? `  ${row.name.padEnd(name)}${ratioText(row).padEnd(ratio)}${line}` : `  ${' '.repeat(name + ratio)}${line}`,
    ),
  );
}

/** One profile: purpose, SLO, reads for each write, when users arrive, and their journeys; within 80 columns. */
export function profileDetailLines(profile: Profile): string[] {
  const row = profileRow(profile);
  const { quantile, latencyMs, errorShare } = row.slo;
  const name = Math.max(...row.journeys.map((journey) => journey.name.length)) + 2;
  return [
    row.name,
    ...wrapped(row.purpose, COLUMNS),
    '',
    `SLO       p${round(quantile * 100)} ≤ ${latencyMs} ms, at most ${round(errorShare * 100)} % of the requests fail`,
    `requests  ${row.readsPerWrite === null ? 'reads only' : `${ratioText(row)}, files left out`}`,
    ...wrapped(loadText(profile), COLUMNS - 10).map((line, index) => `${(index === 0 ? 'load' : '').padEnd(10)}${line}`),
    '',
    'journeys, by their share of the arrivals',
    ...row.journeys.map((journey) => `  ${`${round(journey.share * 100)} %`.padStart(6)}  ${journey.name.padEnd(name)}${journey.does}`),
  ];
}

function loadText({ steps }: Profile): string {
  switch (steps.kind) {
    case 'climb':
      return 'climbs step by step until the site fails, then one step back';
    case 'relative':
      return `${steps.loads.map(({ share, holdS }) => `${round(share * 100)} % for ${holdS} s`).join(', ')} of the load that should fill the site`;
    case 'fixed':
      return steps.loads.map(({ rate, holdS }) => `${rate} arrivals/s for ${holdS} s`).join(', ');
  }
}

function ratioText({ readsPerWrite }: Pick<ProfileRow, 'readsPerWrite'>): string {
  return readsPerWrite === null ? 'reads only' : `${readsPerWrite.toFixed(1)} reads a write`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
