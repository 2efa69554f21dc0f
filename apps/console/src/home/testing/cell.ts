import type { MeasuredCell } from '@loadstair/lab-api';

/** What searches found of a stage; `load` null where they found no capacity. */
export const cell = (stage: number, load: number | null): MeasuredCell => ({
  stage,
  capacity: load === null ? null : { load, interval: null },
  limitedBy: 'web-1 CPU',
  runs: ['k3f9'],
  searched: true,
  at: '2026-11-30T12:00:00.000Z',
});
