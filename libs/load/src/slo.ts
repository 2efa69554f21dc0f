import { Problem } from '@loadstair/kit';
import type { Profile } from '@loadstair/loadprofiles';

/** An SLO that cannot be read. Exit status 2. */
export class BadSlo extends Problem {
  constructor(text: string, reason: string) {
    super({
      what: `--slo ${text} cannot be used: ${reason}.`,
      why: 'an SLO is a latency at a percentile and a share of failed requests: p95=250,errors=1%',
      do: '--slo p95=250,errors=1%',
      code: 'E_SLO',
      exit: 2,
    });
  }
}

const QUANTILES: Readonly<Record<string, number>> = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99 };
const MAX_LATENCY_MS = 6000;

/**
 * Thresholds from words like `p99=400,errors=0.5%`; what is left out stays as it was.
 *
 * @throws BadSlo
 */
export function parseSlo(text: string, base: Profile['slo']): Profile['slo'] {
  return text.split(',').reduce<Profile['slo']>((slo, part) => {
    const [key = '', value = ''] = part.split('=').map((one) => one.trim());
    const quantile = QUANTILES[key];
    if (quantile !== undefined) {
      const latencyMs = Number(value.replace(/ms$/, ''));
      if (!(latencyMs >= 1 && latencyMs <= MAX_LATENCY_MS)) throw new BadSlo(text, `${key} must be 1 to ${MAX_LATENCY_MS} ms`);
      return { ...slo, quantile, latencyMs };
    }
    if (key === 'errors') {
      const share = value.endsWith('%') ? Number(value.slice(0, -1)) / 100 : Number(value);
      if (value === '' || !(share >= 0 && share <= 1)) throw new BadSlo(text, 'errors must be a share, for example 1%');
      return { ...slo, errorShare: share };
    }
    throw new BadSlo(text, `${key === '' ? 'an empty key' : key} is not one of ${Object.keys(QUANTILES).join(', ')}, errors`);
  }, base);
}
