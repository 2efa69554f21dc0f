import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { METRICS, metricsTable, type MetricDeclaration } from './names.ts';
import { isSampled, sampledTrace, traceIn } from './sampling.ts';

describe('the declared metrics', () => {
  const all = Object.values<MetricDeclaration>(METRICS);

  it('are named as Prometheus wants them', () => {
    for (const metric of all) {
      expect(metric.name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(metric.name.endsWith('_total')).toBe(metric.type === 'counter');
      if (metric.unit === 'seconds' || metric.unit === 'bytes') expect(metric.name).toContain(metric.unit);
    }
    expect(new Set(all.map((metric) => metric.name)).size).toBe(all.length);
  });

  it('are what docs/reference/telemetry.md shows', () => {
    expect(readFileSync(join(import.meta.dirname, '../../../docs/reference/telemetry.md'), 'utf8')).toBe(metricsTable());
  });
});

describe('the sampling decision', () => {
  const id = '0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331';
  it.each([
    [`00-${id}-01`, true],
    [`00-${id}-00`, false],
    [`00-${id}-03`, true],
    [undefined, false],
    ['', false],
    ['nonsense', false],
    [`00-${id}`, false],
  ])('of %s is %s', (header, expected) => {
    expect(isSampled(header)).toBe(expected);
    expect(sampledTrace(header)).toBe(expected ? id.slice(0, 32) : null);
  });
});

describe('the trace id of a request', () => {
  it.each(['00', '01'])('is in its traceparent, with the flags %s', (flags) => {
    expect(traceIn(`00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-${flags}`)).toBe('0af7651916cd43dd8448eb211c80319c');
  });

  it.each([undefined, '', '00-zz-zz-zz', '00-0af7651916cd43dd8448eb211c80319c'])('is not in %s', (header) => {
    expect(traceIn(header)).toBeNull();
  });
});
