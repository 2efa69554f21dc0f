import { expect, it } from '@jest/globals';
import { createMetrics } from './metrics.ts';
import { METRICS } from './names.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

it('a histogram keeps the trace of a value that has one, and counts all of them', async () => {
  const metrics = createMetrics('openmetrics');
  const duration = metrics.tracedHistogram(METRICS.httpDuration);
  duration.observe(['GET', '/feed', '200'], 0.02, null);
  duration.observe(['GET', '/feed', '200'], 0.021, TRACE);
  duration.observe(['GET', '/feed', '200'], 0.4, null);
  const lines = (await metrics.expose()).split('\n');
  const traced = lines.filter((line) => line.includes('trace_id'));
  expect(traced).toEqual([
    expect.stringMatching(new RegExp(`_bucket\\{le="0.025",.*http_route="/feed".*\\} 2 # \\{trace_id="${TRACE}"\\} 0.021 [\\d.]+$`)),
  ]);
  expect(lines).toContainEqual(expect.stringMatching(/_count\{.*\} 3$/));
  expect(lines.at(-2)).toBe('# EOF');
  expect(metrics.contentType).toContain('openmetrics');
});

it('the older format has no place for traces', async () => {
  const metrics = createMetrics();
  metrics.tracedHistogram(METRICS.httpDuration).observe(['GET', '/feed', '200'], 0.02, TRACE);
  expect(await metrics.expose()).not.toContain(TRACE);
});
