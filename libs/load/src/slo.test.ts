import { describe, expect, it } from '@jest/globals';
import { BadSlo, parseSlo } from './slo.ts';

const base = { quantile: 0.95, latencyMs: 250, errorShare: 0.01 };

describe('parseSlo', () => {
  it.each([
    ['p99=400', { ...base, quantile: 0.99, latencyMs: 400 }],
    ['p95=300ms,errors=0.1%', { ...base, latencyMs: 300, errorShare: 0.001 }],
    ['errors=0.02', { ...base, errorShare: 0.02 }],
  ])('reads %s', (text, expected) => {
    expect(parseSlo(text, base)).toEqual(expected);
  });

  it.each(['', 'p42=100', 'p95', 'p95=fast', 'p95=0', 'p95=9000', 'errors=', 'errors=120%'])('refuses "%s" and says the form', (text) => {
    expect(() => parseSlo(text, base)).toThrow(BadSlo);
  });
});
