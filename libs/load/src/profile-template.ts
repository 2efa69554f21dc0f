import { JOURNEY_NAMES, journeyDoes } from './journey-requests.ts';
import type { ProfileFile } from './own-profile.ts';

/** What a new file begins with, where nothing else is asked for. */
export const EXAMPLE_PROFILE: ProfileFile = {
  purpose: 'Most users read feeds; one in ten likes and comments.',
  slo: { quantile: 0.95, latencyMs: 250, errorShare: 0.01 },
  journeys: { browse: 0.3, read: 0.4, explore: 0.2, engage: 0.1 },
  steps: { kind: 'climb' },
};

/**
 * A file of one's own as TypeScript, with what may be changed in it.
 *
 * @param file as `--profile` takes it
 */
export function profileText({ purpose, slo, journeys, steps }: ProfileFile, file: string): string {
  const used = JOURNEY_NAMES.filter((name) => journeys[name] !== undefined);
  const others = JOURNEY_NAMES.filter((name) => journeys[name] === undefined);
  const journeyLine = (name: (typeof JOURNEY_NAMES)[number], share: number): string =>
    `${/^\w+$/.test(name) ? name : `'${name}'`}: ${share}, // ${journeyDoes(name)}`;
  return `// A load profile. To run it: ./lab run <stage> --profile ${file}
export default {
  /** What these users do, in one sentence. */
  purpose: ${JSON.stringify(purpose)},

  /** The SLO: at least this quantile of the requests is answered within latencyMs, and at most this share of them fails. */
  slo: ${inline(slo)},

  /** What share of the arrivals makes which journey. The shares add up to 1. */
  journeys: {
${used.map((name) => `    ${journeyLine(name, journeys[name] ?? 0)}`).join('\n')}
${others.map((name) => `    // ${journeyLine(name, 0.1)}`).join('\n')}
  },

  /**
   * When users arrive. Arrivals are random (Poisson), and a user makes one journey.
   * climb: more in each step, until the site fails.
   * relative: loads as shares of what should fill the site: { kind: 'relative', loads: [{ share: 0.5, holdS: 30 }], settleS: 3 }
   * fixed: loads in arrivals/s: { kind: 'fixed', loads: [{ rate: 20, holdS: 30 }], settleS: 3 }
   * Each load is held for holdS seconds; the first settleS of them are not measured.
   */
  steps: ${inline(steps)},
};
`;
}

/** Data as TypeScript writes it on one line. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${inline(one)}`)
    .join(', ')} }`;
}
