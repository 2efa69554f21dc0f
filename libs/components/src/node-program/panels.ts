import { METRICS, rate, type Matchers } from '@loadstair/telemetry';

/** Share of time the event loop of a program of ours was busy. */
export function eventLoopUse(matchers: Matchers): string {
  return `${rate(METRICS.loopActive, matchers)} / (${rate(METRICS.loopActive, matchers)} + ${rate(METRICS.loopIdle, matchers)})`;
}
