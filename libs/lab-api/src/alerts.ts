import type { Unchanged } from '@loadstair/kit';
import { z } from 'zod';

export const ALERT = z
  .object({
    rule: z.string(),
    severity: z.string().describe('What it is about: slo, limit, fault or lab'),
    state: z.enum(['inactive', 'pending', 'firing']).describe('Pending holds, but not yet for as long as the rule asks'),
    sinceMs: z.number().nullable().describe('Since when it holds, epoch ms'),
    summary: z.string(),
    do: z.string().describe('What to do about it'),
  })
  .meta({ id: 'Alert', description: 'An alerting rule and what it holds for now' });
export type Alert = Unchanged<z.output<typeof ALERT>>;

export const ALERTS = z
  .object({ alerts: z.array(ALERT).nullable().describe('Firing ones first; null when no site is up') })
  .meta({ id: 'Alerts', description: 'What Prometheus’ alerting rules hold for on the site that is up' });
