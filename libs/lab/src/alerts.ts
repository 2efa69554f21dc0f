import type { Alert } from '@loadstair/lab-api';
import { PrometheusUnavailable } from '@loadstair/measure';
import { z } from 'zod';

const TEXTS = z.record(z.string(), z.string()).default({});
const ANSWER = z.object({
  data: z.object({
    groups: z.array(
      z.object({
        rules: z.array(
          z.object({
            name: z.string(),
            labels: TEXTS,
            annotations: TEXTS,
            alerts: z
              .array(z.object({ labels: TEXTS, annotations: TEXTS, state: z.enum(['pending', 'firing']), activeAt: z.string() }))
              .default([]),
          }),
        ),
      }),
    ),
  }),
});

const TIMEOUT_MS = 5_000;
const URGENCY = { firing: 0, pending: 1, inactive: 2 } as const;

/** Every alerting rule and what it holds for, the firing ones first. Throws PrometheusUnavailable. */
export async function alertsFrom(url: string): Promise<readonly Alert[]> {
  try {
    const response = await fetch(`${url}/api/v1/rules?type=alert`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return alertsIn(await response.json());
  } catch (error) {
    throw new PrometheusUnavailable(url, (error as Error).message);
  }
}

/** The same of an answer of its API (https://prometheus.io/docs/prometheus/latest/querying/api/#rules). Throws ZodError. */
export function alertsIn(answer: unknown): readonly Alert[] {
  const { groups } = ANSWER.parse(answer).data;
  return groups
    .flatMap(({ rules }) => rules)
    .flatMap(({ name, labels, annotations, alerts }): Alert[] => {
      const rule = { rule: name, severity: labels['severity'] ?? '' };
      if (alerts.length === 0) return [{ ...rule, state: 'inactive', sinceMs: null, ...wordsIn(annotations) }];
      return alerts.map((one) => ({ ...rule, state: one.state, sinceMs: Date.parse(one.activeAt), ...wordsIn(one.annotations) }));
    })
    .toSorted((a, b) => URGENCY[a.state] - URGENCY[b.state]);
}

/** Where a rule holds for nothing, its labels have no values: `{{ $labels.host }}` is some host. */
function wordsIn(annotations: Readonly<Record<string, string>>): Pick<Alert, 'summary' | 'do'> {
  const plain = (text: string): string => text.replaceAll(/\{\{\s*\$labels\.(\w+)\s*\}\}/g, '‹$1›');
  return { summary: plain(annotations['summary'] ?? ''), do: plain(annotations['do'] ?? '') };
}
